package io.trimtab.recommend.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.replicas.CpuScaling.CpuPod;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuScalingTest {
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        up                      | 50 | 3 | 800  | scale 5: UtilizationDiffers
        down                    | 50 | 4 | 100  | scale 1: UtilizationDiffers
        to the most             | 50 | 9 | 1000 | scale 10: AboveMaximum
        back to the most        | 50 | 12 | 500 | scale 10: AboveMaximum
        back, without a sample  | 50 | 12 |     | scale 10: AboveMaximum
        near enough             | 50 | 3 | 520  | hold: WithinTolerance
        no CPU target           |    | 3 | 900  | hold: NoAutoscaler
        no sample               | 50 | 3 |      | hold: MetricFailed
        switched off            | 50 | 0 |      | hold: ScalingDisabled
        """)
    void decides(String name, Integer target, int replicas, Long usageMilli, String expected) {
        var autoscaler = new HorizontalAutoscaler("shop", "web", WEB, 1, 10, Optional.ofNullable(target));
        var pod = new CpuPod(
                PodState.READY,
                Optional.ofNullable(usageMilli).map(MilliCores::new),
                Optional.of(new MilliCores(1000)));
        List<CpuPod> pods = Collections.nCopies(replicas, pod);
        var impact = new Impact(new Money(2, Money.USD), new Money(1, Money.USD));

        Recommendation decided = CpuScaling.decide(
                autoscaler, replicas, pods, Optional.empty(), ScalingHistory.NONE, ReplicaBounds.NONE, count -> impact);

        assertThat(decided.workload()).isEqualTo(WEB);
        assertThat(shortForm(decided)).isEqualTo(expected);
    }

    private static String shortForm(Recommendation decided) {
        String act = decided instanceof Recommendation.Scale scale ? "scale " + scale.to() : "hold";
        return act + ": " + decided.reasons().getFirst().getClass().getSimpleName();
    }
}
