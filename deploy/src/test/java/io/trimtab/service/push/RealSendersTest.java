package io.trimtab.service.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.pushed.PushedUsage;
import io.trimtab.ingest.remotewrite.ReplicaElection;
import io.trimtab.service.testbed.PrometheusServer;
import io.trimtab.service.testbed.VictoriaMetrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real senders scrape a container that uses a quarter of a core and push what they see; nothing of it is refused. */
class RealSendersTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int WAITS = 300;

    private final AtomicLong lateSeconds = new AtomicLong();

    @Test
    void aPrometheusSends() throws Exception {
        try (Scraped scraped = new Scraped();
                Door door = Door.open(new PushedSamples(4096), CLOCK);
                PrometheusServer sender = PrometheusServer.sending("main-0", scraped.uri(), door.uri())) {
            usageArrives(door);
            assertThat(door.elected()).containsExactly("east/main-0");
        }
    }

    /** With native histograms of its own, which are accepted and not kept. What the sender counts as failed, it has dropped. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"prometheus.WriteRequest", "io.prometheus.write.v2.Request"})
    void theCurrentPrometheusSends(String message) throws Exception {
        try (Scraped scraped = new Scraped();
                Door door = Door.open(new PushedSamples(4096), CLOCK);
                PrometheusServer sender =
                        PrometheusServer.currentSending("main-0", scraped.uri(), door.uri(), message)) {
            usageArrives(door);
            assertThat(door.elected()).containsExactly("east/main-0");
            Map<String, Double> counts = awaitHistograms(sender.uri());
            assertThat(counts.get("prometheus_remote_storage_samples_total")).isPositive();
            for (String failed :
                    List.of("samples_failed", "samples_retried", "histograms_failed", "histograms_retried"))
                assertThat(counts.get("prometheus_remote_storage_%s_total".formatted(failed)))
                        .as(failed)
                        .isZero();
            System.out.printf(
                    "%s: %.0f samples and %.0f native histograms sent in %.0f bytes, none refused%n",
                    message,
                    counts.get("prometheus_remote_storage_samples_total"),
                    counts.get("prometheus_remote_storage_histograms_total"),
                    counts.get("prometheus_remote_storage_bytes_total"));
        }
    }

    /** The clock goes on while neither sends, instead of waiting. The label of the replica is no part of the series, or there would be two more of them. */
    @Test
    void theOtherOfAPairTakesOver() throws Exception {
        InstantSource later = () -> CLOCK.instant().plusSeconds(lateSeconds.get());
        try (Scraped scraped = new Scraped();
                Door door = Door.open(new PushedSamples(4096), later)) {
            try (PrometheusServer one = PrometheusServer.sending("main-0", scraped.uri(), door.uri());
                    PrometheusServer other = PrometheusServer.sending("main-1", scraped.uri(), door.uri())) {
                usageArrives(door);
                await("both send", () -> door.count("requests", "deduplicated") > 0);
                assertThat(door.elected()).hasSize(1);
            }
            String first = door.elected().getFirst();
            lateSeconds.set(ReplicaElection.LONGEST_SILENCE.toSeconds());
            String second = first.endsWith("0") ? "main-1" : "main-0";
            try (PrometheusServer other = PrometheusServer.sending(second, scraped.uri(), door.uri())) {
                await("the other is elected", () -> door.elected().equals(List.of("east/" + second)));
                long kept = door.count("samples", "kept");
                await("its samples are kept", () -> door.count("samples", "kept") > kept);
                assertThat(door.samples().series()).isEqualTo(2);
            }
        }
    }

    private static void await(String what, BooleanSupplier come) {
        for (int i = 0; i < WAITS && !come.getAsBoolean(); i++)
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(come.getAsBoolean()).as(what).isTrue();
    }

    /** What a sender says of its sending, once it has sent so many native histograms, some 20 a second, that the first are answered. */
    private static Map<String, Double> awaitHistograms(URI sender) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(sender.resolve("/metrics")).build();
            for (int i = 0; i < WAITS; i++) {
                Map<String, Double> counts = client.send(request, HttpResponse.BodyHandlers.ofLines())
                        .body()
                        .filter(line -> line.startsWith("prometheus_remote_storage_"))
                        .collect(Collectors.toMap(
                                line -> line.substring(
                                        0, line.indexOf('{') < 0 ? line.indexOf(' ') : line.indexOf('{')),
                                line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)),
                                Double::sum));
                if (counts.getOrDefault("prometheus_remote_storage_histograms_total", 0.0) > 100) return counts;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
        throw new AssertionError("no native histograms were sent");
    }

    @Test
    void anAgentOfVictoriaMetricsSends() throws Exception {
        try (Scraped scraped = new Scraped();
                Door door = Door.open(new PushedSamples(4096), CLOCK);
                VictoriaMetrics sender = VictoriaMetrics.agent(scraped.uri(), door.uri())) {
            usageArrives(door);
        }
    }

    private static void usageArrives(Door door) throws Exception {
        List<UsageSeries> series = awaitBoth(door);
        assertThat(series)
                .extracting(UsageSeries::container)
                .containsOnly(new ContainerId(new PodId("shop", "web-0"), "app"));
        assertThat(last(series.get(1))).isEqualTo(Scraped.MEMORY_BYTES);
        assertThat(last(series.get(0))).as("cores").isBetween(0.0, Scraped.CORES * 1.5);
        assertThat(door.samples().series()).as("series that are wanted").isEqualTo(2);
        assertThat(door.count("samples", "ignored")).as("others").isPositive();
        assertThat(door.count("requests", "written")).isPositive();
        for (String refused : List.of("partly", "malformed", "corrupt_snappy", "wrong_type", "wrong_encoding"))
            assertThat(door.count("requests", refused)).as(refused).isZero();
    }

    /** Until there is a moment with CPU and memory. */
    private static List<UsageSeries> awaitBoth(Door door) {
        for (int i = 0; i < WAITS; i++) {
            List<UsageSeries> series = read(door, CLOCK.instant());
            Set<Resource> found = series.stream().map(UsageSeries::resource).collect(Collectors.toSet());
            if (found.containsAll(Set.of(Resource.CPU, Resource.MEMORY))) return series;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        throw new AssertionError("no usage has arrived");
    }

    private static List<UsageSeries> read(Door door, Instant now) {
        try {
            return new PushedUsage(door.samples(), CLOCK)
                    .read(new UsageQuery(
                            new UsageQuery.Scope.Cluster(), now.minusSeconds(2), now, Duration.ofSeconds(1)))
                    .series();
        } catch (IngestException nothingYet) {
            return List.of();
        }
    }

    private static double last(UsageSeries series) {
        return series.amounts()[series.size() - 1];
    }
}
