package io.trimtab.ingest.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Everything that runs, at one instant; each list is ordered by identity, so that equal clusters are equal snapshots.
 *
 * @param supply where its nodes come from
 * @param limits what bounds the pods of its namespaces
 * @param limitsKnown whether all has been read that says what may not be done: policies, namespaces, autoscalers, disruption budgets; while it is false nothing may be acted on
 */
public record ClusterSnapshot(
        Instant at,
        List<Workload> workloads,
        List<Pod> pods,
        List<Node> nodes,
        List<HorizontalAutoscaler> autoscalers,
        List<Namespace> namespaces,
        List<Policy> policies,
        NodeSupply supply,
        NamespaceLimits limits,
        boolean limitsKnown) {
    public ClusterSnapshot {
        workloads =
                workloads.stream().sorted(Comparator.comparing(Workload::id)).toList();
        pods = pods.stream().sorted(Comparator.comparing(Pod::id)).toList();
        nodes = nodes.stream().sorted(Comparator.comparing(Node::name)).toList();
        autoscalers = autoscalers.stream()
                .sorted(Comparator.comparing(HorizontalAutoscaler::namespace).thenComparing(HorizontalAutoscaler::name))
                .toList();
        namespaces = namespaces.stream()
                .sorted(Comparator.comparing(Namespace::name))
                .toList();
        policies = policies.stream().sorted(Comparator.comparing(Policy::id)).toList();
    }

    /** A cluster of which nothing tells where its nodes come from, and whose namespaces are not bounded. */
    public ClusterSnapshot(
            Instant at,
            List<Workload> workloads,
            List<Pod> pods,
            List<Node> nodes,
            List<HorizontalAutoscaler> autoscalers,
            List<Namespace> namespaces,
            List<Policy> policies,
            boolean limitsKnown) {
        this(
                at,
                workloads,
                pods,
                nodes,
                autoscalers,
                namespaces,
                policies,
                NodeSupply.NONE,
                NamespaceLimits.NONE,
                limitsKnown);
    }

    /** A cluster whose limits are all known. */
    public ClusterSnapshot(
            Instant at,
            List<Workload> workloads,
            List<Pod> pods,
            List<Node> nodes,
            List<HorizontalAutoscaler> autoscalers,
            List<Namespace> namespaces,
            List<Policy> policies) {
        this(at, workloads, pods, nodes, autoscalers, namespaces, policies, true);
    }

    /** A cluster without policies. */
    public ClusterSnapshot(
            Instant at,
            List<Workload> workloads,
            List<Pod> pods,
            List<Node> nodes,
            List<HorizontalAutoscaler> autoscalers,
            List<Namespace> namespaces) {
        this(at, workloads, pods, nodes, autoscalers, namespaces, List.of());
    }

    /** A cluster whose namespaces have nothing to say. */
    public ClusterSnapshot(
            Instant at,
            List<Workload> workloads,
            List<Pod> pods,
            List<Node> nodes,
            List<HorizontalAutoscaler> autoscalers) {
        this(at, workloads, pods, nodes, autoscalers, List.of());
    }
}
