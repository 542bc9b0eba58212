package io.trimtab.forecast;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Namespace;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.NodePool;
import io.trimtab.ingest.model.Pod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the cluster is divided into. */
public final class NamespacesAndPools {
    private NamespacesAndPools() {}

    /** Also those of which only a workload or a pod is known. */
    public static Set<String> namespaces(ClusterSnapshot snapshot) {
        Set<String> names = new HashSet<>();
        for (Namespace namespace : snapshot.namespaces()) names.add(namespace.name());
        snapshot.workloads().forEach(workload -> names.add(workload.id().namespace()));
        snapshot.pods().forEach(pod -> names.add(pod.id().namespace()));
        return names;
    }

    /** Those that nodes name, and those that have no node now. */
    public static Set<String> pools(ClusterSnapshot snapshot) {
        Set<String> names = new HashSet<>();
        for (Node node : snapshot.nodes()) if (!node.pool().isEmpty()) names.add(node.pool());
        for (NodePool pool : snapshot.supply().pools()) names.add(pool.name());
        return names;
    }

    /** The pool of each node that has one. */
    static Map<String, String> poolsOfNodes(ClusterSnapshot snapshot) {
        Map<String, String> pools = new HashMap<>();
        for (Node node : snapshot.nodes()) if (!node.pool().isEmpty()) pools.put(node.name(), node.pool());
        return pools;
    }

    static Optional<String> pool(Pod pod, Map<String, String> poolsOfNodes) {
        return pod.node().map(poolsOfNodes::get);
    }
}
