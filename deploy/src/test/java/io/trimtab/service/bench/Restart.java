package io.trimtab.service.bench;

import io.trimtab.service.testbed.PrometheusServer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a restart costs: a large cluster is learned and saved, then the service as it is shipped is started beside it, killed and started again. Run by {@code bin/restart};
 * its argument is how many pods there are, of one container each.
 */
final class Restart {
    private static final int PODS = 30_000;
    private static final int REPETITIONS = 3;
    private static final String HEAP = "-Xmx1g";

    /** Each look takes the service some processor time, so the first recommendation is found up to so much later. */
    private static final Duration LOOKS_EVERY = Duration.ofMillis(100);

    private Restart() {}

    public static void main(String[] arguments) throws Exception {
        int pods = arguments.length > 0 ? Integer.parseInt(arguments[0]) : PODS;
        Path folder = Files.createTempDirectory("trimtab-restart-");
        try (ListingServer api = new ListingServer(new LargeCluster(pods))) {
            System.out.printf(
                    "%,d pods of one container; their cluster is %d MB of JSON%n", pods, api.bytes() / 1_000_000);
            Path kubeconfig = api.kubeconfig(folder);
            learn(kubeconfig, folder.resolve("state"), pods);
            try (PrometheusServer prometheus = PrometheusServer.withHistory(history(folder, pods))) {
                for (int i = 0; i < REPETITIONS; i++) start(kubeconfig, folder.resolve("state"), prometheus.uri());
            }
        } finally {
            PrometheusServer.delete(folder);
        }
    }

    private static void learn(Path kubeconfig, Path state, int pods) throws IOException, InterruptedException {
        Process learner = new ProcessBuilder(
                        java(),
                        HEAP,
                        "-XX:+UseCompactObjectHeaders",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RestartLearner.class.getName(),
                        kubeconfig.toString(),
                        state.toString(),
                        String.valueOf(pods))
                .inheritIO()
                .start();
        if (learner.waitFor() != 0) throw new IllegalStateException("the learner ended with " + learner.exitValue());
    }

    /** What the kubelets say from ten minutes ago to a quarter of an hour from now, each minute, so that the newest sample is never old. */
    private static Path history(Path folder, int pods) throws IOException {
        Path file = folder.resolve("history.om");
        long now = InstantSource.system().instant().getEpochSecond();
        try (BufferedWriter to = Files.newBufferedWriter(file)) {
            for (String metric : List.of("container_cpu_usage_seconds", "container_memory_working_set_bytes")) {
                boolean cpu = metric.endsWith("seconds");
                to.write("# TYPE %s %s%n".formatted(metric, cpu ? "counter" : "gauge"));
                for (int pod = 0; pod < pods; pod++) {
                    String series = "%s%s{namespace=\"%s\",pod=\"%s\",container=\"app\",image=\"shop\"} "
                            .formatted(
                                    metric, cpu ? "_total" : "", LargeCluster.namespace(pod), LargeCluster.name(pod));
                    for (long at = now - 600; at <= now + 900; at += 60)
                        to.write(series + (cpu ? (at - now + 600) / 5 : 200_000_000) + " " + at + "\n");
                }
            }
            to.write("# EOF\n");
        }
        return file;
    }

    private static void start(Path kubeconfig, Path state, URI prometheus) throws Exception {
        int port = freePort();
        long begun = System.nanoTime();
        Process service = new ProcessBuilder(command(
                        "--kubeconfig",
                        kubeconfig.toString(),
                        "--prometheus",
                        prometheus.toString(),
                        "--state-dir",
                        state.toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port)))
                .redirectErrorStream(true)
                .start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            StringBuilder said = new StringBuilder();
            long restored = 0;
            BufferedReader lines = service.inputReader(StandardCharsets.UTF_8);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                if (line.contains("state: restored what was saved")) restored = System.nanoTime();
                if (line.contains("pages and REST at")) break;
            }
            if (restored == 0) throw new IllegalStateException("nothing was restored: " + said);
            awaitFirst(client, URI.create("http://127.0.0.1:" + port + "/api/v1/recommendations?limit=1"));
            System.out.printf(
                    Locale.ROOT,
                    "from the process' start: state back %.2f s, first recommendation %.2f s (%.1f s of processor"
                            + " time)%n",
                    (restored - begun) / 1e9,
                    (System.nanoTime() - begun) / 1e9,
                    service.info().totalCpuDuration().orElseThrow().toMillis() / 1e3);
        } finally {
            service.destroyForcibly().waitFor();
        }
    }

    private static void awaitFirst(HttpClient client, URI recommendations) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(recommendations).build();
        while (true) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.body().contains("\"workload\"")) return;
            Thread.sleep(LOOKS_EVERY);
        }
    }

    /** As {@code bin/trimtab} starts it, with the heap that the bar allows. */
    private static List<String> command(String... arguments) throws IOException {
        Path deploy = Path.of("deploy");
        Path jar;
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(deploy.resolve("target"), "deploy-*.jar")) {
            jar = jars.iterator().next();
        }
        List<String> command = new ArrayList<>(
                List.of(java(), "@" + deploy.resolve("jvm.options"), HEAP, "-jar", jar.toString(), "serve"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
