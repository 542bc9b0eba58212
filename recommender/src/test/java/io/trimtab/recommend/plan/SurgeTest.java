package io.trimtab.recommend.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.forecast.OutlookForecaster;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Recommendation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A rollout with the Deployment's defaults: at most a quarter more pods than 383 and at most a quarter fewer that are available. New pods take two cores until they are
 * ready and for two minutes more, which is not load; load is spread over all that are ready. Samples are means of five minutes, as rates are.
 */
class SurgeTest {
    private static final Instant START = Instant.parse("2026-11-30T08:00:00Z");
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    private static final ContainerSpec APP =
            new ContainerSpec("app", "web:1", Requirements.requests(new MilliCores(1000), new Bytes(1 << 20)));
    private static final int REPLICAS = 383;
    private static final int SURGE = 96;
    private static final int UNAVAILABLE = 95;
    private static final int WARM_MINUTES = 2;
    private static final int WINDOW = 5;

    private final OutlookForecaster forecaster = new OutlookForecaster(new HistogramForecaster());
    private final Planner planner = new Planner(PriceBook.shipped(), Mode.RECOMMEND);
    private final List<Running> pods = new ArrayList<>();

    /** A pod and what it used in its minutes. */
    private static final class Running {
        final PodId id;
        final int created;
        final int readyMinute;
        final List<Double> cores = new ArrayList<>();

        Running(String name, int created, int readyMinute) {
            this.id = new PodId("shop", name);
            this.created = created;
            this.readyMinute = readyMinute;
        }

        boolean ready(int minute) {
            return minute >= readyMinute;
        }

        double sample() {
            return cores.subList(Math.max(0, cores.size() - WINDOW), cores.size()).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(0);
        }
    }

    @ParameterizedTest(name = "at {0} % of the request, ready after {1} min")
    @CsvSource({"60, 1", "60, 3", "60, 8", "64, 1", "65, 3", "56, 3"})
    void aSurgeOf25PercentAt383ReplicasStays383(int percent, int startMinutes) {
        double cores = REPLICAS * percent / 100.0;
        for (int i = 0; i < REPLICAS; i++) pods.add(new Running("old-" + i, -1000, -999));
        int minute = 0;
        for (; minute < 45; minute++) assertThat(round(minute, cores)).isEqualTo(REPLICAS);
        int old = REPLICAS;
        int made = 0;
        List<Double> demand = new ArrayList<>();
        while (old > 0 || made < REPLICAS || pods.size() > REPLICAS) {
            int now = minute;
            // As the Deployment controller: new ones as far as the surge allows, old ones gone as far as enough are
            // ready.
            for (; made < REPLICAS && pods.size() < REPLICAS + SURGE; made++)
                pods.add(new Running("new-" + made, now, now + startMinutes));
            long ready = pods.stream().filter(pod -> pod.ready(now)).count();
            for (; old > 0 && ready > REPLICAS - UNAVAILABLE; old--, ready--) pods.removeFirst();
            assertThat(round(minute, cores))
                    .as("minute %d of the rollout", minute - 45)
                    .isEqualTo(REPLICAS);
            demand.add(newest());
            minute++;
        }
        for (int after = 0; after < 20; after++, minute++) {
            assertThat(round(minute, cores)).as("%d minutes after it", after).isEqualTo(REPLICAS);
            demand.add(newest());
        }
        assertThat(demand)
                .allSatisfy(total -> assertThat(Double.isNaN(total) || total < 1.06 * cores)
                        .as("%s of %s", demand, cores)
                        .isTrue());
        assertThat(demand.getLast()).isBetween(0.97 * cores, 1.03 * cores);
    }

    private double newest() {
        return forecaster.past(WEB, 1).map(past -> past.cores()[0]).orElse(Double.NaN);
    }

    /** @return how many replicas are recommended */
    private int round(int minute, double cores) {
        Instant now = START.plus(Duration.ofMinutes(minute));
        long ready = pods.stream().filter(pod -> pod.ready(minute)).count();
        List<UsageSeries> samples = new ArrayList<>();
        for (Running pod : pods) {
            double used = pod.ready(minute) ? cores / ready : 0;
            if (minute < pod.readyMinute + WARM_MINUTES) used += 2;
            pod.cores.add(used);
            samples.add(new UsageSeries(
                    new ContainerId(pod.id, "app"), Resource.CPU, new long[] {now.getEpochSecond()}, new double[] {
                        pod.sample()
                    }));
        }
        ClusterSnapshot snapshot = snapshot(now, minute);
        forecaster.observe(new UsageBatch(samples, List.of(), List.of()), snapshot);
        return planner.plan(snapshot, forecaster.forecast(snapshot), forecaster).recommendations().stream()
                .flatMap(it -> it instanceof Recommendation.Scale scale
                        ? Optional.of(scale.to()).stream()
                        : Optional.<Integer>empty().stream())
                .findFirst()
                .orElse(REPLICAS);
    }

    private ClusterSnapshot snapshot(Instant now, int minute) {
        List<Pod> seen = pods.stream()
                .map(pod -> new Pod(
                        pod.id,
                        Optional.of(WEB),
                        Optional.of("n0"),
                        PodPhase.RUNNING,
                        List.of(APP),
                        Map.of(),
                        Map.of(),
                        START.plus(Duration.ofMinutes(pod.created)),
                        Optional.of(START.plus(Duration.ofMinutes(pod.created))),
                        pod.ready(minute)
                                ? Optional.of(START.plus(Duration.ofMinutes(pod.readyMinute)))
                                : Optional.empty(),
                        Optional.empty()))
                .toList();
        return new ClusterSnapshot(
                now,
                List.of(new Workload(WEB, REPLICAS, List.of(APP), Map.of(), Map.of(), START)),
                seen,
                List.of(),
                List.of(new HorizontalAutoscaler("shop", "web", WEB, 1, 1000, Optional.of(60))));
    }
}
