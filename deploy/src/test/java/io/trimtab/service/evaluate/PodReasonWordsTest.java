package io.trimtab.service.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.recommend.PodReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodReasonWordsTest {
    @Test
    void stepsOfTheDayAreSaidInTheirOrder() {
        assertThat(PodReasonWords.explain(new PodReason.TimeOfWeek(
                        List.of(step(320, 5), step(700, 1), step(410, 18)), new MilliCores(720))))
                .isEqualTo("320m CPU for 5 hours, then 700m CPU for 1 hour, then 410m CPU for 18 hours, by what past"
                        + " weeks used then; all of the week needs 720m");
    }

    @Test
    void whatAStartWantsIsSaidWithWhatWasSeen() {
        assertThat(PodReasonWords.explain(boost(Optional.empty(), 0, false)))
                .isEqualTo("in the first 75 s, until it is ready, container app wants 1500m CPU in place of 200m: three"
                        + " of four of 12 starts used no more than 1480m; on a full node, with what it has later a"
                        + " start takes 480 s longer. Set it when the pod is made and lower it in place once it is"
                        + " ready; Trimtab does not do this itself");
        assertThat(PodReasonWords.explain(boost(Optional.of(new MilliCores(3000)), 9, true)))
                .contains("wants 1500m CPU with a limit of 3 in place of 200m: 9 of 12 starts used what the limit"
                        + " allowed, 1480m, so more is to be tried; held by its limit, with what");
    }

    private static PodReason.StartUpBoost boost(Optional<MilliCores> limit, int atLimit, boolean always) {
        return new PodReason.StartUpBoost(
                "app",
                new MilliCores(1500),
                limit,
                Duration.ofSeconds(75),
                new MilliCores(200),
                new MilliCores(1480),
                12,
                atLimit,
                Duration.ofSeconds(480),
                always);
    }

    @Test
    void bothGroupsAreSaidWithTheirNumbers() {
        var leader = new PodReason.PodGroup(1, List.of("db-0"), new MilliCores(900), new MilliCores(1200));
        var followers =
                new PodReason.PodGroup(5, List.of("db-1", "db-2", "db-3"), new MilliCores(80), new MilliCores(150));
        assertThat(PodReasonWords.explain(new PodReason.TwoGroups(
                        leader, followers, Optional.empty(), Optional.of(new Money(98_769_999, Money.USD)))))
                .isEqualTo(
                        "the pods differ for good: 1 pod (db-0) uses 900m CPU half of the time and needs 1200m, 5 pods"
                            + " (db-1, db-2, db-3, ...) use 80m CPU half of the time and need 150m. They have one"
                            + " template, so the request follows the busier; were the others a workload of their own,"
                            + " 98.76 USD a month less would be requested");
        assertThat(PodReasonWords.explain(new PodReason.TwoGroups(
                        leader,
                        followers,
                        Optional.of(new PodReason.GroupLabel("kubernetes.io/arch", List.of("amd64"), List.of("arm64"))),
                        Optional.empty())))
                .contains("need 150m (their nodes' label kubernetes.io/arch is amd64, and arm64 of the others). They")
                .endsWith("the request follows the busier");
    }

    private static PodReason.Step step(long milli, long hours) {
        return new PodReason.Step(new MilliCores(milli), Duration.ofHours(hours));
    }
}
