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
import io.trimtab.service.testbed.PrometheusServer;
import io.trimtab.service.testbed.VictoriaMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Real senders scrape a container that uses a quarter of a core and push what they see; nothing of it is refused. */
class RealSendersTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int WAITS = 300;

    @Test
    void aPrometheusSends() throws Exception {
        try (Scraped scraped = new Scraped();
                Door door = Door.open(new PushedSamples(4096), CLOCK);
                PrometheusServer sender = PrometheusServer.sending(scraped.uri(), door.uri())) {
            usageArrives(door);
        }
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
