package io.trimtab.recommend.nodeobjects;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.NodePool;
import io.trimtab.recommend.consolidation.ConsolidationPlan;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Removal;
import io.trimtab.recommend.nodeplan.NodePlans;
import io.trimtab.recommend.nodes.Packing.AddedNodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the plan means for MachineDeployments: how many machines each should have, and which of them go. */
final class Machines {
    private final Map<String, Node> nodes;
    private final Map<String, NodePool> deployments;
    private final Map<String, Integer> coming = new HashMap<>();
    private final Map<String, List<NodeObject.MachineMark>> going = new HashMap<>();

    private Machines(ClusterSnapshot snapshot, ConsolidationPlan plan) {
        nodes = snapshot.nodes().stream().collect(Collectors.toMap(Node::name, Function.identity()));
        deployments = unambiguous(snapshot.supply().pools());
        for (AddedNodes added : plan.add())
            maker(added.shape(), snapshot.nodes()).ifPresent(name -> coming.merge(name, added.count(), Integer::sum));
        // The whole file may be applied at once: so it says the first wave alone, and nothing that has to wait for what
        // is
        // added. The plans after it say the rest.
        if (plan.add().isEmpty())
            plan.remove().stream().filter(removal -> removal.wave() == 1).forEach(this::mark);
    }

    static List<NodeObject> of(ClusterSnapshot snapshot, ConsolidationPlan plan) {
        var machines = new Machines(snapshot, plan);
        List<NodeObject> objects = new ArrayList<>();
        snapshot.supply().pools().stream()
                .filter(pool -> pool.equals(machines.deployments.get(pool.name())))
                .forEach(pool -> machines.add(pool, objects));
        return objects;
    }

    /** Nodes tell the name of their MachineDeployment and not its namespace, so two of one name cannot be told apart. */
    private static Map<String, NodePool> unambiguous(List<NodePool> pools) {
        Map<String, List<NodePool>> byName = pools.stream().collect(Collectors.groupingBy(NodePool::name));
        return byName.entrySet().stream()
                .filter(entry -> entry.getValue().size() == 1
                        && entry.getValue().getFirst().kind().equals(NodePool.CLUSTER_API)
                        && entry.getValue().getFirst().replicas().isPresent())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().getFirst()));
    }

    /** Who makes nodes of a shape: the first by name of the pools that have one; nobody to be told where that is another's. */
    private Optional<String> maker(String shape, List<Node> all) {
        return all.stream()
                .filter(node -> NodePlans.shape(node).equals(shape))
                .map(Node::pool)
                .filter(pool -> !pool.isEmpty())
                .min(String::compareTo)
                .filter(deployments::containsKey);
    }

    private void mark(Removal removal) {
        Node node = nodes.get(removal.node());
        if (node == null) return;
        NodePool deployment = deployments.get(node.pool());
        String machine = node.annotations().getOrDefault(Node.MACHINE, "");
        // Without its Machine's name another one than this would be deleted.
        if (deployment == null || machine.isEmpty()) return;
        going.computeIfAbsent(deployment.name(), _ -> new ArrayList<>())
                .add(new NodeObject.MachineMark(deployment.namespace(), machine, node.name(), removal.wave()));
    }

    private void add(NodePool deployment, List<NodeObject> objects) {
        int now = deployment.replicas().orElseThrow();
        int more = Math.min(
                coming.getOrDefault(deployment.name(), 0),
                Math.max(0, deployment.maxSize().orElse(Integer.MAX_VALUE) - now));
        List<NodeObject.MachineMark> marks = going.getOrDefault(deployment.name(), List.of());
        // The count alone cannot say that some come first and others go after: those that go have to wait for the next
        // plan.
        int fewer = more > 0 ? 0 : Math.clamp(now - deployment.minSize().orElse(0), 0, marks.size());
        if (more == 0 && fewer == 0) return;
        objects.addAll(marks.subList(0, fewer));
        objects.add(new NodeObject.MachineReplicas(
                deployment.namespace(), deployment.name(), now, now + more - fewer, more, fewer));
    }
}
