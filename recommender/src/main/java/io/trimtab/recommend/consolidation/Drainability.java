package io.trimtab.recommend.consolidation;

import io.trimtab.recommend.KeptReason;
import io.trimtab.recommend.KeptReason.Hold;
import io.trimtab.recommend.consolidation.ConsolidationProblem.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a node may be drained at all. Trimtab obeys the marks of both autoscalers, either autoscaler its own.
 *
 * @see "https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#what-types-of-pods-can-prevent-ca-from-removing-a-node"
 * @see "https://karpenter.sh/docs/concepts/disruption/#pod-level-controls"
 */
final class Drainability {
    private static final String SCALE_DOWN_DISABLED = "cluster-autoscaler.kubernetes.io/scale-down-disabled";
    private static final String SAFE_TO_EVICT = "cluster-autoscaler.kubernetes.io/safe-to-evict";
    private static final String SAFE_VOLUMES = "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes";
    private static final String SYSTEM = "kube-system";
    private static final Set<String> CONTROLLERS =
            Set.of("ReplicaSet", "StatefulSet", "Job", "ReplicationController", "DaemonSet");

    private final Policy policy;
    private final Map<String, Integer> allowed;

    Drainability(Policy policy, Map<String, Integer> allowed) {
        this.policy = policy;
        this.allowed = allowed;
    }

    /** What keeps the node, if something does. */
    Optional<KeptReason> obstacle(Host host) {
        return controlPlane(host).or(() -> marked(host)).or(() -> held(host)).or(() -> budget(host));
    }

    private Optional<KeptReason> controlPlane(Host host) {
        boolean ours = policy == Policy.TRIMTAB && host.node().controlPlane();
        return ours ? Optional.of(new KeptReason.ControlPlane(host.moving().size())) : Optional.empty();
    }

    private Optional<KeptReason> marked(Host host) {
        return Stream.of(NodePod.DO_NOT_DISRUPT, SCALE_DOWN_DISABLED)
                .filter(annotation -> switch (policy) {
                    case TRIMTAB -> true;
                    case KARPENTER -> annotation.equals(NodePod.DO_NOT_DISRUPT);
                    case CLUSTER_AUTOSCALER -> annotation.equals(SCALE_DOWN_DISABLED);
                })
                .filter(annotation -> "true".equals(host.node().annotations().get(annotation)))
                .findFirst()
                .map(annotation ->
                        new KeptReason.NodeHeld(annotation, host.moving().size()));
    }

    private Optional<KeptReason> held(Host host) {
        // Karpenter leaves a node with such a daemon too.
        List<NodePod> asked = policy == Policy.CLUSTER_AUTOSCALER
                ? host.node().movable()
                : host.node().pods();
        List<NodePod> held = asked.stream().filter(pod -> hold(pod).isPresent()).toList();
        return held.stream()
                .findFirst()
                .map(pod -> new KeptReason.PodHeld(pod.name(), hold(pod).orElseThrow(), held.size()));
    }

    private Optional<Hold> hold(NodePod pod) {
        boolean karpenters = policy != Policy.CLUSTER_AUTOSCALER;
        boolean scalers = policy != Policy.KARPENTER && !pod.daemon();
        if (karpenters && pod.isNotToBeDisrupted()) return Optional.of(Hold.DO_NOT_DISRUPT);
        if (policy == Policy.TRIMTAB && pod.tied().isPresent() && !pod.daemon()) return pod.tied();
        if (!scalers || pod.isTrue(SAFE_TO_EVICT)) return Optional.empty();
        return scalersHold(pod);
    }

    private Optional<Hold> scalersHold(NodePod pod) {
        if (pod.owner().isEmpty()) return Optional.of(Hold.BARE);
        if (policy == Policy.CLUSTER_AUTOSCALER
                && !CONTROLLERS.contains(pod.owner().get())) return Optional.of(Hold.CUSTOM_CONTROLLER);
        if (pod.namespace().equals(SYSTEM) && pod.budget().isEmpty()) return Optional.of(Hold.SYSTEM);
        if ("false".equals(pod.annotations().get(SAFE_TO_EVICT))) return Optional.of(Hold.NOT_SAFE_TO_EVICT);
        if (pod.localStorage() && !pod.annotations().containsKey(SAFE_VOLUMES)) return Optional.of(Hold.LOCAL_STORAGE);
        return Optional.empty();
    }

    /** All pods of a node go in one wave, so each disruption budget must allow as many. */
    private Optional<KeptReason> budget(Host host) {
        return host.evictions().entrySet().stream()
                .filter(entry -> entry.getValue() > allowed.getOrDefault(entry.getKey(), 0))
                .findFirst()
                .map(entry -> new KeptReason.BudgetTooSmall(
                        entry.getKey(), allowed.getOrDefault(entry.getKey(), 0), entry.getValue()));
    }
}
