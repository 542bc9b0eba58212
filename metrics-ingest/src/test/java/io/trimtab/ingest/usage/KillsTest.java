package io.trimtab.ingest.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The window begins at 600 with a step of 60; the moment before is 540. */
class KillsTest {
    private static final ContainerId APP = new ContainerId(new PodId("shop", "web-0"), "app");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        old one                      | 540=500 600=500         | 540=1 600=1       | 600=64  | ''
        new, exact moment            | 600=590                 | 600=1             | 600=64  | 590 seen 600 64
        new, without its moment      | -                       | 600=1             | 600=64  | 600 seen 600 64
        second one                   | 540=500 600=500 660=650 | 540=1 600=1 660=2 | 600=64 660=128 | 650 seen 660 128
        second, without its moment   | -                       | 540=1 600=1 660=2 | -       | 660 seen 660 0
        exporter came back           | 720=500                 | 720=1             | -       | ''
        exporter paused              | 540=500 720=500         | 540=1 720=1       | -       | ''
        clock ahead of Prometheus    | 600=605                 | 600=1             | -       | 600 seen 600 0
        two                          | 600=590 660=650         | 600=1 660=2       | -       | 590 seen 600 0, 650 seen 660 0
        """)
    void finds(String name, @Nullable String ends, String restarts, @Nullable String requests, String expected) {
        var kills = Kills.find(series(ends), series(restarts), series(requests), 600, 60);
        assertThat(kills.stream()
                        .map(kill -> "%d seen %d %s"
                                .formatted(
                                        kill.at().getEpochSecond(),
                                        kill.seenAt().getEpochSecond(),
                                        kill.memoryRequest()))
                        .collect(Collectors.joining(", ")))
                .isEqualTo(expected);
    }

    private static Map<ContainerId, Samples> series(@Nullable String text) {
        if (text == null) return Map.of();
        Samples samples = new Samples();
        for (String pair : text.split(" ")) {
            String[] parts = pair.split("=");
            samples.add(Long.parseLong(parts[0]), Double.parseDouble(parts[1]));
        }
        return Map.of(APP, samples);
    }
}
