package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.cycle.Cycle;
import io.trimtab.recommend.cycle.CycleSettings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SelfMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    /** What the inventory does when it is asked. */
    private enum Weather {
        FAIR,
        UNREACHABLE,
        BROKEN
    }

    private volatile Weather weather = Weather.FAIR;
    private final SelfMetrics metrics = new SelfMetrics();
    private final Cluster cluster = new Cluster(
            false,
            "kubernetes",
            "prometheus",
            1,
            InstantSource.fixed(NOW),
            this::snapshot,
            query -> UsageBatch.EMPTY,
            recommendation -> new Outcome.Skipped(recommendation.workload(), "never asked"),
            CycleSettings.DEFAULT,
            () -> {});
    private final Cycle cycle =
            Rounds.of(cluster, PriceBook.shipped(), Mode.RECOMMEND, new HistogramForecaster(), metrics);

    private ClusterSnapshot snapshot(Instant now) throws IngestException {
        return switch (weather) {
            case FAIR -> new ClusterSnapshot(now, List.of(), List.of(), List.of(), List.of());
            case UNREACHABLE -> throw new IngestException(IngestException.Kind.UNREACHABLE, "away", null);
            case BROKEN -> throw new IllegalStateException("our mistake");
        };
    }

    @Test
    void whatHasNotHappenedYetIsZeroSoThatItsFirstTimeIsSeen() throws Exception {
        assertThat(exposed())
                .contains(
                        "trimtab_source_errors_total{kind=\"REJECTED\",source=\"usage\"} 0.0",
                        "trimtab_outcomes_total{outcome=\"Refused\"} 0.0",
                        "trimtab_cycle_failures_total 0.0");
    }

    @Test
    void aSourceIsUpWhileItAnswers() throws Exception {
        cycle.runOnce();
        assertThat(exposed()).contains("trimtab_source_up{source=\"inventory\"} 1.0", "trimtab_cycle_seconds_count 1");
        weather = Weather.UNREACHABLE;
        cycle.runOnce();
        assertThat(exposed())
                .contains(
                        "trimtab_source_up{source=\"inventory\"} 0.0",
                        "trimtab_source_up{source=\"usage\"} 1.0",
                        "trimtab_source_errors_total{kind=\"UNREACHABLE\",source=\"inventory\"} 1.0");
    }

    @Test
    void aRoundThatBreaksOffIsCountedAndItsTimeIsNot() throws Exception {
        weather = Weather.BROKEN;
        try (Loop loop = new Loop(cycle, Duration.ofMillis(20), metrics, Loop.SHORT_PATIENCE)) {
            loop.start();
            await("trimtab_cycle_failures_total [1-9]");
            assertThat(exposed())
                    .contains(
                            "trimtab_cycles_total 0.0",
                            "trimtab_cycle_seconds_count 0",
                            "trimtab_cycle_stage_seconds_count{stage=\"inventory\"} 0",
                            "trimtab_cycle_interval_seconds 0.02");
            weather = Weather.FAIR;
            await("trimtab_cycles_total [1-9]");
        }
    }

    private void await(String pattern) throws Exception {
        for (int i = 0; i < 500; i++) {
            if (exposed().matches("(?s).*\n" + pattern + ".*")) return;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(exposed()).containsPattern(pattern);
    }

    private String exposed() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, metrics.registry().scrape());
        return text.toString(StandardCharsets.UTF_8);
    }
}
