package io.trimtab.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchPackCommandTest {
    private static final String HEADER = "name,cpu_milli,memory_mib,num_gpu,gpu_milli\n";

    @TempDir
    private Path folder;

    private final StringWriter printed = new StringWriter();

    @Test
    void packsEachListOntoEachNodeAndOntoThePriceBook() throws IOException {
        // Three of the large ones and six of the shares fill a node of 96 cores and 8 GPUs; the last one fits none.
        write("openb_pod_list_some.csv", """
            large,24000,1024,2,1000
            large,24000,1024,2,1000
            large,24000,1024,2,1000
            share,8000,1024,1,600
            share,8000,1024,1,600
            share,1000,1024,1,400
            plain,1000,1024,0,0
            giant,9999999,1024,0,0
            """);
        Files.writeString(
                folder.resolve("openb_node_list_gpu_node.csv"),
                "sn,cpu_milli,memory_mib,gpu,model\nn1,96000,393216,8,G2\nn2,4000,393216,2,T4\n");

        assertThat(run("--data", folder.toString(), "--deadline", "100ms"))
                .as(printed.toString())
                .isZero();

        List<String> lines = printed.toString().lines().toList();
        assertThat(lines)
                .anyMatch(line -> line.matches("A +some +2 +1 +96/384/0 +1 +1 +0\\.00 .* 1 +1"))
                .anyMatch(line -> line.matches("B1 +some +6 +6 +96/384/8 +1 +1 +0\\.00 .* 1 +1"))
                .anyMatch(line -> line.matches("C +some +8 +7 +128/768/8 +1 +1 +0\\.00 .* 1 +1"))
                .anyMatch(line -> line.matches("at least cost on [0-9]{3} shapes"))
                .anyMatch(line -> line.matches("some +8 +7 .*"))
                .last()
                .asString()
                .matches("some +[0-9]{2}\\.[0-9]{2} +[0-9.]+ +[0-9.]+ +[0-9]+ +0");
        assertThat(printed.toString()).doesNotContain("NOT VALID");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        less than nothing | p,-1,1024,0,0   | line 2: cpu_milli
        no number         | p,x,1024,0,0    | line 2
        a cell too few    | p,1,1024        | line 2: num_gpu
        more than a GPU   | p,1,1024,1,1001 | line 2: gpu_milli (1001)
        """)
    void saysWhereAListIsWrong(String name, String line, String said) throws IOException {
        write("list.csv", line);

        assertThat(run("--data", folder.toString())).as(name).isEqualTo(2);
        assertThat(printed.toString()).contains(said);
    }

    @Test
    void saysWhatAFolderLacks() {
        assertThat(run("--data", folder.toString())).isEqualTo(2);
        assertThat(printed.toString()).contains("has no list of pods");
        assertThat(run("--data", folder.resolve("nowhere").toString())).isEqualTo(2);
    }

    private void write(String name, String lines) throws IOException {
        Files.writeString(folder.resolve(name), HEADER + lines);
    }

    private int run(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "bench";
        arguments[1] = "pack";
        System.arraycopy(options, 0, arguments, 2, options.length);
        CommandLine line = TrimtabCommand.commandLine();
        line.setOut(new PrintWriter(printed, true));
        line.setErr(new PrintWriter(printed, true));
        return line.execute(arguments);
    }
}
