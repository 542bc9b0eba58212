package io.trimtab.recommend.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.cron.CronPeriod;
import io.trimtab.recommend.cron.CronSchedule;
import io.trimtab.recommend.cron.CronWindow;
import io.trimtab.recommend.replicas.CpuScaling.CpuPod;
import io.trimtab.recommend.replicas.CpuScaling.CpuWorkload;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuScalingTest {
    private static final Instant MONDAY_MORNING = Instant.parse("2026-11-30T07:00:00Z");
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
                new CpuWorkload(autoscaler, replicas, pods, Optional.empty(), ScalingHistory.NONE, Optional.empty()),
                ReplicaPolicy.DEFAULT,
                MONDAY_MORNING,
                count -> impact);

        assertThat(decided.workload()).isEqualTo(WEB);
        assertThat(shortForm(decided)).isEqualTo(expected);
    }

    /** From 8 to 18 o'clock in Berlin, which is one hour ahead of UTC then, at least 6 of 1 to 10; each pod uses what its target allows. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        raises a count that was fine      | 50 | 3 | 500 | 2026-11-30T07:00:00Z | scale 6: BelowScheduledFloor
        not a second before               | 50 | 3 | 500 | 2026-11-30T06:59:59Z | hold: WithinTolerance
        until its last second             | 50 | 3 | 500 | 2026-11-30T16:59:59Z | scale 6: BelowScheduledFloor
        not when it has ended             | 50 | 3 | 500 | 2026-11-30T17:00:00Z | hold: WithinTolerance
        not on a Sunday                   | 50 | 3 | 500 | 2026-11-29T12:00:00Z | hold: WithinTolerance
        holds what the metrics would take | 50 | 6 | 100 | 2026-11-30T12:00:00Z | hold: BelowScheduledFloor
        gives way to the metrics          | 50 | 6 | 800 | 2026-11-30T12:00:00Z | scale 10: UtilizationDiffers
        also for another's metric         |    | 3 | 500 | 2026-11-30T12:00:00Z | scale 6: BelowScheduledFloor
        wakes nobody                      | 50 | 0 |     | 2026-11-30T12:00:00Z | hold: ScalingDisabled
        """)
    void aFloorRaisesWhileItLasts(
            String name, Integer target, int replicas, Long usageMilli, Instant now, String expected) {
        var autoscaler = new HorizontalAutoscaler("shop", "web", WEB, 1, 10, Optional.ofNullable(target));
        var pod = new CpuPod(
                PodState.READY,
                Optional.ofNullable(usageMilli).map(MilliCores::new),
                Optional.of(new MilliCores(1000)));
        var period = new CronPeriod(
                CronSchedule.parse("0 8 * * 1-5"), Duration.ofHours(10), CronWindow.zone("Europe/Berlin"));
        var policy = new ReplicaPolicy(
                new ReplicaBounds(
                        Optional.of(new PolicyId(PolicyId.NAMESPACED, "shop", "a")),
                        OptionalInt.empty(),
                        OptionalInt.empty()),
                List.of(new ReplicaFloor(period, 6)),
                true);
        var impact = new Impact(new Money(2, Money.USD), new Money(1, Money.USD));

        assertThat(shortForm(CpuScaling.decide(
                        new CpuWorkload(
                                autoscaler,
                                replicas,
                                Collections.nCopies(replicas, pod),
                                Optional.empty(),
                                ScalingHistory.NONE,
                                Optional.empty()),
                        policy,
                        now,
                        count -> impact)))
                .isEqualTo(expected);
    }

    private static String shortForm(Recommendation decided) {
        String act = decided instanceof Recommendation.Scale scale ? "scale " + scale.to() : "hold";
        return act + ": " + decided.reasons().getFirst().getClass().getSimpleName();
    }
}
