package io.trimtab.ingest.model;

import io.trimtab.cost.units.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod as the API server knows it.
 *
 * @param owner the workload at the top of its owner references; empty for a bare pod
 * @param node where it is bound; empty while it is pending
 * @param containers with the requests and limits in force now, which an in-place resize may have moved away from the template
 * @param annotations those that are addressed to us, {@code trimtab.io/...}, or to what removes nodes
 * @param startedAt when the kubelet accepted it
 * @param readyAt when it last became ready; empty when it is not ready now
 * @param deletedAt when its deletion was asked for; it is terminating since then
 * @param scheduling what of it decides which nodes can carry it
 * @param uid by which it differs from others that had its name before; empty where its source tells none
 */
public record Pod(
        PodId id,
        Optional<WorkloadId> owner,
        Optional<String> node,
        PodPhase phase,
        List<ContainerSpec> containers,
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> readyAt,
        Optional<Instant> deletedAt,
        Scheduling scheduling,
        String uid) {
    /** The annotation of what the API server shows of a static pod, which its kubelet runs by itself. */
    public static final String MIRROR = "kubernetes.io/config.mirror";

    /** The annotation by which a ReplicaSet deletes its cheapest pods first, and Karpenter disrupts dear ones last. */
    public static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    public Pod {
        containers = List.copyOf(containers);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** One whose source tells no more than its name. */
    public Pod(
            PodId id,
            Optional<WorkloadId> owner,
            Optional<String> node,
            PodPhase phase,
            List<ContainerSpec> containers,
            Map<String, String> labels,
            Map<String, String> annotations,
            Instant createdAt,
            Optional<Instant> startedAt,
            Optional<Instant> readyAt,
            Optional<Instant> deletedAt,
            Scheduling scheduling) {
        this(
                id,
                owner,
                node,
                phase,
                containers,
                labels,
                annotations,
                createdAt,
                startedAt,
                readyAt,
                deletedAt,
                scheduling,
                "");
    }

    /** One that any node without taints can carry. */
    public Pod(
            PodId id,
            Optional<WorkloadId> owner,
            Optional<String> node,
            PodPhase phase,
            List<ContainerSpec> containers,
            Map<String, String> labels,
            Map<String, String> annotations,
            Instant createdAt,
            Optional<Instant> startedAt,
            Optional<Instant> readyAt,
            Optional<Instant> deletedAt) {
        this(
                id,
                owner,
                node,
                phase,
                containers,
                labels,
                annotations,
                createdAt,
                startedAt,
                readyAt,
                deletedAt,
                Scheduling.PLAIN);
    }

    /** The same one with other containers. */
    public Pod with(List<ContainerSpec> others) {
        return new Pod(
                id,
                owner,
                node,
                phase,
                others,
                labels,
                annotations,
                createdAt,
                startedAt,
                readyAt,
                deletedAt,
                scheduling,
                uid);
    }

    /** What its containers ask for in sum. */
    public Resources requested() {
        return containers.stream()
                .map(container -> container.requirements().requested())
                .reduce(Resources.ZERO, Resources::plus);
    }

    /** Whether it still takes room on its node. */
    public boolean occupiesNode() {
        return node.isPresent() && phase != PodPhase.SUCCEEDED && phase != PodPhase.FAILED;
    }

    public boolean isStatic() {
        return annotations.containsKey(MIRROR);
    }

    public boolean isDaemon() {
        return owner.map(id -> id.kind().equals("DaemonSet")).orElse(false);
    }
}
