package io.trimtab.service.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.promql.PrometheusSettings;
import io.trimtab.ingest.promql.PrometheusUsageSource;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.pushed.PushedUsage;
import io.trimtab.ingest.remotewrite.Payload;
import io.trimtab.ingest.remotewrite.Payload.Point;
import io.trimtab.ingest.remotewrite.Payload.Row;
import io.trimtab.service.testbed.PrometheusServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The law of pushed usage: a real Prometheus that is sent the same bytes answers the same usage and the same kills. Counters begin again, scrapes are missed,
 * series end and come back, and two senders tell of one container.
 */
class SameAsPrometheusTest {
    private static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);
    private static final Duration SPAN = Duration.ofMinutes(75);
    private static final int PODS = 12;

    private final Instant now =
            Instant.ofEpochSecond(InstantSource.system().instant().getEpochSecond());
    private final long end = now.toEpochMilli();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void answersAreEqual(long seed) throws Exception {
        List<Row> rows = rows(new SplittableRandom(seed));
        InstantSource clock = InstantSource.fixed(now);
        try (PrometheusServer prometheus = PrometheusServer.start();
                Door door = Door.open(new PushedSamples(4096), clock);
                PrometheusUsageSource store = new PrometheusUsageSource(PrometheusSettings.at(prometheus.uri()))) {
            // In the order of time, as senders send, a few minutes to a request.
            for (long from = end - SPAN.toMillis() - 1; from < end; from += 300_000) {
                byte[] body = Payload.snappy(Payload.version1(between(rows, from, from + 300_000)));
                assertThat(post(prometheus.uri().resolve("/api/v1/write"), body))
                        .isEqualTo(204);
                assertThat(post(door.uri(), body)).isEqualTo(204);
            }
            PushedUsage pushed = new PushedUsage(door.samples(), clock);
            assertThat(store.read(queries().getFirst()).kills())
                    .as("there is something to compare")
                    .isNotEmpty();
            for (UsageQuery query : queries()) same(store.read(query), pushed.read(query));
        }
    }

    private List<UsageQuery> queries() {
        UsageQuery.Scope all = new UsageQuery.Scope.Cluster();
        Instant start = now.minus(SPAN).minusSeconds(300);
        return List.of(
                new UsageQuery(all, start, now, Duration.ofMinutes(1)),
                new UsageQuery(all, start, now, Duration.ofSeconds(7)),
                new UsageQuery(all, start, now, Duration.ofMinutes(10)),
                new UsageQuery(all, now.minusSeconds(60), now, Duration.ofMinutes(1)),
                new UsageQuery(new UsageQuery.Scope.Namespace("other"), start, now, Duration.ofMinutes(1)),
                new UsageQuery(
                        new UsageQuery.Scope.OneWorkload(new WorkloadId("shop", "StatefulSet", "web")),
                        start,
                        now,
                        Duration.ofMinutes(1)));
    }

    private static void same(UsageBatch wanted, UsageBatch found) {
        assertThat(wanted.series()).isNotEmpty();
        assertThat(found.series()).hasSameSizeAs(wanted.series());
        for (int i = 0; i < wanted.series().size(); i++) {
            UsageSeries want = wanted.series().get(i);
            UsageSeries have = found.series().get(i);
            assertThat(have.container()).isEqualTo(want.container());
            assertThat(have.resource()).isEqualTo(want.resource());
            assertThat(have.atSeconds()).as("moments of %s", want).isEqualTo(want.atSeconds());
            for (int j = 0; j < want.size(); j++)
                assertThat(have.amounts()[j])
                        .as("%s at %d", want, want.atSeconds()[j])
                        .isCloseTo(want.amounts()[j], within(1e-12 * Math.max(1, want.amounts()[j])));
        }
        assertThat(found.kills()).isEqualTo(wanted.kills());
    }

    private List<Row> rows(SplittableRandom random) {
        List<Row> rows = new ArrayList<>();
        for (int pod = 0; pod < PODS; pod++) {
            Map<String, String> labels = new TreeMap<>(Map.of(
                    "namespace",
                    pod % 4 == 0 ? "other" : "shop",
                    "pod",
                    "web-" + pod,
                    "container",
                    "app",
                    "id",
                    "/" + pod));
            boolean pair = random.nextInt(3) == 0;
            for (String replica : pair ? List.of("a", "b") : List.of("a")) {
                labels.put("prometheus_replica", replica);
                rows.add(series(labels, "container_cpu_usage_seconds_total", cpu(random)));
                rows.add(series(labels, "container_memory_working_set_bytes", memory(random)));
            }
            labels.remove("prometheus_replica");
            if (random.nextBoolean()) killed(labels, random, rows);
        }
        return rows;
    }

    /** Moments off the whole second, so that none lies on a window's very start, where versions of Prometheus differ. */
    private List<Long> moments(SplittableRandom random) {
        long every = random.nextBoolean() ? 15_000 : 30_000;
        List<Long> moments = new ArrayList<>();
        long first = end - SPAN.toMillis() + random.nextLong(600_000);
        long quietFrom = first + random.nextLong(SPAN.toMillis());
        long quietTo = quietFrom + random.nextLong(900_000);
        for (long at = first; at <= end; at += every) {
            long jittered = at + random.nextLong(200);
            boolean missed = random.nextInt(20) == 0 || (at > quietFrom && at < quietTo);
            if (!missed) moments.add(jittered % 1000 == 0 ? jittered + 1 : jittered);
        }
        return moments;
    }

    private List<Point> cpu(SplittableRandom random) {
        double total = random.nextDouble(100);
        List<Point> points = new ArrayList<>();
        for (long at : moments(random)) {
            total = random.nextInt(50) == 0 ? random.nextDouble() : total + random.nextDouble(10);
            points.add(new Point(at, random.nextInt(60) == 0 ? STALE : total));
        }
        return points;
    }

    private List<Point> memory(SplittableRandom random) {
        return moments(random).stream()
                .map(at -> new Point(at, random.nextInt(60) == 0 ? STALE : random.nextInt(1 << 30)))
                .toList();
    }

    private void killed(Map<String, String> labels, SplittableRandom random, List<Row> rows) {
        long killedAt = end - random.nextLong(SPAN.toMillis());
        boolean knowsWhen = random.nextBoolean();
        List<Long> moments = moments(random);
        List<Point> reasons = moments.stream()
                .filter(at -> at > killedAt)
                .map(at -> new Point(at, 1))
                .toList();
        Map<String, String> reason = new TreeMap<>(labels);
        reason.put("reason", "OOMKilled");
        rows.add(series(reason, "kube_pod_container_status_last_terminated_reason", reasons));
        if (knowsWhen)
            rows.add(series(
                    labels,
                    "kube_pod_container_status_last_terminated_timestamp",
                    reasons.stream()
                            .map(point -> new Point(point.atMillis(), killedAt / 1000))
                            .toList()));
        rows.add(series(
                labels,
                "kube_pod_container_status_restarts_total",
                moments.stream().map(at -> new Point(at, at > killedAt ? 1 : 0)).toList()));
        Map<String, String> memory = new TreeMap<>(labels);
        memory.put("resource", "memory");
        rows.add(series(
                memory,
                "kube_pod_container_resource_requests",
                moments.stream().map(at -> new Point(at, 64 << 20)).toList()));
    }

    private static Row series(Map<String, String> labels, String metric, List<Point> points) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put("__name__", metric);
        return Row.of(all, points.toArray(Point[]::new));
    }

    private static List<Row> between(List<Row> rows, long after, long upTo) {
        return rows.stream()
                .map(row -> new Row(
                        row.labels(),
                        row.points().stream()
                                .filter(point -> point.atMillis() > after && point.atMillis() <= upTo)
                                .sorted(Comparator.comparingLong(Point::atMillis))
                                .toList()))
                .filter(row -> !row.points().isEmpty())
                .toList();
    }

    private static int post(URI to, byte[] body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(to)
                    .header("Content-Type", "application/x-protobuf")
                    .header("Content-Encoding", "snappy")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }
}
