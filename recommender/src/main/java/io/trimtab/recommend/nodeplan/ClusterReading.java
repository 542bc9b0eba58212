package io.trimtab.recommend.nodeplan;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.DisruptionBudget;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Tie;
import io.trimtab.recommend.KeptReason.Hold;
import io.trimtab.recommend.consolidation.ClusterNode;
import io.trimtab.recommend.consolidation.ConsolidationProblem;
import io.trimtab.recommend.consolidation.ConsolidationProblem.Policy;
import io.trimtab.recommend.consolidation.ConsolidationProblem.Terms;
import io.trimtab.recommend.consolidation.NodePod;
import io.trimtab.recommend.feasible.Feasibility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a snapshot as a problem of consolidation. What is not known of a pod keeps it where it is. */
final class ClusterReading {
    private static final long DEVICE_MILLI = 1000;
    private static final Set<String> CONTROL_PLANE =
            Set.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

    private final ClusterSnapshot snapshot;
    private final NodePlans.Prices prices;
    private final Map<String, List<Pod>> byNode;
    private final Map<String, List<DisruptionBudget>> budgets;
    private final Map<String, Integer> allowed = new HashMap<>();
    private final Map<Kin, Optional<String>> byKin = new HashMap<>();
    private final AddableShapes shapes;
    private final KarpenterPools karpenter;
    private final Destinations destinations;

    ClusterReading(ClusterSnapshot snapshot, NodePlans.Prices prices) {
        this.snapshot = snapshot;
        this.prices = prices;
        byNode = snapshot.pods().stream()
                .filter(Pod::occupiesNode)
                .collect(Collectors.groupingBy(pod -> pod.node().orElseThrow()));
        budgets = snapshot.limits().disruptionBudgets().stream()
                .collect(Collectors.groupingBy(DisruptionBudget::namespace));
        shapes = new AddableShapes(snapshot.nodes(), byNode, prices);
        karpenter = new KarpenterPools(snapshot);
        destinations = new Destinations(snapshot, shapes.examples(), karpenter.leaving());
    }

    ConsolidationProblem problem() {
        List<ClusterNode> nodes = snapshot.nodes().stream().map(this::node).toList();
        return new ConsolidationProblem(
                snapshot.at(), Terms.of(Policy.TRIMTAB), nodes, allowed, shapes.shapes(), karpenter.terms());
    }

    private ClusterNode node(Node node) {
        return new ClusterNode(
                node.name(),
                AddableShapes.name(node),
                prices.price(node, node.capacityType()),
                node.capacityType(),
                node.allocatable(),
                node.maxPods(),
                node.annotations(),
                CONTROL_PLANE.stream().anyMatch(node.labels()::containsKey),
                Optional.empty(),
                karpenter.settledAt(node),
                byNode.getOrDefault(node.name(), List.of()).stream()
                        .map(this::pod)
                        .toList(),
                karpenter.lifecycle(node),
                node.ephemeralStorage());
    }

    private NodePod pod(Pod pod) {
        Destinations.Allowed homes = destinations.of(pod);
        Set<Tie> ties = pod.scheduling().ties().ties();
        Bytes storage = pod.scheduling().ephemeralStorage();
        return new NodePod(
                pod.id().namespace(),
                pod.id().name(),
                pod.owner().map(owner -> owner.kind()),
                wholeDevices(Feasibility.counted(pod)),
                budget(pod),
                pod.annotations(),
                ties.contains(Tie.LOCAL_FILES),
                NodePlans.stays(pod),
                pod.startedAt().map(this::since),
                NodePod.USUAL_RESTART,
                hold(ties),
                homes.running(),
                // How much of it a node that is added has is not known.
                homes.onAdded() && storage.isZero(),
                storage);
    }

    private Duration since(Instant moment) {
        return moment.isAfter(snapshot.at()) ? Duration.ZERO : Duration.between(moment, snapshot.at());
    }

    private static Optional<Hold> hold(Set<Tie> ties) {
        if (ties.contains(Tie.OTHER_RESOURCE)) return Optional.of(Hold.OTHER_RESOURCE);
        if (ties.contains(Tie.HOST_PORT)) return Optional.of(Hold.HOST_PORT);
        return ties.contains(Tie.OTHER_PODS) ? Optional.of(Hold.OTHER_PODS) : Optional.empty();
    }

    /** More than one device is a whole number of them. */
    static Resources wholeDevices(Resources requested) {
        long gpuMilli = requested.gpu().value();
        if (gpuMilli <= DEVICE_MILLI) return requested;
        return new Resources(
                requested.cpu(), requested.memory(), new GpuMilli(Math.ceilDiv(gpuMilli, DEVICE_MILLI) * DEVICE_MILLI));
    }

    /** The API server evicts no pod that two budgets cover. */
    private Optional<String> budget(Pod pod) {
        return NodePlans.stays(pod) ? Optional.empty() : byKin.computeIfAbsent(Kin.of(pod), _ -> covering(pod));
    }

    private Optional<String> covering(Pod pod) {
        List<String> names = new ArrayList<>();
        int least = Integer.MAX_VALUE;
        for (DisruptionBudget budget : budgets.getOrDefault(pod.id().namespace(), List.of())) {
            if (!budget.covers(pod)) continue;
            names.add(budget.namespace() + "/" + budget.name());
            least = budget.disruptionsAllowed();
        }
        if (names.isEmpty()) return Optional.empty();
        String name = String.join(" and ", names);
        allowed.put(name, names.size() > 1 ? 0 : Math.max(0, least));
        return Optional.of(name);
    }
}
