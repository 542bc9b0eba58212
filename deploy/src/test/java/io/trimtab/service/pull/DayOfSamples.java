package io.trimtab.service.pull;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.remotewrite.Payload;
import io.trimtab.ingest.remotewrite.Payload.Point;
import io.trimtab.ingest.remotewrite.Payload.Row;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What scrapes every 30 s have seen of a few StatefulSets of one pod each in a day: CPU that follows the hour and has bursts of some minutes, memory that wanders,
 * counters that begin again, scrapes that are missed, and a pod that is killed for memory.
 */
record DayOfSamples(List<Row> rows, Instant end) {
    static final Duration SPAN = Duration.ofHours(26);

    private static final int WORKLOADS = 6;
    private static final long EVERY_MILLIS = 30_000;
    private static final List<ContainerSpec> CONTAINERS =
            List.of(new ContainerSpec("app", "web", Requirements.requests(new MilliCores(500), new Bytes(1L << 30))));

    static DayOfSamples before(Instant end) {
        List<Row> rows = new ArrayList<>();
        for (int workload = 0; workload < WORKLOADS; workload++) {
            SplittableRandom random = new SplittableRandom(workload);
            Map<String, String> labels = Map.of("namespace", "shop", "pod", name(workload) + "-0", "container", "app");
            List<Long> moments = moments(end, random);
            rows.add(row("container_cpu_usage_seconds_total", labels, cpu(moments, random)));
            rows.add(row("container_memory_working_set_bytes", labels, memory(moments, random)));
            if (workload == 0) killed(labels, moments, end.minus(Duration.ofHours(3)), rows);
        }
        return new DayOfSamples(rows, end);
    }

    /** In the order of time, as senders send, ten minutes to a request. */
    void sendTo(URI... stores) throws Exception {
        long last = end.toEpochMilli();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (long from = last - SPAN.toMillis() - 600_000; from < last; from += 600_000) {
                byte[] body = Payload.snappy(Payload.version1(between(from, from + 600_000)));
                for (URI store : stores) {
                    HttpRequest request = HttpRequest.newBuilder(store.resolve("/api/v1/write"))
                            .header("Content-Type", "application/x-protobuf")
                            .header("Content-Encoding", "snappy")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build();
                    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                    if (answer.statusCode() != 204)
                        throw new IllegalStateException("%s: %s %s".formatted(store, answer, answer.body()));
                }
            }
        }
    }

    /** A VictoriaMetrics answers what it was sent a moment ago only once that is written. */
    static void flush(URI victoria) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                    HttpRequest.newBuilder(victoria.resolve("/internal/force_flush"))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
    }

    static ClusterSnapshot snapshot(Instant at) {
        List<Workload> workloads = new ArrayList<>();
        List<Pod> pods = new ArrayList<>();
        Instant created = at.minus(SPAN.multipliedBy(2));
        for (int workload = 0; workload < WORKLOADS; workload++) {
            WorkloadId id = new WorkloadId("shop", "StatefulSet", name(workload));
            workloads.add(new Workload(id, 1, CONTAINERS, Map.of(), Map.of(), created));
            pods.add(new Pod(
                    new PodId("shop", name(workload) + "-0"),
                    Optional.of(id),
                    Optional.of("node-a"),
                    PodPhase.RUNNING,
                    CONTAINERS,
                    Map.of(),
                    Map.of(),
                    created,
                    Optional.of(created),
                    Optional.of(created),
                    Optional.empty()));
        }
        return new ClusterSnapshot(at, workloads, pods, List.of(), List.of());
    }

    private static String name(int workload) {
        return "web" + workload;
    }

    private static List<Long> moments(Instant end, SplittableRandom random) {
        List<Long> moments = new ArrayList<>();
        long last = end.toEpochMilli();
        long quiet = last - random.nextLong(SPAN.toMillis());
        for (long at = last - SPAN.toMillis() + random.nextLong(EVERY_MILLIS); at <= last; at += EVERY_MILLIS) {
            boolean missed = random.nextInt(100) == 0 || (at > quiet && at < quiet + 150_000);
            if (!missed) moments.add(at + random.nextLong(300));
        }
        return moments;
    }

    private static List<Point> cpu(List<Long> moments, SplittableRandom random) {
        List<Point> points = new ArrayList<>();
        double total = random.nextDouble(1000);
        double burst = 0;
        long before = moments.getFirst();
        for (long at : moments) {
            double hour = (at / 3_600_000.0) % 24;
            if (random.nextInt(120) == 0) burst = random.nextDouble(2);
            if (random.nextInt(6) == 0) burst = 0;
            double cores = 0.2 + 0.1 * Math.sin(hour / 24 * 2 * Math.PI) + burst + random.nextDouble(0.05);
            total = random.nextInt(1500) == 0 ? 0 : total + cores * (at - before) / 1000;
            points.add(new Point(at, total));
            before = at;
        }
        return points;
    }

    private static List<Point> memory(List<Long> moments, SplittableRandom random) {
        List<Point> points = new ArrayList<>();
        double bytes = 400 << 20;
        for (long at : moments) {
            bytes = Math.clamp(bytes + (random.nextDouble() - 0.5) * (8 << 20), 200 << 20, 900 << 20);
            points.add(new Point(at, Math.rint(bytes)));
        }
        return points;
    }

    private static void killed(Map<String, String> labels, List<Long> moments, Instant killedAt, List<Row> rows) {
        long end = killedAt.toEpochMilli();
        List<Long> after = moments.stream().filter(at -> at > end).toList();
        rows.add(row(
                "kube_pod_container_status_last_terminated_reason",
                with(labels, "reason", "OOMKilled"),
                all(after, 1)));
        rows.add(row("kube_pod_container_status_last_terminated_timestamp", labels, all(after, end / 1000)));
        rows.add(row(
                "kube_pod_container_status_restarts_total",
                labels,
                moments.stream().map(at -> new Point(at, at > end ? 1 : 0)).toList()));
        rows.add(
                row("kube_pod_container_resource_requests", with(labels, "resource", "memory"), all(moments, 1 << 30)));
    }

    private static List<Point> all(List<Long> moments, double amount) {
        return moments.stream().map(at -> new Point(at, amount)).toList();
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(name, value);
        return all;
    }

    private static Row row(String metric, Map<String, String> labels, List<Point> points) {
        return Row.of(with(labels, "__name__", metric), points.toArray(Point[]::new));
    }

    private List<Row> between(long after, long upTo) {
        return rows.stream()
                .map(row -> new Row(
                        row.labels(),
                        row.points().stream()
                                .filter(point -> point.atMillis() > after && point.atMillis() <= upTo)
                                .toList()))
                .filter(row -> !row.points().isEmpty())
                .toList();
    }
}
