package io.trimtab.service.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trimtab.service.image.ClassArchive;
import io.trimtab.service.testbed.PrometheusServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/**
 * What a restart costs: a large cluster is learned and saved, then the service as it is shipped is started beside it, killed and started again. Run by {@code bin/restart};
 * its argument is how many pods there are, of one container each.
 */
final class Restart {
    private static final int PODS = 30_000;
    private static final int REPETITIONS = 3;
    private static final String HEAP = "-Xmx1g";
    private static final String OPTIONS = "@" + Path.of("deploy", "jvm.options");
    private static final String CLASSES = "trimtab.jsa";

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
            ClassArchive.write(
                    Path.of(java()),
                    List.of(OPTIONS),
                    jar(),
                    Files.createDirectories(folder.resolve("classes")),
                    folder.resolve(CLASSES));
            learn(kubeconfig, folder.resolve("state"), pods);
            try (PrometheusServer prometheus = PrometheusServer.withHistory(history(folder, pods))) {
                decide(kubeconfig, folder.resolve("state"), prometheus.uri());
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

    /** Goes on from what was learned, until the file has the recommendations of a whole round. */
    private static void decide(Path kubeconfig, Path state, URI prometheus) throws Exception {
        try (Served served = new Served(kubeconfig, state, prometheus, "--cycle", "10s", "--state-every", "5s")) {
            Instant decided = served.decided(_ -> true);
            // A snapshot that is taken within a round holds what the round before it showed.
            Instant next = served.decided(decided::isBefore);
            served.await(
                    "/api/v1/status",
                    status -> moment(status.at("/state/savedAt"))
                            .filter(next::isBefore)
                            .isPresent());
        }
    }

    private static void start(Path kubeconfig, Path state, URI prometheus) throws Exception {
        Instant begun = InstantSource.system().instant();
        try (Served served = new Served(kubeconfig, state, prometheus)) {
            Duration restored = served.restored();
            served.decided(_ -> true);
            Duration kept = served.running();
            double keptSeconds = served.processorSeconds();
            served.decided(begun::isBefore);
            System.out.printf(
                    Locale.ROOT,
                    "from the process' start: state back %.2f s, first recommendation %.2f s (%.1f s of processor"
                            + " time), first decided anew %.2f s (%.1f s)%n",
                    restored.toMillis() / 1e3,
                    kept.toMillis() / 1e3,
                    keptSeconds,
                    served.running().toMillis() / 1e3,
                    served.processorSeconds());
        }
    }

    private static Optional<Instant> moment(JsonNode text) {
        return text.isTextual() ? Optional.of(Instant.parse(text.asText())) : Optional.empty();
    }

    /** The service in a process of its own, killed at the end. */
    private static final class Served implements AutoCloseable {
        private final int port = freePort();
        private final long begun = System.nanoTime();
        private final HttpClient client = HttpClient.newHttpClient();
        private final JsonMapper json = new JsonMapper();
        private final Process process;
        private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
        private final CompletableFuture<Duration> restored = new CompletableFuture<>();

        Served(Path kubeconfig, Path state, URI prometheus, String... more) throws IOException {
            List<String> arguments = new ArrayList<>(List.of(
                    "--kubeconfig",
                    kubeconfig.toString(),
                    "--prometheus",
                    prometheus.toString(),
                    "--state-dir",
                    state.toString(),
                    "--host",
                    "127.0.0.1",
                    "--port",
                    String.valueOf(port)));
            arguments.addAll(List.of(more));
            process = new ProcessBuilder(command(kubeconfig.resolveSibling(CLASSES), arguments))
                    .redirectErrorStream(true)
                    .start();
            Thread.ofPlatform().daemon().start(this::listen);
        }

        private void listen() {
            process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {
                said.add(line);
                if (line.contains("state: restored what was saved")) restored.complete(running());
            });
            restored.completeExceptionally(new IllegalStateException("nothing was restored: " + said));
        }

        Duration restored() {
            return restored.join();
        }

        Duration running() {
            return Duration.ofNanos(System.nanoTime() - begun);
        }

        double processorSeconds() {
            return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
        }

        /** Waits for recommendations of a moment that is accepted, and gives it. */
        Instant decided(Predicate<Instant> accepted) throws InterruptedException {
            JsonNode page = await(
                    "/api/v1/recommendations?limit=1",
                    it -> !it.path("items").isEmpty()
                            && moment(it.path("decidedAt")).filter(accepted).isPresent());
            return moment(page.path("decidedAt")).orElseThrow();
        }

        JsonNode await(String path, Predicate<JsonNode> accepted) throws InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            while (process.isAlive()) {
                try {
                    JsonNode answer = json.readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
                    if (accepted.test(answer)) return answer;
                } catch (IOException notYet) {
                    // It does not listen before it has started.
                }
                Thread.sleep(LOOKS_EVERY);
            }
            throw new IllegalStateException("the service has ended: " + said);
        }

        @Override
        public void close() throws InterruptedException {
            client.close();
            process.destroyForcibly().waitFor();
        }
    }

    /** As the image starts it, with the heap that the bar allows. */
    private static List<String> command(Path classes, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                java(), OPTIONS, HEAP, ClassArchive.option(classes.toString()), "-jar", jar().toString(), "serve"));
        command.addAll(arguments);
        return command;
    }

    private static Path jar() throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of("deploy", "target"), "deploy-*.jar")) {
            return jars.iterator().next();
        }
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
