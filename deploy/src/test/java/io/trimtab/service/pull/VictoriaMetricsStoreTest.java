package io.trimtab.service.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.Distribution;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.promql.PrometheusSettings;
import io.trimtab.ingest.promql.PrometheusUsageSource;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.cycle.Cycle;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleSettings;
import io.trimtab.recommend.plan.Planner;
import io.trimtab.service.testbed.PrometheusServer;
import io.trimtab.service.testbed.VictoriaMetrics;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A real VictoriaMetrics and a real Prometheus are sent the same day of samples and read by the same queries. What is learned is the same as far as their
 * arithmetic allows: a rate of the one reaches back to the sample before its window, one of the other is extrapolated to the window's ends.
 */
class VictoriaMetricsStoreTest {
    private static final Duration ROUND = Duration.ofMinutes(1);
    private static final int ROUNDS = 5;

    /** Over which rates are taken: so long Prometheus' rate of a new container rises. */
    private static final int WINDOW_MOMENTS = 5;

    private static Instant now;
    private static PrometheusServer prometheus;
    private static VictoriaMetrics victoria;

    @BeforeAll
    static void load() throws Exception {
        PrometheusServer.requireInstalled();
        VictoriaMetrics.requireInstalled();
        now = InstantSource.system().instant().truncatedTo(ChronoUnit.MINUTES);
        prometheus = PrometheusServer.start();
        victoria = VictoriaMetrics.server();
        DayOfSamples.before(now).sendTo(prometheus.uri(), victoria.uri());
        DayOfSamples.flush(victoria.uri());
    }

    @AfterAll
    static void stop() throws Exception {
        if (prometheus != null) prometheus.close();
        if (victoria != null) victoria.close();
    }

    @Test
    void tellsTheSame() throws Exception {
        UsageBatch wanted = read(prometheus.uri());
        UsageBatch found = read(victoria.uri());
        assertThat(found.gaps()).isEmpty();
        assertThat(found.kills()).hasSize(1).isEqualTo(wanted.kills());
        assertThat(found.series())
                .extracting(it -> it.container() + " " + it.resource())
                .isEqualTo(wanted.series().stream()
                        .map(it -> it.container() + " " + it.resource())
                        .toList());
        for (int i = 0; i < wanted.series().size(); i++) {
            UsageSeries want = wanted.series().get(i);
            UsageSeries have = found.series().get(i);
            if (want.resource() == Resource.CPU) sameCpu(want, have);
            else sameMemory(want, have);
        }
    }

    private static void sameCpu(UsageSeries want, UsageSeries have) {
        assertThat(have.atSeconds()).isEqualTo(want.atSeconds());
        double[] off = IntStream.range(WINDOW_MOMENTS, want.size())
                .mapToDouble(i -> Math.abs(have.amounts()[i] / want.amounts()[i] - 1))
                .toArray();
        double most =
                IntStream.range(0, off.length).mapToDouble(i -> off[i]).max().orElseThrow();
        double mean = IntStream.range(0, off.length)
                .mapToDouble(i -> off[i])
                .average()
                .orElseThrow();
        System.out.printf(
                "%s: rates differ by %.1f %% in the mean, by %.0f %% at most, their sums by %.2f %%; with the first 5"
                        + " min by %.2f %%%n",
                want.container(),
                100 * mean,
                100 * most,
                100 * (sum(have, WINDOW_MOMENTS) / sum(want, WINDOW_MOMENTS) - 1),
                100 * (sum(have, 0) / sum(want, 0) - 1));
        assertThat(sum(have, WINDOW_MOMENTS)).isCloseTo(sum(want, WINDOW_MOMENTS), within(0.005 * sum(want, 0)));
        assertThat(mean).isLessThan(0.04);
    }

    /** Where scrapes were missed for more than a few intervals, VictoriaMetrics says nothing, and Prometheus the last for 5 minutes. */
    private static void sameMemory(UsageSeries want, UsageSeries have) {
        Map<Long, Double> wanted = new TreeMap<>();
        for (int i = 0; i < want.size(); i++) wanted.put(want.atSeconds()[i], want.amounts()[i]);
        assertThat(want.size() - have.size()).isBetween(0, 3);
        for (int i = 0; i < have.size(); i++) assertThat(have.amounts()[i]).isEqualTo(wanted.get(have.atSeconds()[i]));
    }

    private static double sum(UsageSeries series, int from) {
        return IntStream.range(from, series.size())
                .mapToDouble(i -> series.amounts()[i])
                .sum();
    }

    /** Memory to the byte; CPU to one percentile, since a quantile between quiet and burst may lie in either. */
    @Test
    void theSameIsLearned() {
        List<Demand> wanted = learn(prometheus.uri());
        List<Demand> found = learn(victoria.uri());
        assertThat(found).hasSameSizeAs(wanted).isNotEmpty();
        for (int i = 0; i < wanted.size(); i++) {
            Demand want = wanted.get(i);
            Demand have = found.get(i);
            assertThat(have.workload()).isEqualTo(want.workload());
            assertThat(have.history()).isEqualTo(want.history());
            for (double quantile : new double[] {0.5, 0.9, 0.95, 0.98}) {
                assertThat(at(have.memory(), quantile)).isEqualTo(at(want.memory(), quantile));
                assertThat(at(have.cpu(), quantile))
                        .as("%s, CPU at %s", want.workload(), quantile)
                        .isBetween(at(want.cpu(), quantile - 0.01), at(want.cpu(), quantile + 0.01));
            }
        }
    }

    private static double at(Optional<Distribution> distribution, double quantile) {
        return distribution.orElseThrow().quantile(quantile);
    }

    private static UsageBatch read(URI store) throws Exception {
        try (PrometheusUsageSource usage = new PrometheusUsageSource(PrometheusSettings.at(store))) {
            return usage.read(new UsageQuery(new UsageQuery.Scope.Cluster(), now.minus(DayOfSamples.SPAN), now, ROUND));
        }
    }

    /** What is known after a back-fill and some rounds. */
    private static List<Demand> learn(URI store) {
        HistogramForecaster forecaster = new HistogramForecaster();
        AtomicReference<Instant> clock = new AtomicReference<>(now.minus(ROUND.multipliedBy(ROUNDS)));
        try (PrometheusUsageSource usage = new PrometheusUsageSource(PrometheusSettings.at(store))) {
            Cycle cycle = new Cycle(
                    new Cycle.Parts(
                            clock::get,
                            DayOfSamples::snapshot,
                            usage,
                            forecaster,
                            new Planner(PriceBook.shipped(), Mode.RECOMMEND),
                            recommendation -> new Outcome.Skipped(recommendation.workload(), "compared only")),
                    new CycleSettings(DayOfSamples.SPAN, ROUND, Duration.ofHours(6)),
                    CycleObserver.NONE);
            for (int round = 0; round <= ROUNDS; round++) {
                CycleReport report = cycle.runOnce();
                assertThat(report.usage().failure()).isEmpty();
                assertThat(report.usage().gaps()).isEmpty();
                clock.updateAndGet(at -> at.plus(ROUND));
            }
        }
        return forecaster.forecast(DayOfSamples.snapshot(now));
    }
}
