package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.house.House;
import io.trimtab.service.testbed.Binaries;
import io.trimtab.service.testbed.PrometheusServer;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs each command of README.md in a real shell, in a home whose kubeconfig is the testbed's and beside a real Prometheus. In
 * place of the script {@code bin/trimtab}, which would build, stands one that runs what these tests have built; {@code helm} is the testbed's.
 */
@WithTestbed
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern INLINE = Pattern.compile("`((?:source <\\()?bin/[^`]+)`");

    /** What is not run here, and why. */
    private static final Map<String, String> LEFT_OUT = Map.of(
            "bin/verify", "runs this test",
            "bin/trimtab bench", "measures for minutes",
            "bin/trimtab bench Cycle", "measures for minutes");

    @TempDir
    private Path home;

    private PrometheusServer prometheus;
    private Path binaries;
    private String namespace;
    private int port;

    @BeforeEach
    void prepare(Testbed testbed) throws Exception {
        namespace = testbed.namespace();
        try (KubernetesClient client = testbed.client()) {
            client.load(ReadmeTest.class.getResourceAsStream("real-pair.yaml")).create();
        }
        prometheus = PrometheusServer.withHistory(history());
        binaries = Binaries.find().folder().resolve("bin");
        Files.createDirectories(home.resolve(".kube"));
        Files.copy(testbed.kubeconfig(), home.resolve(".kube/config"));
        Files.createSymbolicLink(home.resolve("deploy"), House.root().resolve("deploy"));
        Path script = Files.createDirectories(home.resolve("bin")).resolve("trimtab");
        Files.writeString(script, """
            #!/bin/sh
            [ $# -gt 0 ] || set -- serve
            exec '%s' --sun-misc-unsafe-memory-access=allow -cp '%s' io.trimtab.service.Application "$@"
            """.formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path")));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws Exception {
        prometheus.close();
    }

    @Test
    void eachCommandOfTheReadmeRuns() throws Exception {
        List<String> commands = commands(Files.readString(House.root().resolve("README.md")));
        assertThat(commands).hasSizeGreaterThan(8).containsAll(LEFT_OUT.keySet());
        for (String command : commands) {
            if (LEFT_OUT.containsKey(command)) continue;
            if (command.equals("bin/trimtab") || command.startsWith("bin/trimtab serve --kubeconfig")) serves(command);
            else ends(command);
        }
    }

    /** Two hours of one container, as cAdvisor would have shown them. */
    private Path history() throws IOException {
        long now = InstantSource.system().instant().getEpochSecond();
        StringBuilder cpu = new StringBuilder("# TYPE container_cpu_usage_seconds counter\n");
        StringBuilder memory = new StringBuilder("# TYPE container_memory_working_set_bytes gauge\n");
        String labels = "{namespace=\"" + namespace + "\",pod=\"web-1\",container=\"web\",image=\"web\"}";
        for (long at = now - 7200; at <= now; at += 60) {
            cpu.append("container_cpu_usage_seconds_total%s %d %d\n".formatted(labels, at - now + 7200, at));
            memory.append("container_memory_working_set_bytes%s 1e8 %d\n".formatted(labels, at));
        }
        return Files.writeString(home.resolve("history.om"), cpu.append(memory).append("# EOF\n"));
    }

    /** Of the fenced blocks and of the text: comments are cut off, continued lines joined. */
    private static List<String> commands(String text) {
        List<String> commands = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            for (String line : block.group(1).replace("\\\n", " ").split("\n"))
                if (!line.isBlank()) commands.add(line.replaceAll("\\s+#.*", "").strip());
        }
        for (Matcher inline = INLINE.matcher(text); inline.find(); ) commands.add(inline.group(1));
        return commands.stream().distinct().toList();
    }

    private void ends(String command) throws IOException, InterruptedException {
        Process process = start(command);
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).as(command).isTrue();
        assertThat(process.exitValue()).as("%s: %s", command, said()).isZero();
    }

    private void serves(String command) throws IOException, InterruptedException {
        Process process = start(command);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/readiness"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            int status = 0;
            for (int i = 0; i < 600 && status != 200 && process.isAlive(); i++) {
                Thread.sleep(100);
                try {
                    status = client.send(ready, BodyHandlers.discarding()).statusCode();
                } catch (IOException e) {
                    // Not listening yet.
                }
            }
            assertThat(status).as("%s: %s", command, said()).isEqualTo(200);
        } finally {
            process.destroy();
            assertThat(process.waitFor(5, TimeUnit.SECONDS))
                    .as("%s stops in 5 s", command)
                    .isTrue();
        }
    }

    private Process start(String command) throws IOException {
        // `exec` leaves no shell between us and a service that we stop.
        String line = command.replace("http://127.0.0.1:9090", prometheus.uri().toString())
                .replace("--namespace shop", "--namespace " + namespace)
                .replace("--namespace trimtab", "--namespace " + namespace);
        var builder = new ProcessBuilder(
                        "bash", "-c", "set -o pipefail; " + (line.startsWith("bin/") ? "exec " : "") + line)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("said").toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().merge("PATH", binaries.toString(), (path, ours) -> ours + File.pathSeparator + path);
        builder.environment().put("TRIMTAB_PORT", String.valueOf(port));
        builder.environment().remove("KUBECONFIG");
        return builder.start();
    }

    private String said() throws IOException {
        return Files.readString(home.resolve("said"));
    }
}
