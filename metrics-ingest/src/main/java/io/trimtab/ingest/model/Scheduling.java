package io.trimtab.ingest.model;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.LabelSelector.Requirement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a pod decides, beside its containers, which nodes can carry it.
 *
 * @param nodeSelector labels that a node must have
 * @param nodeAffinity of which a node must match one; empty where none is required
 * @param initContainers in order
 * @param overhead what its RuntimeClass takes beside the containers
 * @param ties what ties it to the node that it is on
 * @param ephemeralStorage that it asks for
 */
public record Scheduling(
        Map<String, String> nodeSelector,
        List<LabelSelector> nodeAffinity,
        List<Toleration> tolerations,
        List<InitContainer> initContainers,
        Resources overhead,
        Ties ties,
        Bytes ephemeralStorage) {
    /** Nodes without taints, and nothing beside the containers. */
    public static final Scheduling PLAIN = new Scheduling(Map.of(), List.of(), List.of(), List.of(), Resources.ZERO);

    /** The key by which an affinity names nodes themselves. */
    public static final String NODE_NAME = "metadata.name";

    /** One that asks for no ephemeral storage. */
    public Scheduling(
            Map<String, String> nodeSelector,
            List<LabelSelector> nodeAffinity,
            List<Toleration> tolerations,
            List<InitContainer> initContainers,
            Resources overhead,
            Ties ties) {
        this(nodeSelector, nodeAffinity, tolerations, initContainers, overhead, ties, Bytes.ZERO);
    }

    /** One that is tied to nothing. */
    public Scheduling(
            Map<String, String> nodeSelector,
            List<LabelSelector> nodeAffinity,
            List<Toleration> tolerations,
            List<InitContainer> initContainers,
            Resources overhead) {
        this(nodeSelector, nodeAffinity, tolerations, initContainers, overhead, Ties.NONE);
    }

    public Scheduling {
        nodeSelector = Map.copyOf(nodeSelector);
        nodeAffinity = List.copyOf(nodeAffinity);
        tolerations = List.copyOf(tolerations);
        initContainers = List.copyOf(initContainers);
    }

    /** Of all labels of nodes that it looks at. */
    public Set<String> keys() {
        Set<String> keys = new HashSet<>(nodeSelector.keySet());
        nodeAffinity.forEach(term -> term.requirements().forEach(it -> keys.add(it.key())));
        return keys;
    }

    /** Whether it may run there, however full that is. */
    public boolean allows(Node node) {
        return node.labels().entrySet().containsAll(nodeSelector.entrySet())
                && (nodeAffinity.isEmpty() || nodeAffinity.stream().anyMatch(term -> matches(term, node)))
                && node.taints().stream().allMatch(taint -> tolerations.stream().anyMatch(it -> it.tolerates(taint)));
    }

    /** As in Kubernetes, a term without requirements matches nothing. */
    private static boolean matches(LabelSelector term, Node node) {
        return !term.requirements().isEmpty()
                && term.requirements().stream().allMatch(requirement -> matches(requirement, node));
    }

    private static boolean matches(Requirement requirement, Node node) {
        return requirement.matches(
                requirement.key().equals(NODE_NAME) ? Map.of(NODE_NAME, node.name()) : node.labels());
    }
}
