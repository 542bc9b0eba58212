package io.trimtab.recommend.consolidation;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.Node;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node that runs.
 *
 * @param price USD per hour
 * @param maxPods that it takes, daemons with them
 * @param controlPlane whether the cluster itself runs here
 * @param emptySince when its last pod but daemons left; empty for long ago, likewise {@code lastPodEvent}
 * @param lifecycle what its pool makes of it
 * @param ephemeralStorage that pods may ask for in sum
 */
public record ClusterNode(
        String name,
        String shape,
        BigDecimal price,
        CapacityType capacityType,
        Resources allocatable,
        int maxPods,
        Map<String, String> annotations,
        boolean controlPlane,
        Optional<Instant> emptySince,
        Optional<Instant> lastPodEvent,
        List<NodePod> pods,
        Lifecycle lifecycle,
        Bytes ephemeralStorage) {
    /**
     * What a pool makes of its node.
     *
     * @param pool empty where nothing but the problem's terms says how it may go
     * @param left the part of its life that is left, 1 for one that does not expire
     */
    public record Lifecycle(String pool, double left) {
        /** Of no pool, for ever. */
        public static final Lifecycle NONE = new Lifecycle("", 1);

        public Lifecycle {
            if (!(left >= 0 && left <= 1))
                throw new IllegalArgumentException("left (%s) must be in 0..1".formatted(left));
        }
    }

    /** One of no pool, whose ephemeral storage has no bound. */
    public ClusterNode(
            String name,
            String shape,
            BigDecimal price,
            CapacityType capacityType,
            Resources allocatable,
            int maxPods,
            Map<String, String> annotations,
            boolean controlPlane,
            Optional<Instant> emptySince,
            Optional<Instant> lastPodEvent,
            List<NodePod> pods) {
        this(
                name,
                shape,
                price,
                capacityType,
                allocatable,
                maxPods,
                annotations,
                controlPlane,
                emptySince,
                lastPodEvent,
                pods,
                Lifecycle.NONE,
                Node.UNBOUNDED);
    }

    public ClusterNode {
        if (price.signum() < 0)
            throw new IllegalArgumentException("price (%s) of %s must be >= 0".formatted(price, name));
        annotations = Map.copyOf(annotations);
        pods = pods.stream().sorted(Comparator.comparing(NodePod::id)).toList();
    }

    List<NodePod> movable() {
        return pods.stream().filter(pod -> !pod.daemon()).toList();
    }
}
