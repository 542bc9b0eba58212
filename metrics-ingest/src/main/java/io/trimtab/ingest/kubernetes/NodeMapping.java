package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Taint;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Nodes; what their machines are is in labels, each provider's own. */
final class NodeMapping {
    /** The kubelet's default of {@code --max-pods}. */
    private static final int USUAL_MAX_PODS = 110;

    /**
     * Label and value, lower case, of each way to say that a machine can be taken back.
     *
     * @see "Documentation of Karpenter (well-known labels), Amazon EKS (managed node groups), GKE (Spot VMs, preemptible VMs), AKS (spot node pools)"
     */
    private static final Map<String, String> SPOT = Map.of(
            "karpenter.sh/capacity-type", "spot",
            "eks.amazonaws.com/capacitytype", "spot",
            "cloud.google.com/gke-spot", "true",
            "cloud.google.com/gke-preemptible", "true",
            "kubernetes.azure.com/scalesetpriority", "spot");

    /**
     * Labels that name the pool of a node.
     *
     * @see "Documentation of Karpenter, Amazon EKS, GKE and AKS: labels of nodes"
     */
    private static final List<String> POOL = List.of(
            Node.KARPENTER_POOL,
            "eks.amazonaws.com/nodegroup",
            "cloud.google.com/gke-nodepool",
            "kubernetes.azure.com/agentpool");

    private NodeMapping() {}

    static Node node(io.fabric8.kubernetes.api.model.Node node) {
        Map<String, String> labels = PodMapping.orEmpty(node.getMetadata().getLabels());
        NodeStatus status = Objects.requireNonNullElseGet(node.getStatus(), NodeStatus::new);
        Map<String, Quantity> capacity = ContainerMapping.orEmpty(status.getCapacity());
        Map<String, Quantity> allocatable = ContainerMapping.orEmpty(status.getAllocatable());
        return new Node(
                node.getMetadata().getName(),
                label(labels, "node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type"),
                label(labels, "topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"),
                label(labels, "topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"),
                capacityType(labels),
                resources(capacity),
                resources(allocatable.isEmpty() ? capacity : allocatable),
                ContainerMapping.amount(allocatable, "pods", Integer::parseInt).orElse(USUAL_MAX_PODS),
                isReady(status),
                !isUnschedulable(node),
                labels,
                Timestamps.parse(node.getMetadata().getCreationTimestamp()),
                pool(labels, PodMapping.orEmpty(node.getMetadata().getAnnotations())),
                taints(node),
                PodMapping.spokenTo(node.getMetadata()),
                StorageMapping.amount(allocatable));
    }

    private static String pool(Map<String, String> labels, Map<String, String> annotations) {
        return POOL.stream()
                .map(labels::get)
                .filter(NodeMapping::isPresent)
                .findFirst()
                .orElseGet(() -> machineDeployment(annotations));
    }

    /** A MachineDeployment's sets are called after it, with one more word. */
    private static String machineDeployment(Map<String, String> annotations) {
        String owner = annotations.getOrDefault("cluster.x-k8s.io/owner-name", "");
        boolean ofSet = "MachineSet".equals(annotations.get("cluster.x-k8s.io/owner-kind"));
        return ofSet ? owner.replaceFirst("-[^-]*$", "") : "";
    }

    private static List<Taint> taints(io.fabric8.kubernetes.api.model.Node node) {
        if (node.getSpec() == null) return List.of();
        return node.getSpec().getTaints().stream()
                .flatMap(taint -> SchedulingMapping.effect(taint.getEffect())
                        .map(effect ->
                                new Taint(taint.getKey(), Objects.requireNonNullElse(taint.getValue(), ""), effect))
                        .stream())
                .toList();
    }

    private static CapacityType capacityType(Map<String, String> labels) {
        boolean spot = labels.entrySet().stream()
                .anyMatch(label -> label.getValue()
                        .equalsIgnoreCase(SPOT.get(label.getKey().toLowerCase(Locale.ROOT))));
        return spot ? CapacityType.SPOT : CapacityType.ON_DEMAND;
    }

    static Resources resources(Map<String, Quantity> amounts) {
        return new Resources(
                ContainerMapping.amount(amounts, "cpu", MilliCores::parse).orElse(MilliCores.ZERO),
                ContainerMapping.amount(amounts, "memory", Bytes::parse).orElse(Bytes.ZERO),
                ContainerMapping.amount(amounts, ContainerMapping.GPU, GpuMilli::parse)
                        .orElse(GpuMilli.ZERO));
    }

    private static boolean isReady(NodeStatus status) {
        return status.getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    private static boolean isUnschedulable(io.fabric8.kubernetes.api.model.Node node) {
        return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    }

    private static String label(Map<String, String> labels, String... names) {
        return Stream.of(names)
                .map(labels::get)
                .filter(NodeMapping::isPresent)
                .findFirst()
                .orElse(Node.UNKNOWN);
    }

    private static boolean isPresent(@Nullable String value) {
        return value != null && !value.isEmpty();
    }
}
