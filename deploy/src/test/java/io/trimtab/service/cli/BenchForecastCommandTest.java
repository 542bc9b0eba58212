package io.trimtab.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchForecastCommandTest {
    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    private static final int FIVE_MINUTES_PER_DAY = 288;

    @TempDir
    private Path folder;

    private final StringWriter printed = new StringWriter();

    @Test
    void continuesEachSeriesOfTheFolder() throws IOException {
        try (Writer writer = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("Hourly-train.csv.gz"))),
                StandardCharsets.UTF_8)) {
            writer.write("V1,V2\n\"H1\"," + wave(400) + ",NA,,\nH2,5\n");
        }
        Path out = folder.resolve("out.csv");

        assertThat(run("--data", folder.toString(), "--out", out.toString()))
                .as(printed.toString())
                .isZero();
        assertThat(printed.toString()).contains("2 series, 48 steps").contains("state bytes per series");
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(1 + 2 * 48).first().isEqualTo("series,step,mean,lo80,hi80,lo95,hi95");
        assertThat(lines.get(1)).startsWith("H1,1,");
        assertThat(lines.get(96)).startsWith("H2,48,5.0,");
    }

    @ParameterizedTest(name = "{0}, {1}: {2} steps")
    @CsvSource(delimiter = '|', textBlock = """
        Monthly | 18   |
        Yearly  | 6    |
        shop    | 48   |
        shop    | 3    | 3
        """)
    void takesTheHorizonOfTheKind(String kind, int steps, Integer asked) throws IOException {
        Files.writeString(folder.resolve(kind + "-train.csv"), "V1\nA," + wave(100) + "\n");
        Path out = folder.resolve("out.csv");
        String[] arguments = asked == null
                ? new String[] {"--data", folder.toString(), "--out", out.toString()}
                : new String[] {"--data", folder.toString(), "--out", out.toString(), "--horizon", asked.toString()};

        assertThat(run(arguments)).as(printed.toString()).isZero();
        assertThat(Files.readAllLines(out)).hasSize(1 + steps);
    }

    /** Two samples in a cell, gaps of hours, and times out of order: the origins are those of the regular grid. */
    @ParameterizedTest
    @ValueSource(strings = {"--rolling", "--online"})
    void rollsOverTheSecondHalfOfEachTrace(String way) throws IOException {
        int cells = 4 * FIVE_MINUTES_PER_DAY;
        String rows = IntStream.range(0, cells)
                .filter(cell -> cell < 700 || cell > 730)
                .map(cell -> cells - 1 - cell)
                .mapToObj(cell -> START.plusSeconds(300L * cell) + "," + cell % 7 + "," + (10 + cell % 5))
                .collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("usage.csv"), "timestamp,cpu,memory\n" + rows + "\n" + START + ",3,3\n");
        Path list = Files.writeString(folder.resolve("list"), "# all\ncpu=usage.csv\nmemory=usage.csv:memory@max5\n");
        Path out = folder.resolve("out.csv");

        assertThat(run(way, "--list", list.toString(), "--out", out.toString()))
                .as(printed.toString())
                .isZero();
        List<String> lines = Files.readAllLines(out);
        int origins = (cells / 2 - 12 + 2) / 3;
        assertThat(lines).hasSize(1 + 2 * origins).first().isEqualTo("series,origin,step,p50,p95");
        assertThat(lines.get(1)).startsWith("cpu," + START.plusSeconds(300L * cells / 2) + ",12,");
        assertThat(lines.get(1 + origins)).startsWith("memory,");
        if (way.equals("--online"))
            assertThat(printed.toString())
                    .contains("2 traces, ", "mean coverage", "60 min", "said to leak: 0 hours, of no trace")
                    .contains("sum of 2 traces, value in an hour: P95 covers");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --out F                                | what is to be forecast
        --rolling --out F                      | what is to be forecast
        --rolling --data D --out F             | what is to be forecast
        --online --rolling --list D --out F    | what is to be forecast
        --online --out F                       | what is to be forecast
        --data D --horizon 0 --out F           | --horizon (0) must be in 1..10000
        --data D                               | --out
        --data D --out F                       | holds no NAME-train.csv
        --data D/none --out F                  | D/none cannot be read
        --rolling --list D/none --out F        | D/none cannot be read
        --rolling --list D/bad --out F         | "usage.csv" must be NAME=FILE
        --rolling --list D/bin --out F         | the ways to bin are mean5, max5 and sum5
        --rolling --list D/column --out F      | has no column disk
        --rolling --list D/time --out F        | is not an ISO 8601 time
        """)
    void saysWhatIsWrong(String arguments, String complaint) throws IOException {
        Files.writeString(folder.resolve("usage.csv"), "timestamp,cpu\nyesterday,1\n");
        Files.writeString(folder.resolve("bad"), "usage.csv\n");
        Files.writeString(folder.resolve("bin"), "a=usage.csv@min5\n");
        Files.writeString(folder.resolve("column"), "a=usage.csv:disk\n");
        Files.writeString(folder.resolve("time"), "a=usage.csv\n");

        String[] given = arguments
                .replace("D", folder.toString())
                .replace("F", folder.resolve("out.csv").toString())
                .split(" +");
        assertThat(run(given)).isEqualTo(2);
        assertThat(printed.toString()).contains(complaint.replace("D/", folder + "/"));
    }

    private static String wave(int count) {
        return IntStream.range(0, count)
                .mapToObj(t -> String.valueOf(50 + 20 * Math.sin(2 * Math.PI * t / 24)))
                .collect(Collectors.joining(","));
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "bench";
        all[1] = "forecast";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        CommandLine commandLine = TrimtabCommand.commandLine();
        commandLine.setOut(new PrintWriter(printed, true));
        commandLine.setErr(new PrintWriter(printed, true));
        return commandLine.execute(all);
    }
}
