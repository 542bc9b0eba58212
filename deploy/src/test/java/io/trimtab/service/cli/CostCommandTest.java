package io.trimtab.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Beside a server that answers as Trimtab does. */
class CostCommandTest {
    private static final String ROW =
            "{\"key\":\"%s\",\"cpuCost\":%s,\"memoryCost\":%s,\"gpuCost\":0,\"totalCost\":0,\"efficiency\":%s,\"cpuCoreHours\":1,\"memoryGiBHours\":1,\"gpuHours\":0}";
    private static final String ACCOUNT = """
        {"from":"2026-11-18T00:00:00Z","to":"2026-11-19T00:00:00Z","seenUntil":"2026-11-18T10:00:00Z","currency":"USD","aggregate":["namespace"],
        "rows":[%s,%s],"idle":%s,"unmounted":{"volumeCost":0,"totalCost":0},"bill":3.012,"residual":0,"estimatedShare":0.25,
        "missing":[{"from":"2026-11-18T03:00:00Z","to":"2026-11-18T04:00:00Z"}],"simulated":false}\
        """.formatted(
                    ROW.formatted("shop", "1.004", "0.5", "0.4"),
                    ROW.formatted("kube-system", "0.004", "0.5", "0.1"),
                    ROW.formatted("idle", "0.004", "1", "0"));

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String body = ACCOUNT;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
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
    void printsCentsThatSumToTheBill() {
        Run run = run("--window", "7d", "--aggregate", "namespace", "--filter", "namespace:\"a b\"");
        assertThat(run.exit).isZero();
        assertThat(run.out.lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "2026-11-18T00:00:00Z to 2026-11-19T00:00:00Z, USD",
                        "ROW CPU MEMORY GPU TOTAL USED",
                        "shop 1.01 0.50 0.00 1.51 40 %",
                        "kube-system 0.00 0.50 0.00 0.50 10 %",
                        "idle 0.00 1.00 0.00 1.00",
                        "bill 3.01",
                        "25.0 % of it is estimated",
                        "nothing is known from 2026-11-18T03:00:00Z to 2026-11-18T04:00:00Z");
        assertThat(asked)
                .containsExactly(
                        "/api/v1/costs?window=7d&aggregate=namespace&filter=namespace%3A%22a+b%22&format=json");
    }

    @Test
    void printsWhatItIsAnsweredAsItIs() {
        body = "from,to,key\r\n";
        assertThat(run("-o", "csv", "--step", "1d").out).isEqualTo(body);
        assertThat(asked).containsExactly("/api/v1/costs?window=today&aggregate=namespace&step=1d&format=csv");
        body = "{}";
        assertThat(run("-o", "JSON").out).isEqualTo("{}\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        400 | {"detail":"window (x) must be today"} | 2 | window (x) must be today
        503 | {"detail":"no account is kept"}       | 1 | no account is kept
        404 | not Trimtab                           | 1 | the answer has status 404
        """)
    void aRefusalIsSaid(int answered, String text, int exit, String said) {
        status = answered;
        body = text;
        Run run = run();
        assertThat(run.exit).isEqualTo(exit);
        assertThat(run.err).isEqualTo("trimtab: " + said + "\n");
        assertThat(run.out).isEmpty();
    }

    @Test
    void nobodyAnswers() {
        server.stop(0);
        Run run = run();
        assertThat(run.exit).isEqualTo(1);
        assertThat(run.err).contains("does not answer", "--url says where");
    }

    private record Run(int exit, String out, String err) {}

    private Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = TrimtabCommand.commandLine();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of(
                "cost", "--url", "http://127.0.0.1:" + server.getAddress().getPort()));
        all.addAll(List.of(arguments));
        int exit = command.execute(all.toArray(String[]::new));
        return new Run(exit, out.toString(), err.toString());
    }
}
