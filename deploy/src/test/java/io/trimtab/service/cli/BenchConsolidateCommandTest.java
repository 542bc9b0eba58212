package io.trimtab.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchConsolidateCommandTest {
    @Test
    void consolidatesClustersAndGoesThroughAWeek() {
        var printed = new StringWriter();
        CommandLine line = TrimtabCommand.commandLine();
        line.setOut(new PrintWriter(printed, true));

        int exit = line.execute(
                "bench", "consolidate", "--seeds", "1", "--nodes", "20", "--pods", "10", "--services", "12");

        assertThat(exit).as(printed.toString()).isZero();
        assertThat(printed.toString().lines().filter(row -> row.matches(" +1 +(no|yes) +[0-9]+\\.[0-9] .* 0")))
                .hasSize(2);
        assertThat(printed.toString().lines().toList())
                .last()
                .asString()
                .matches(" +1 +[0-9]+ +[0-9]+ +[0-9]+ +[0-9.]+ +[0-9]+ +[0-9]+ +0 +0 +0");
    }
}
