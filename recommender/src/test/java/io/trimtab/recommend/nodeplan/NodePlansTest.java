package io.trimtab.recommend.nodeplan;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Scheduling;
import io.trimtab.ingest.model.Taint;
import io.trimtab.ingest.model.Tie;
import io.trimtab.ingest.model.Ties;
import io.trimtab.ingest.model.Ties.KeepAway;
import io.trimtab.recommend.KeptReason;
import io.trimtab.recommend.consolidation.ConsolidationPlan;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Move;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Removal;
import io.trimtab.recommend.consolidation.simulation.PlanCheck;
import io.trimtab.recommend.nodeplan.Seen.Making;
import io.trimtab.recommend.nodes.Packing.Place;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodePlansTest {
    private static final Taint GPU = new Taint("gpu", "", Taint.Effect.NO_SCHEDULE);
    private static final LabelSelector WEB = LabelSelector.parse("app=web");

    /** Node a carries the pod p and costs as much as it may; node b has room for it and must stay. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing speaks against it                    | gone in 1
        other taint on b                             | RoomInPieces
        b in another zone, no volume                 | gone in 1
        b in another zone, p has a volume            | RoomInPieces
        p asks for a label that b lacks              | RoomInPieces
        p keeps files                                | PodHeld LOCAL_STORAGE
        p keeps files and is safe to evict           | gone in 1
        p looks at other pods                        | PodHeld OTHER_PODS
        p takes a port                               | PodHeld HOST_PORT
        p asks for something else                    | PodHeld OTHER_RESOURCE
        p and q store no more than b can             | gone in 1
        p and q store more than b can                | TooLittleRoom
        p is bare                                    | PodHeld BARE
        p is static                                  | gone in 1
        p is leaving                                 | gone in 1
        p is marked                                  | PodHeld DO_NOT_DISRUPT
        p is 59 min old                              | JustMoved
        p is 60 min old                              | gone in 1
        a budget allows 1                            | gone in 1
        a budget allows 0                            | BudgetTooSmall
        two budgets cover p                          | BudgetTooSmall
        a budget covers others                       | gone in 1
        a is of the control plane                    | ControlPlane
        q keeps web away from its node               | RoomInPieces
        q keeps web away from its zone               | RoomInPieces
        q keeps web of another namespace away        | gone in 1
        """)
    void decides(String name, String expected) {
        assertThat(fate(NodePlans.plan(twoNodes(name).snapshot(), Seen.PRICES)
                        .orElseThrow()
                        .plan()))
                .isEqualTo(expected);
    }

    private static Seen twoNodes(String name) {
        var seen = new Seen();
        var p = new Making();
        p.labels = Map.of("app", "web");
        var q = new Making();
        q.annotations = Map.of("karpenter.sh/do-not-disrupt", "true");
        Map<String, String> labels = Map.of("fast", "yes");
        String zone = "z1";
        switch (name) {
            case "p keeps files" -> p.scheduling = Seen.tied(Tie.LOCAL_FILES);
            case "p keeps files and is safe to evict" -> {
                p.scheduling = Seen.tied(Tie.LOCAL_FILES);
                p.annotations = Map.of("cluster-autoscaler.kubernetes.io/safe-to-evict", "true");
            }
            case "b in another zone, no volume" -> zone = "z2";
            case "b in another zone, p has a volume" -> {
                zone = "z2";
                p.scheduling = Seen.tied(Tie.VOLUME_CLAIM);
            }
            case "p asks for a label that b lacks" ->
                p.scheduling = new Scheduling(labels, List.of(), List.of(), List.of(), Resources.ZERO);
            case "p looks at other pods" -> p.scheduling = Seen.tied(Tie.OTHER_PODS);
            case "p takes a port" -> p.scheduling = Seen.tied(Tie.HOST_PORT);
            case "p and q store no more than b can", "p and q store more than b can" -> {
                seen.storage = new Bytes(1000);
                p.scheduling = Seen.storing(400);
                q.scheduling = Seen.storing(name.contains("no more") ? 600 : 601);
            }
            case "p asks for something else" -> p.scheduling = Seen.tied(Tie.OTHER_RESOURCE);
            case "p is bare" -> p.kind = Optional.empty();
            case "p is static" -> {
                p.kind = Optional.empty();
                p.annotations = Map.of(Pod.MIRROR, "1");
            }
            case "p is leaving" -> p.leaving = true;
            case "p is marked" -> p.annotations = q.annotations;
            case "p is 59 min old" -> p.age = Duration.ofMinutes(59);
            case "p is 60 min old" -> p.age = Duration.ofMinutes(60);
            case "a budget allows 1" -> seen.budget("x", "app=web", 1);
            case "a budget allows 0" -> seen.budget("x", "app=web", 0);
            case "two budgets cover p" -> seen.budget("x", "app=web", 1).budget("y", "app", 1);
            case "a budget covers others" -> seen.budget("x", "app!=web", 0);
            case "a is of the control plane" -> labels = Map.of("node-role.kubernetes.io/control-plane", "");
            case "q keeps web away from its node" -> q.scheduling = away("kubernetes.io/hostname", Set.of());
            case "q keeps web away from its zone" -> q.scheduling = away("topology.kubernetes.io/zone", Set.of());
            case "q keeps web of another namespace away" ->
                q.scheduling = away("kubernetes.io/hostname", Set.of("other"));
            default -> {}
        }
        Taint[] taints = name.equals("other taint on b") ? new Taint[] {GPU} : new Taint[0];
        return seen.node("a", 4000, "z1", CapacityType.ON_DEMAND, labels)
                .node("b", 4000, zone, CapacityType.ON_DEMAND, Map.of(), taints)
                .pod("p", "a", 1000, p)
                .pod("q", "b", 1000, q);
    }

    private static Scheduling away(String key, Set<String> namespaces) {
        return Seen.with(new Ties(Set.of(Tie.OTHER_PODS), List.of(new KeepAway(key, false, namespaces, WEB))));
    }

    private static String fate(ConsolidationPlan plan) {
        for (Removal removal : plan.remove()) if (removal.node().equals("a")) return "gone in " + removal.wave();
        KeptReason reason = plan.kept().stream()
                .filter(kept -> kept.node().equals("a"))
                .findFirst()
                .orElseThrow()
                .reason();
        String code = reason.getClass().getSimpleName();
        return reason instanceof KeptReason.PodHeld held ? code + " " + held.hold() : code;
    }

    @Test
    void withoutKnownBudgetsNothingIsPlanned() {
        assertThat(NodePlans.plan(twoNodes("").unknownLimits().snapshot(), Seen.PRICES))
                .isEmpty();
    }

    @Test
    void aDearNodeIsReplacedByOneOfAShapeThatAPoolMakes() {
        var seen = new Seen()
                .node("large", 32000, "z1", CapacityType.ON_DEMAND, Map.of())
                .node("small", 2000, "z1", CapacityType.ON_DEMAND, Map.of())
                .pod("p", "large", 1500, new Making())
                .pod("q", "small", 1500, new Making());
        NodePlans.Prices dearIfLarge = (node, as) -> Seen.PRICES
                .price(node, as)
                .multiply(BigDecimal.valueOf(node.name().equals("large") ? 2 : 1));

        ConsolidationPlan plan =
                NodePlans.plan(seen.snapshot(), dearIfLarge).orElseThrow().plan();

        assertThat(plan.remove()).extracting(Removal::node).containsExactly("large");
        assertThat(plan.add()).singleElement().satisfies(added -> {
            assertThat(added.shape()).isEqualTo("m2000 on-demand");
            assertThat(added.count()).isOne();
        });
    }

    @Test
    void aPodThatStoresFilesForItselfMovesToNoNodeThatIsAdded() {
        var storing = new Making();
        storing.scheduling = Seen.storing(1);
        var seen = new Seen()
                .node("large", 32000, "z1", CapacityType.ON_DEMAND, Map.of())
                .node("small", 2000, "z1", CapacityType.ON_DEMAND, Map.of())
                .pod("p", "large", 1500, storing)
                .pod("q", "small", 1500, new Making());
        NodePlans.Prices dearIfLarge = (node, as) -> Seen.PRICES
                .price(node, as)
                .multiply(BigDecimal.valueOf(node.name().equals("large") ? 2 : 1));

        assertThat(NodePlans.plan(seen.snapshot(), dearIfLarge)
                        .orElseThrow()
                        .plan()
                        .add())
                .isEmpty();
    }

    @Test
    void everyPlanOfSeeds1To40CanBeCarriedOut() {
        int moves = 0;
        for (long seed = 1; seed <= 40; seed++) {
            ClusterSnapshot snapshot = random(seed).snapshot();

            PlannedNodes planned = NodePlans.plan(snapshot, Seen.PRICES).orElseThrow();

            assertThat(PlanCheck.faults(planned.problem(), planned.plan()))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(refused(snapshot, planned.plan())).as("seed %d", seed).isEmpty();
            assertThat(planned.repack().needed())
                    .isGreaterThanOrEqualTo(planned.repack().lowerBound());
            moves += planned.plan().remove().stream()
                    .mapToInt(it -> it.moves().size())
                    .sum();
        }
        assertThat(moves).isGreaterThan(150);
    }

    private static Seen random(long seed) {
        var random = new Random(seed);
        var seen = new Seen();
        int nodes = 4 + random.nextInt(20);
        seen.storage = new Bytes(4000);
        for (int i = 0; i < nodes; i++) {
            long cpu = 2000L << random.nextInt(3);
            CapacityType type = random.nextInt(4) == 0 ? CapacityType.SPOT : CapacityType.ON_DEMAND;
            Taint[] taints = random.nextInt(6) == 0 ? new Taint[] {GPU} : new Taint[0];
            Map<String, String> labels = random.nextInt(3) == 0 ? Map.of("fast", "yes") : Map.of();
            seen.node("n" + i, cpu, "z" + random.nextInt(3), type, labels, taints);
            long left = cpu - 100;
            for (int j = 0; left > 200 && random.nextInt(4) > 0; j++) {
                long asked = Math.min(left, 50 + random.nextInt(900));
                left -= asked;
                seen.pod("p%d-%d".formatted(i, j), "n" + i, asked, making(random));
            }
        }
        return seen.budget("web", "app=web", random.nextInt(4)).budget("db", "app=db", 1);
    }

    private static Making making(Random random) {
        var making = new Making();
        making.labels = Map.of("app", List.of("web", "db", "job", "api").get(random.nextInt(4)));
        if (random.nextInt(12) == 0) making.age = Duration.ofMinutes(random.nextInt(70));
        making.scheduling = switch (random.nextInt(14)) {
            case 0 -> Seen.tied(Tie.VOLUME_CLAIM);
            case 1 -> Seen.tied(Tie.LOCAL_FILES);
            case 2 -> away("kubernetes.io/hostname", Set.of());
            case 4, 5, 6, 7 -> Seen.storing(200 + random.nextInt(300));
            case 3 -> new Scheduling(Map.of("fast", "yes"), List.of(), List.of(), List.of(), Resources.ZERO);
            default -> Scheduling.PLAIN;
        };
        return making;
    }

    /** By what the scheduler obeys, worked out here again from the snapshot alone. */
    private static List<String> refused(ClusterSnapshot snapshot, ConsolidationPlan plan) {
        Map<String, Node> nodes = snapshot.nodes().stream().collect(Collectors.toMap(Node::name, Function.identity()));
        Map<String, Pod> pods = snapshot.pods().stream()
                .collect(Collectors.toMap(pod -> pod.id().name(), Function.identity()));
        List<String> faults = new ArrayList<>();
        for (Removal removal : plan.remove()) {
            for (Move move : removal.moves()) {
                Pod pod = pods.get(move.pod());
                Set<Tie> ties = pod.scheduling().ties().ties();
                if (ties.contains(Tie.OTHER_PODS)) faults.add("moved: " + pod.id());
                if (!(move.to() instanceof Place.Running(String to))) {
                    if (!pod.scheduling().nodeSelector().isEmpty() || ties.contains(Tie.VOLUME_CLAIM))
                        faults.add("on an added node: " + pod.id());
                    continue;
                }
                Node from = nodes.get(removal.node());
                Node node = nodes.get(to);
                if (!node.taints().isEmpty()) faults.add("not tolerated: " + move);
                if (!node.labels()
                        .entrySet()
                        .containsAll(pod.scheduling().nodeSelector().entrySet())) faults.add("not selected: " + move);
                if (ties.contains(Tie.VOLUME_CLAIM) && !node.zone().equals(from.zone()))
                    faults.add("away from its volume: " + move);
                boolean web = "web".equals(pod.labels().get("app"));
                boolean keptAway = snapshot.pods().stream()
                        .filter(other -> other.node().equals(Optional.of(to)))
                        .anyMatch(
                                other -> !other.scheduling().ties().keepsAway().isEmpty());
                if (web && keptAway) faults.add("kept away: " + move);
            }
        }
        return faults;
    }

    @Test
    void theOrderOfTheSnapshotDecidesNothing() {
        ClusterSnapshot snapshot = random(7).snapshot();
        Map<Boolean, Object> plans = new HashMap<>();
        for (boolean turned : List.of(false, true)) {
            ClusterSnapshot seen = turned
                    ? new ClusterSnapshot(
                            snapshot.at(),
                            List.of(),
                            snapshot.pods().reversed(),
                            snapshot.nodes().reversed(),
                            List.of(),
                            List.of(),
                            List.of(),
                            snapshot.supply(),
                            snapshot.limits(),
                            true)
                    : snapshot;
            plans.put(turned, NodePlans.plan(seen, Seen.PRICES).orElseThrow());
        }
        assertThat(plans.get(true)).isEqualTo(plans.get(false));
    }
}
