package io.trimtab.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchPodsCommandTest {
    private static final Instant MONDAY = Instant.parse("2026-11-02T00:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    /** Smooth working days and quiet weekends, six weeks of them: less is requested by the time of the week, and both rules keep to the accepted minutes. */
    @Test
    void comparesRequestsByTheWeekAndByItsTimes() throws IOException {
        StringBuilder trace = new StringBuilder("timestamp,value\n");
        for (int step = 0; step < 6 * 168 * 4; step++) {
            double hour = step / 4.0;
            double wave = 1 - Math.cos(2 * Math.PI * (hour - 2) / 24);
            trace.append(MONDAY.plus(Duration.ofMinutes(15L * step)))
                    .append(',')
                    .append((0.2 + wave) * (hour % 168 < 120 ? 1 : 0.3) * (1 + step * 7 % 11 / 100.0))
                    .append('\n');
        }
        Files.writeString(folder.resolve("wave.csv"), trace);
        Path list = Files.writeString(folder.resolve("list"), "wave=wave.csv\n");
        var printed = new StringWriter();
        CommandLine line = TrimtabCommand.commandLine();
        line.setOut(new PrintWriter(printed, true));

        int exit = line.execute("bench", "pods", "--list", list.toString());

        assertThat(exit).as(printed.toString()).isZero();
        List<String> rows = printed.toString().lines().toList();
        List<Double> figures = List.of(
                        rows.get(1).replaceAll("[% ]+", " ").strip().split(" "))
                .stream()
                .skip(1)
                .map(Double::valueOf)
                .toList();
        assertThat(figures.get(0)).as("days").isEqualTo(21);
        assertThat(figures.get(3)).as("unused by time of week").isLessThan(figures.get(2) - 2);
        assertThat(figures.get(5)).as("minutes a day above the request").isBetween(figures.get(4), 110.0);
        assertThat(figures.get(7))
                .as("changes a week: two to five a working day")
                .isBetween(10.0, 35.0);
        assertThat(rows.getLast()).startsWith("all 1:");
    }
}
