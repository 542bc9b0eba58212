package io.trimtab.recommend;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** The one thing that keeps a node, with its number. */
public sealed interface KeptReason extends Reason {
    /** What holds a pod where it is. */
    enum Hold {
        /** {@code karpenter.sh/do-not-disrupt}. */
        DO_NOT_DISRUPT,
        /** {@code cluster-autoscaler.kubernetes.io/safe-to-evict: "false"}. */
        NOT_SAFE_TO_EVICT,
        /** It keeps files on the node. */
        LOCAL_STORAGE,
        /** No controller would make it anew. */
        BARE,
        /** Of {@code kube-system} and without a disruption budget. */
        SYSTEM,
        /** Of a controller that the Cluster Autoscaler does not know. */
        CUSTOM_CONTROLLER,
        /** Where it may be depends on where other pods are. */
        OTHER_PODS,
        /** It takes a port of its node. */
        HOST_PORT,
        /** It asks for what is not counted on nodes. */
        OTHER_RESOURCE
    }

    /** The cluster itself runs here; so many pods would move. */
    record ControlPlane(int pods) implements KeptReason {}

    /** The node itself is marked; so many pods would move. */
    record NodeHeld(String annotation, int pods) implements KeptReason {}

    /** @param pods how many of the node's pods are held in any way */
    record PodHeld(String pod, Hold hold, int pods) implements KeptReason {}

    /** Draining the node takes {@code needed} pods of a disruption budget at once. */
    record BudgetTooSmall(String pdb, int allowed, int needed) implements KeptReason {}

    /** A pod was started too short a time ago, maybe by the last plan. */
    record JustMoved(String pod, Duration age, Duration least) implements KeptReason {}

    /** Its pods changed, or it became empty, too recently. */
    record TooRecent(Duration since, Duration needed) implements KeptReason {}

    /** What a NodePool's own terms keep. */
    enum PoolRule {
        /** It keeps so many nodes: for one that goes another comes. */
        FIXED_REPLICAS,
        /** {@code consolidateAfter: Never}. */
        NEVER,
        /** {@code consolidationPolicy: WhenEmpty}. */
        ONLY_EMPTY,
        /** It is named on the node, and nothing is known of it: it may have been deleted, or not be understood. */
        UNKNOWN
    }

    /** Its NodePool does not let it go; so many pods would move. */
    record PoolKeeps(String pool, PoolRule rule, int pods) implements KeptReason {}

    /** The budgets for nodes allow this many to go now. */
    record NoDisruptionNow(int allowed) implements KeptReason {}

    /** The share of it that is requested is not below the Cluster Autoscaler's threshold. */
    record AboveThreshold(double utilization, double threshold) implements KeptReason {}

    /** What is free elsewhere in sum is less than its pods ask for. */
    record TooLittleRoom(String resource, String needed, String free) implements KeptReason {}

    /** There is room enough in sum, but for this many of its pods, the largest of which is named, on no single node. */
    record RoomInPieces(String pod, int pods) implements KeptReason {}

    /** So many nodes of its shape are added; removing it would swap it for its own kind. */
    record ShapeAdded(String shape, int added) implements KeptReason {}

    /** Pods of removed nodes move here. */
    record TakesPods(int pods) implements KeptReason {}

    /** Its share of what the nodes cost, over its share of the disruption that moving every pod would be. */
    record LowScore(double score, double least) implements KeptReason {}

    /** A replacement for its pods is not cheaper. USD per hour; none where no one shape carries them. */
    record NothingCheaper(BigDecimal price, Optional<BigDecimal> cheapest) implements KeptReason {}

    /** Spot is replaced by spot only with a choice of {@code needed} cheaper shapes; where that is switched off {@code needed} is 0. */
    record SpotStays(int types, int needed) implements KeptReason {}
}
