package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistogramForecasterTest {
    private static final Instant NOW = Instant.parse("2026-11-02T00:00:00Z");
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    private static final ContainerId APP = new ContainerId(new PodId("shop", "web-1"), "app");
    private static final ContainerSpec SPEC =
            new ContainerSpec("app", "web:1", Requirements.requests(new MilliCores(500), new Bytes(1 << 30)));

    @Test
    void learnsFromAllPodsAndForgetsNothingTwice() {
        HistogramForecaster forecaster = new HistogramForecaster();
        UsageBatch batch =
                new UsageBatch(List.of(series(Resource.CPU, 0.2), series(Resource.MEMORY, 4e8)), List.of(), List.of());
        forecaster.observe(batch, snapshot());
        forecaster.observe(batch, snapshot());
        Demand demand = forecaster.forecast(snapshot()).getFirst();
        assertThat(demand.history().samples()).isEqualTo(60);
        assertThat(demand.cpu().orElseThrow().quantile(0.9)).isBetween(0.2, 0.22);
        assertThat(demand.memory().orElseThrow().quantile(0.9)).isBetween(4e8, 4.3e8);
        assertThat(demand.cpuCoresNow()).containsEntry(APP.pod(), 0.2);
        assertThat(demand.memoryBytesNow()).containsEntry(APP.pod(), 4e8);
    }

    @Test
    void aKillWithoutAnyCpuSampleStillCounts() {
        HistogramForecaster forecaster = new HistogramForecaster();
        var kill = new OutOfMemoryKill(APP, NOW, new Bytes(512 << 20), NOW);
        forecaster.observe(new UsageBatch(List.of(), List.of(kill, kill), List.of()), snapshot());
        Demand demand = forecaster.forecast(snapshot()).getFirst();
        assertThat(demand.cpu()).isEmpty();
        assertThat(demand.memory().orElseThrow().quantile(0.9)).isGreaterThan(612.0 * (1 << 20));
    }

    @Test
    void aWorkloadWithoutSamplesIsAnswered() {
        Demand demand = new HistogramForecaster().forecast(snapshot()).getFirst();
        assertThat(demand.cpu()).isEmpty();
        assertThat(demand.history().firstSampleAt()).isEmpty();
    }

    @Test
    void whatIsGoneIsForgotten() {
        HistogramForecaster forecaster = new HistogramForecaster();
        forecaster.observe(new UsageBatch(List.of(series(Resource.CPU, 0.2)), List.of(), List.of()), snapshot());
        ClusterSnapshot empty = new ClusterSnapshot(NOW, List.of(), List.of(), List.of(), List.of());
        forecaster.observe(UsageBatch.EMPTY, empty);
        assertThat(forecaster.forecast(snapshot()).getFirst().history().samples())
                .isZero();
    }

    private static UsageSeries series(Resource resource, double amount) {
        long[] at = LongStream.rangeClosed(1, 60)
                .map(i -> NOW.getEpochSecond() - 3600 + i * 60)
                .toArray();
        double[] amounts = new double[at.length];
        Arrays.fill(amounts, amount);
        return new UsageSeries(APP, resource, at, amounts);
    }

    private static ClusterSnapshot snapshot() {
        Workload workload = new Workload(WEB, 1, List.of(SPEC), Map.of(), Map.of(), NOW);
        Pod pod = new Pod(
                APP.pod(),
                Optional.of(WEB),
                Optional.of("n"),
                PodPhase.RUNNING,
                List.of(SPEC),
                Map.of(),
                Map.of(),
                NOW,
                Optional.of(NOW),
                Optional.of(NOW),
                Optional.empty());
        return new ClusterSnapshot(NOW, List.of(workload), List.of(pod), List.of(), List.of());
    }
}
