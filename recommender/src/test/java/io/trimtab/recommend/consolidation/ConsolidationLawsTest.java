package io.trimtab.recommend.consolidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.recommend.consolidation.ConsolidationProblem.Policy;
import io.trimtab.recommend.consolidation.simulation.ConsolidationWeek;
import io.trimtab.recommend.consolidation.simulation.FragmentedCluster;
import io.trimtab.recommend.consolidation.simulation.PlanCheck;
import io.trimtab.recommend.consolidation.simulation.SingleMoves;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsolidationLawsTest {
    @ParameterizedTest(name = "seeds 1 to 20, {0}, shapes to add: {1}")
    @CsvSource({
        "TRIMTAB, true", "TRIMTAB, false",
        "KARPENTER, true", "KARPENTER, false",
        "CLUSTER_AUTOSCALER, false"
    })
    void everyPlanHolds(Policy policy, boolean shapes) {
        for (long seed = 1; seed <= 20; seed++) {
            var random = new Random(seed);
            int nodes = 1 + random.nextInt(40);
            ConsolidationProblem problem = FragmentedCluster.of(seed, nodes, 1 + random.nextInt(20), shapes, policy);

            ConsolidationPlan plan = Consolidator.plan(problem);

            assertThat(PlanCheck.faults(problem, plan)).as("seed %d", seed).isEmpty();
            if (policy == Policy.TRIMTAB)
                assertThat(PlanCheck.swaps(problem, plan)).as("seed %d", seed).isEmpty();
            assertThat(Consolidator.plan(shuffled(problem, random)))
                    .as("seed %d in another order", seed)
                    .isEqualTo(plan);
        }
    }

    private static ConsolidationProblem shuffled(ConsolidationProblem problem, Random random) {
        List<ClusterNode> nodes = new ArrayList<>();
        for (ClusterNode node : problem.nodes()) {
            List<NodePod> pods = new ArrayList<>(node.pods());
            Collections.shuffle(pods, random);
            nodes.add(with(node, pods));
        }
        Collections.shuffle(nodes, random);
        var shapes = new ArrayList<>(problem.shapes());
        Collections.shuffle(shapes, random);
        return new ConsolidationProblem(problem.now(), problem.terms(), nodes, problem.allowed(), shapes);
    }

    private static ClusterNode with(ClusterNode node, List<NodePod> pods) {
        return new ClusterNode(
                node.name(),
                node.shape(),
                node.price(),
                node.capacityType(),
                node.allocatable(),
                node.maxPods(),
                node.annotations(),
                node.controlPlane(),
                node.emptySince(),
                node.lastPodEvent(),
                pods,
                node.lifecycle(),
                node.ephemeralStorage());
    }

    /** The same plan once more: what moved is young, so nothing moves again within the hour. */
    @Test
    void nothingIsTriedTwiceWithinTheHour() {
        ConsolidationProblem problem = FragmentedCluster.of(3, 30, 12, false, Policy.TRIMTAB);
        List<ClusterNode> young = problem.nodes().stream()
                .map(node -> with(
                        node,
                        node.pods().stream().map(ConsolidationLawsTest::young).toList()))
                .toList();

        ConsolidationPlan plan = Consolidator.plan(
                new ConsolidationProblem(problem.now(), problem.terms(), young, problem.allowed(), problem.shapes()));

        assertThat(plan.remove())
                .allSatisfy(removal -> assertThat(removal.moves()).isEmpty());
    }

    private static NodePod young(NodePod pod) {
        return new NodePod(
                pod.namespace(),
                pod.name(),
                pod.owner(),
                pod.requested(),
                pod.budget(),
                pod.annotations(),
                pod.localStorage(),
                pod.daemon(),
                Optional.of(Consolidator.SETTLED.minusSeconds(1)),
                pod.restart(),
                pod.tied(),
                pod.homes(),
                pod.onAdded(),
                pod.ephemeralStorage());
    }

    @ParameterizedTest(name = "seed {0}, shapes to add: {1}: 5 points of the cost more than single moves")
    @CsvSource({"1, true", "1, false"})
    void savesMoreThanSingleMoves(long seed, boolean shapes) {
        ConsolidationProblem problem = FragmentedCluster.of(seed, 1000, 30, shapes, Policy.TRIMTAB);
        BigDecimal cost = problem.nodes().stream().map(ClusterNode::price).reduce(BigDecimal.ZERO, BigDecimal::add);

        ConsolidationPlan plan = Consolidator.plan(problem);

        assertThat(PlanCheck.faults(problem, plan)).isEmpty();
        assertThat(PlanCheck.swaps(problem, plan)).isEmpty();
        double ours = plan.savingPerMonth().doubleValue()
                / Consolidator.perMonth(cost).doubleValue();
        double single = SingleMoves.saving(problem).doubleValue() / cost.doubleValue();
        assertThat(ours).isGreaterThanOrEqualTo(single + 0.05);
    }

    @ParameterizedTest(
            name = "a week of 100 services, seed {0}: 90 % of the saving of packing anew each hour with a quarter of"
                    + " its evictions")
    @ValueSource(longs = 1)
    void followsTheDayWithFewEvictions(long seed) {
        var nobody = ConsolidationWeek.run(ConsolidationWeek.Who.NOBODY, seed, 100);
        var repack = ConsolidationWeek.run(ConsolidationWeek.Who.REPACK, seed, 100);

        var ours = ConsolidationWeek.run(ConsolidationWeek.Who.TRIMTAB, seed, 100);

        assertThat(ours.faults()).isEmpty();
        assertThat(ours.swaps()).isZero();
        assertThat(ours.movedTwice()).isZero();
        assertThat(ours.overspent()).isZero();
        assertThat(nobody.cost() - ours.cost()).isGreaterThanOrEqualTo(0.9 * (nobody.cost() - repack.cost()));
        assertThat(ours.evictions()).isBetween(1, repack.evictions() / 4);
    }
}
