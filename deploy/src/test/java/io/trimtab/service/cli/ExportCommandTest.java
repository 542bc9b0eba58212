package io.trimtab.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Beside a server that answers as Trimtab does. */
class ExportCommandTest {
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private int status = 200;

    /** What is announced and never sent. */
    private int more;

    private String body = "AvailabilityZone,BilledCost\nz,1\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length + more);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void writesWhatTheServiceSays() {
        Path file = folder.resolve("costs.csv");
        assertThat(run("--window", "last month", "--period", "hour", "--format", "parquet", "-o", file.toString()))
                .isEmpty();
        assertThat(file).hasContent(body);
        assertThat(asked).containsExactly("/api/v1/costs/focus?window=last+month&period=hour&format=parquet");
    }

    @Test
    void whatBreaksOffLeavesNothingBehindAndWhatWasThereStays() throws Exception {
        more = 1000;
        Path file = folder.resolve("costs.csv");
        assertThat(run("--window", "7d", "-o", file.toString()))
                .startsWith("1: trimtab: http://127.0.0.1:")
                .contains("did not answer to the end");
        assertThat(folder).isEmptyDirectory();
        Files.writeString(file, "those of last month");
        assertThat(run("--window", "7d", "-o", file.toString())).startsWith("1: ");
        assertThat(file).hasContent("those of last month");
        more = 0;
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThat(run("--window", "7d", "-o", link.toString())).isEmpty();
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent(body);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("costs.csv", "link");
    }

    @ParameterizedTest
    @CsvSource({"no/such/folder/costs.csv", "."})
    void whatThisMachineCannotWriteIsNotTheServersFault(String name) {
        Path file = folder.resolve(name);
        assertThat(run("--window", "7d", "-o", file.toString()))
                .startsWith("1: trimtab: " + file + " cannot be written: ")
                .doesNotContain("served there");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest(name = "status {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        400 | {"detail":"window (soon) must be today"} | 2: trimtab: window (soon) must be today
        503 | {"detail":"no account is kept"}          | 1: trimtab: no account is kept
        404 | not found                                | 1: trimtab: the answer has status 404
        """)
    void saysWhatTheServiceRefuses(int refused, String answer, String expected) {
        status = refused;
        body = answer;
        Path file = folder.resolve("costs.csv");
        assertThat(run("--window", "soon", "-o", file.toString())).isEqualTo(expected);
        assertThat(file).doesNotExist();
    }

    @Test
    void writesThePlanForTheNodes() {
        body = "kind: NodePool\n";
        Path file = folder.resolve("plan.yaml");
        assertThat(runs("nodes", "--kind", "NodePool", "-o", file.toString())).isEmpty();
        assertThat(file).hasContent(body);
        assertThat(runs("nodes", "--requests", "recommended", "-o", file.toString()))
                .isEmpty();
        assertThat(asked)
                .containsExactly(
                        "/api/v1/nodes/objects?format=yaml&requests=now&kind=NodePool",
                        "/api/v1/nodes/objects?format=yaml&requests=recommended");
    }

    @Test
    void saysThatNobodyAnswers() {
        server.stop(0);
        assertThat(run("--window", "7d", "-o", folder.resolve("x").toString()))
                .startsWith("1: trimtab: http://127.0.0.1:")
                .contains("is Trimtab served there?");
    }

    /** @return empty if all went well, else the exit code and what was said */
    private String run(String... arguments) {
        return runs("focus", arguments);
    }

    private String runs(String form, String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine command = TrimtabCommand.commandLine();
        command.setErr(new PrintWriter(said));
        List<String> all = new ArrayList<>(List.of(
                "export",
                form,
                "--url",
                "http://127.0.0.1:" + server.getAddress().getPort()));
        all.addAll(List.of(arguments));
        int exit = command.execute(all.toArray(String[]::new));
        return exit == 0 ? said.toString() : exit + ": " + said.toString().strip();
    }
}
