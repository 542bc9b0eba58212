package io.trimtab.recommend.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.RecentDays;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Recommendation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The joint decision: nodes are counted for the pods as they would be after the other decisions. */
class PlannerTest {
    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    private static final ContainerSpec APP =
            new ContainerSpec("app", "web:1", Requirements.requests(new MilliCores(1000), new Bytes(1 << 20)));

    /** Two pods that ask for a core each, on nodes that hold two such pods each. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        on target                           | 0.50 | 1 | 10 | 2 | 1
        within the tolerance                | 0.54 | 1 | 10 | 2 | 1
        twice the target                    | 1.00 | 1 | 10 | 4 | 2
        one more pod asks for one more node | 0.60 | 1 | 10 | 3 | 2
        the upper bound holds               | 1.00 | 1 |  3 | 3 | 2
        a fifth of the target               | 0.10 | 1 | 10 | 1 | 1
        the lower bound holds               | 0.10 | 5 | 10 | 5 | 3
        """)
    void nodesAreCountedForTheReplicasThatComeOfIt(
            String name, double coresEach, int min, int max, int replicas, int nodesNeeded) {
        Plan plan = plan(pods(2, PodPhase.RUNNING), coresEach, min, max);

        Recommendation scaling = plan.recommendations().getLast();
        assertThat(scaling instanceof Recommendation.Scale scale ? scale.to() : 2)
                .isEqualTo(replicas);
        assertThat(plan.nodes().needed()).isEqualTo(nodesNeeded);
        if (scaling instanceof Recommendation.Scale scale) {
            assertThat(scale.impact().monthlyBefore().amount()).isPositive();
            assertThat(scale.impact()
                            .monthlyAfter()
                            .amount()
                            .divide(scale.impact().monthlyBefore().amount(), 6, RoundingMode.HALF_EVEN))
                    .isEqualByComparingTo(BigDecimal.valueOf(replicas / 2.0));
        }
    }

    @Test
    void theClusterSavesWhatItsNodesSave() {
        Plan plan = plan(pods(2, PodPhase.RUNNING), 0.1, 1, 10);

        BigDecimal perNode = PriceBook.shipped()
                .price("m5.large", node("n0").capacity(), false)
                .perHour()
                .multiply(BigDecimal.valueOf(730));
        assertThat(plan.nodes().needed()).isEqualTo(1);
        assertThat(plan.cluster().saving().amount()).isEqualByComparingTo(perNode);
        assertThat(plan.cluster().monthlyBefore().amount()).isEqualByComparingTo(perNode.multiply(BigDecimal.TWO));
    }

    /** Twice the target: 4 replicas on 2 nodes are wanted. */
    @ParameterizedTest(name = "replicas {0} to {1}, mode {2}: {3} replicas")
    @CsvSource(nullValues = "-", textBlock = """
        -, -, RECOMMEND, 4, 2, UtilizationDiffers
        -, 3, RECOMMEND, 3, 2, AbovePolicyMaximum
        -, 2, RECOMMEND, 2, 1, AbovePolicyMaximum
        6, 9, RECOMMEND, 6, 3, BelowPolicyMinimum
        -, -, OBSERVE,   2, 1, OnlyObserved
        """)
    void thePolicysBoundsAreInThePlan(
            Integer min, Integer max, Mode mode, int replicas, int nodesNeeded, String reason) {
        var spec = new Policy.Spec(
                mode,
                Policy.Scope.EVERYTHING,
                Policy.Objective.DEFAULT,
                Policy.Requests.DEFAULT,
                new Policy.Replicas(optional(min), optional(max)),
                Policy.Zero.OFF,
                Policy.Acts.DEFAULT);
        var policy = new Policy(
                new PolicyId(PolicyId.NAMESPACED, "shop", "a"), 1, AT, Map.of(), spec, List.of(), Optional.empty());
        Plan plan = plan(pods(2, PodPhase.RUNNING), 1.0, 1, 10, List.of(policy));

        Recommendation scaling = plan.recommendations().getLast();
        assertThat(scaling instanceof Recommendation.Scale scale ? scale.to() : 2)
                .isEqualTo(replicas);
        assertThat(plan.nodes().needed()).isEqualTo(nodesNeeded);
        assertThat(scaling.reasons().getFirst().getClass().getSimpleName()).isEqualTo(reason);
        if (mode == Mode.OBSERVE) assertThat(plan.recommendations()).hasOnlyElementsOfType(Recommendation.Hold.class);
    }

    private static OptionalInt optional(Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    @ParameterizedTest
    @CsvSource({"SUCCEEDED, 1", "FAILED, 1", "RUNNING, 3"})
    void podsThatHaveEndedNeedNoNode(PodPhase phase, int nodesNeeded) {
        List<Pod> pods = new ArrayList<>(pods(2, PodPhase.RUNNING));
        for (int i = 0; i < 4; i++) pods.add(pod("job-" + i, Optional.empty(), phase));

        assertThat(plan(pods, 0.5, 1, 10).nodes().needed()).isEqualTo(nodesNeeded);
    }

    private static Plan plan(List<Pod> pods, double coresEach, int min, int max) {
        return plan(pods, coresEach, min, max, List.of());
    }

    private static Plan plan(List<Pod> pods, double coresEach, int min, int max, List<Policy> policies) {
        Map<PodId, Double> now = new HashMap<>();
        pods.stream().filter(pod -> pod.owner().isPresent()).forEach(pod -> now.put(pod.id(), coresEach));
        Demand demand = new Demand(
                WEB,
                APP,
                1,
                2,
                Optional.empty(),
                Optional.empty(),
                RecentDays.NONE,
                Optional.empty(),
                Optional.empty(),
                now,
                Map.of(),
                new Demand.History(Optional.empty(), Optional.empty(), 0));
        ClusterSnapshot snapshot = new ClusterSnapshot(
                AT,
                List.of(new Workload(WEB, 2, List.of(APP), Map.of(), Map.of(), AT.minusSeconds(86_400))),
                pods,
                List.of(node("n0"), node("n1")),
                List.of(new HorizontalAutoscaler("shop", "web", WEB, min, max, Optional.of(50))),
                List.of(),
                policies);
        return new Planner(PriceBook.shipped(), Mode.RECOMMEND).plan(snapshot, List.of(demand));
    }

    private static List<Pod> pods(int count, PodPhase phase) {
        List<Pod> pods = new ArrayList<>();
        for (int i = 0; i < count; i++) pods.add(pod("web-" + i, Optional.of(WEB), phase));
        return pods;
    }

    private static Pod pod(String name, Optional<WorkloadId> owner, PodPhase phase) {
        Instant started = AT.minusSeconds(3_600);
        return new Pod(
                new PodId("shop", name),
                owner,
                Optional.of("n0"),
                phase,
                List.of(APP),
                Map.of(),
                Map.of(),
                started,
                Optional.of(started),
                Optional.of(started),
                Optional.empty());
    }

    private static Node node(String name) {
        Resources all = new Resources(new MilliCores(2000), new Bytes(8L << 30), GpuMilli.ZERO);
        return new Node(
                name,
                "m5.large",
                "us-east-1",
                "us-east-1a",
                CapacityType.ON_DEMAND,
                all,
                all,
                10,
                true,
                true,
                Map.of(),
                AT.minusSeconds(86_400));
    }
}
