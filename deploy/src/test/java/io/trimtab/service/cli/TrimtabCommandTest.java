package io.trimtab.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TrimtabCommandTest {
    private static final String SKETCH = "{\"id\":\"%s\",\"buckets\":{\"scheme\":\"linear\",\"size\":1,\"max\":10},"
            + "\"samples\":[{\"value\":1,\"weight\":1,\"at\":0}],\"quantiles\":[0.5]}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "serve", "report", "explain", "cost", "evaluate", "version"})
    void everyCommandExplainsItself(String command) {
        Run run = command.isEmpty() ? run("--help") : run(command, "--help");

        assertThat(run.exit).isZero();
        assertThat(run.out).contains("Usage: trimtab");
    }

    @Test
    void saysItsVersion() {
        assertThat(run("version").out).matches("(?s)trimtab \\S+ .*Java.*");
    }

    @Test
    void answersEachDocumentInOrder() throws IOException {
        Path file = folder.resolve("documents");
        Files.writeString(file, SKETCH.formatted("a") + "\n" + SKETCH.formatted("b") + "\n");
        Run run = run("evaluate", "sketch", "-f", file.toString());

        assertThat(run.exit).isZero();
        assertThat(run.out.lines()).hasSize(2);
        assertThat(run.out.lines().toList().get(0)).startsWith("{\"id\":\"a\",\"values\":[2]");
        assertThat(run.out.lines().toList().get(1)).startsWith("{\"id\":\"b\",\"values\":[2]");
    }

    @Test
    void oneBadDocumentDoesNotStopTheOthers() throws IOException {
        Path file = folder.resolve("documents");
        Files.writeString(
                file, SKETCH.formatted("a") + "\nnot json\n{\"id\":\"c\",\"surprise\":1}\n" + SKETCH.formatted("d"));
        Run run = run("evaluate", "sketch", "-f", file.toString());

        assertThat(run.exit).isEqualTo(1);
        assertThat(run.out.lines()).hasSize(4);
        assertThat(run.out.lines().toList().get(1)).startsWith("{\"error\":{\"path\":\".\",");
        assertThat(run.out.lines().toList().get(2)).startsWith("{\"id\":\"c\",\"error\":{\"path\":\"");
        assertThat(run.out.lines().toList().get(3)).startsWith("{\"id\":\"d\",\"values\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        evaluate none                              | there is no kind "none"
        evaluate sketch -f /nowhere/at/all         | /nowhere/at/all cannot be read
        evaluate sketch --surprise                 | Unknown option
        report --output pdf                        | Invalid value for option '--output'
        report --kubeconfig /nowhere/config        | /nowhere/config
        report --kubeconfig pom.xml                | where is the usage
        report --prometheus http://127.0.0.1:1     | which cluster
        report --namespace nowhere                 | --namespace (nowhere) has no workload
        explain                                    | Missing required parameter: 'WORKLOAD'
        explain shop/Deployment/nowhere            | WORKLOAD (shop/Deployment/nowhere) is nothing that is recommended for
        serve --port 70000                         | --port (70000) must be in 0..65535
        serve --cycle soon                         | --cycle
        serve --cycle 10ms                         | --cycle
        serve --demo-speed 0                       | --demo-speed
        serve --kubeconfig pom.xml --expander-port 8444 | --expander-port (8444) needs --tls-port
        serve --kubeconfig pom.xml --tls-port 0 --expander-port 70000 | --expander-port (70000) must be in 0..65535
        serve --kubeconfig pom.xml --holidays Xmas | --holidays (Xmas) must be dates such as 2026-12-25
        serve --kubeconfig pom.xml --holidays-zone Mars | --holidays-zone (Mars) must be a time zone
        serve --mode Sometimes                     | Invalid value for option '--mode'
        surprise                                   | surprise
        """)
    void aWrongCallIsTwoAndSaysWhatIsWrong(String call, String message) {
        Run run = run(call.split(" "));

        assertThat(run.err).contains(message);
        assertThat(run.exit).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        table | simulated
        json  | "recommendations"
        csv   | namespace
        html  | <html
        """)
    void reportsInEachFormat(String format, String part) {
        Run run = run("report", "-o", format);

        assertThat(run.exit).isZero();
        assertThat(run.out.toLowerCase(Locale.ROOT)).contains(part);
    }

    @Test
    void explainsAWorkload() {
        Run run = run("explain", "catalog/Deployment/catalog-service");

        assertThat(run.exit).isZero();
        assertThat(run.out)
                .startsWith("Deployment catalog/catalog-service, container ")
                .contains("The stock VPA: ", "Confidence is ", "What to do");
    }

    @Test
    void completesInAShell() {
        assertThat(run("generate-completion").out).contains("complete -F");
    }

    private record Run(int exit, String out, String err) {}

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = TrimtabCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exit = commandLine.execute(arguments);
        return new Run(exit, out.toString(), err.toString());
    }
}
