package io.trimtab.recommend.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapesTest {
    private static final int HOURS = 24 * 8;

    @ParameterizedTest(name = "cpu {0}, memory {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        noise   | noise    | FLAT
        day     | noise    | SEASONAL
        day     | day      | SEASONAL
        line    | noise    | GROWING
        dayline | noise    | GROWING
        line    | line     | GROWING
        noise   | line     | LEAK
        noise   | sawtooth | LEAK
        day     | line     | LEAK
        spikes  | noise    | BURSTY
        none    | day      | SEASONAL
        none    | noise    | FLAT
        none    | none     | FLAT
        slow    | slow     | FLAT
        """)
    void findsTheShape(String cpu, String memory, DemandShape expected) {
        List<UsageRun> runs = new ArrayList<>();
        if (!cpu.equals("none")) runs.add(Samples.run("a", Resource.CPU, Duration.ofMinutes(10), HOURS * 6, form(cpu)));
        if (!memory.equals("none"))
            runs.add(Samples.run("a", Resource.MEMORY, Duration.ofMinutes(10), HOURS * 6, form(memory)));
        assertThat(Shapes.of(runs, Samples.NOW)).isEqualTo(expected);
    }

    /** Around 1, six samples an hour, with a little noise. */
    private static IntToDoubleFunction form(String name) {
        Random random = new Random(7);
        double daily = 2 * Math.PI / 144;
        return i -> Math.max(
                0,
                random.nextGaussian() * 0.02
                        + switch (name) {
                            case "noise" -> 1;
                            case "day" -> 1 + 0.5 * Math.sin(i * daily);
                            case "line" -> 1 + i / (HOURS * 6.0);
                            case "slow" -> 1 + 0.1 * i / (HOURS * 6.0);
                            case "dayline" -> 1 + 0.4 * Math.sin(i * daily) + 1.5 * i / (HOURS * 6.0);
                            case "sawtooth" -> 1 + (i % 432) / 432.0;
                            case "spikes" -> random.nextInt(30) == 0 ? 8 : 1;
                            default -> throw new IllegalArgumentException(name);
                        });
    }
}
