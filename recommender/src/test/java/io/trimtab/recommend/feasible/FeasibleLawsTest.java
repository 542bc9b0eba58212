package io.trimtab.recommend.feasible;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.ingest.model.HpaRule;
import io.trimtab.ingest.model.Mode;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.plan.Plan;
import io.trimtab.recommend.plan.Planner;
import io.trimtab.recommend.pods.PodPolicy;
import io.trimtab.recommend.policy.ActTerms;
import io.trimtab.recommend.policy.Terms;
import io.trimtab.recommend.replicas.ReplicaPolicy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the cluster: what is advised can be had. */
class FeasibleLawsTest {
    private static final int CLUSTERS = 1_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noAdviceIsInfeasible(long seed) {
        RandomClusters clusters = new RandomClusters(seed);
        Map<String, Integer> seen = new TreeMap<>();
        for (int i = 0; i < CLUSTERS; i++) {
            RandomClusters.Made made = clusters.next();
            Plan plan = planner(made).plan(made.snapshot(), made.demands());
            List<Resize> resizes = plan.recommendations().stream()
                    .filter(Resize.class::isInstance)
                    .map(Resize.class::cast)
                    .toList();
            assertThat(new ApiServer(made.snapshot(), resizes).complaints())
                    .as("seed %d, cluster %d: %s", seed, i, resizes)
                    .isEmpty();
            count(plan.recommendations(), seen);
        }
        assertThat(seen.keySet())
                .as("%s", seen)
                .contains(
                        "Resize",
                        "Resize BeyondNodes",
                        "Resize BeyondQuota",
                        "Resize OutsideLimitRange",
                        "Hold BeyondNodes",
                        "Hold BeyondQuota",
                        "Hold OutsideLimitRange",
                        "Hold AboveLimitRatio",
                        "Hold LimitRangesContradict",
                        "Hold QosClassStays",
                        "Hold QuotaNeedsAmount");
        assertThat(seen.get("Resize")).as("%s", seen).isGreaterThan(CLUSTERS / 2);
    }

    private static Planner planner(RandomClusters.Made made) {
        PodPolicy usual = PodPolicy.DEFAULT;
        PodPolicy policy = new PodPolicy(usual.bounds(), made.rules(), usual.minHistory(), usual.band(), usual.risk());
        return new Planner(
                PriceBook.shipped(),
                Mode.RECOMMEND,
                new Terms(policy, ReplicaPolicy.DEFAULT, HpaRule.RETUNE, ActTerms.DEFAULT));
    }

    private static void count(List<Recommendation> recommendations, Map<String, Integer> seen) {
        for (Recommendation it : recommendations) {
            Reason first = it.reasons().getFirst();
            boolean moved = first instanceof PodReason.BeyondNodes
                    || first instanceof PodReason.BeyondQuota
                    || first instanceof PodReason.QuotaNeedsAmount
                    || first instanceof PodReason.OutsideLimitRange
                    || first instanceof PodReason.AboveLimitRatio
                    || first instanceof PodReason.LimitRangesContradict
                    || first instanceof PodReason.QosClassStays;
            String name = it.getClass().getSimpleName();
            seen.merge(moved ? name + " " + first.getClass().getSimpleName() : name, 1, Integer::sum);
        }
    }
}
