package io.trimtab.service.bench;

import io.trimtab.service.testbed.PrometheusServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Loads two weeks of 2,000 containers into a real Prometheus and reads them as the service does at its first start. Run by {@code bin/backfill}; its
 * argument is a folder in which the loaded blocks are kept and found again.
 */
final class Backfill {
    private static final int REPETITIONS = 3;
    private static final long SETTLING_MILLIS = 3_000;

    private Backfill() {}

    public static void main(String[] arguments) throws Exception {
        Path data = arguments.length > 0
                ? Files.createDirectories(Path.of(arguments[0]))
                : Files.createTempDirectory("trimtab-backfill-");
        try {
            if (isEmpty(data)) BackfillHistory.load(data);
            for (int repetition = 0; repetition < REPETITIONS; repetition++) measure(data);
        } finally {
            if (arguments.length == 0) PrometheusServer.delete(data);
        }
    }

    private static void measure(Path data) throws Exception {
        try (PrometheusServer server = PrometheusServer.withBlocks(data)) {
            Thread.sleep(SETTLING_MILLIS);
            Resident before = Resident.of(server.processId());
            long requests = requests(server.uri());
            Duration used = server.processorTime();
            Process reader = new ProcessBuilder(List.of(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx256m",
                            "-XX:+UseCompactObjectHeaders",
                            "-cp",
                            System.getProperty("java.class.path"),
                            BackfillReader.class.getName(),
                            server.uri().toString()))
                    .inheritIO()
                    .start();
            Resident most = before;
            while (!reader.waitFor(20, TimeUnit.MILLISECONDS)) most = most.most(Resident.of(server.processId()));
            if (reader.exitValue() != 0) throw new IllegalStateException("the reader ended with " + reader.exitValue());
            System.out.printf(
                    "%,d range queries, %d s of Prometheus' processor time; resident memory of Prometheus: own %d MiB"
                        + " before, %d MiB more at most; with what is mapped of its files %d MiB before, %d MiB more"
                        + " at most%n",
                    requests(server.uri()) - requests,
                    server.processorTime().minus(used).toSeconds(),
                    before.anonymous() >> 10,
                    most.anonymous() - before.anonymous() >> 10,
                    before.all() >> 10,
                    most.all() - before.all() >> 10);
        }
    }

    /** In KiB; {@code anonymous} is without the pages of mapped files, which the kernel takes back when it needs them. */
    private record Resident(long all, long anonymous) {
        static Resident of(long processId) throws IOException {
            List<String> status = Files.readAllLines(Path.of("/proc/%d/status".formatted(processId)));
            return new Resident(kibibytes(status, "VmHWM:"), kibibytes(status, "RssAnon:"));
        }

        private static long kibibytes(List<String> status, String name) {
            String line = status.stream()
                    .filter(each -> each.startsWith(name))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }

        Resident most(Resident other) {
            return new Resident(Math.max(all, other.all), Math.max(anonymous, other.anonymous));
        }
    }

    private static long requests(URI server) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(server.resolve("/metrics")).build(),
                            HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith("prometheus_http_requests_total")
                            && line.contains("handler=\"/api/v1/query_range\""))
                    .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ')))))
                    .sum();
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
