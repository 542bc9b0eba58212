package io.trimtab.cost.account;

import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What ran at one moment.
 *
 * @param carried whether it is that of an earlier moment, because its source did not answer
 */
public record Observation(Instant at, List<Node> nodes, List<Pod> pods, boolean carried) {
    /** @throws IllegalArgumentException if a node or a pod is there twice */
    public Observation {
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
        Set<String> names = new HashSet<>();
        for (Node node : nodes)
            if (!names.add(node.id().name()))
                throw new IllegalArgumentException(
                        "node %s must not be there twice".formatted(node.id().name()));
        Set<PodKey> keys = new HashSet<>();
        for (Pod pod : pods)
            if (!keys.add(pod.key()))
                throw new IllegalArgumentException("pod %s/%s on %s must not be there twice"
                        .formatted(pod.id().namespace(), pod.id().name(), pod.node()));
    }

    /** @param capacity of the machine, which its price is for; its GPUs are the physical ones */
    public record Node(
            NodeHour.Node id, Resources capacity, Instant createdAt, BigDecimal pricePerHour, PriceOrigin origin) {
        public Node {
            if (pricePerHour.signum() < 0)
                throw new IllegalArgumentException(
                        "price (%s) of node %s must be >= 0".formatted(pricePerHour, id.name()));
        }
    }

    /**
     * One that is bound.
     *
     * @param node it need not be known; on an unknown one it costs nothing
     * @param endsAt when it will be gone at the latest, where that is known; far in the future where not
     */
    public record Pod(PodHour.Pod id, String node, Instant startedAt, Instant endsAt, Resources requested, Use use) {
        PodKey key() {
            return new PodKey(id.namespace(), id.name(), id.uid(), node);
        }
    }

    /** What a pod used, not more than a machine has. */
    public record Use(double cores, double bytes) {
        public static final Use NONE = new Use(0, 0);

        /** The largest machines that can be rented have 1,920 cores and 32 TiB. */
        private static final double MOST_CORES = 2_000;

        private static final double MOST_BYTES = 64.0 * (1L << 40);

        /** @throws IllegalArgumentException if an amount is negative, NaN or more than any machine has */
        public Use {
            if (!(cores >= 0 && cores <= MOST_CORES))
                throw new IllegalArgumentException("cores (%s) must be in 0..%s".formatted(cores, MOST_CORES));
            if (!(bytes >= 0 && bytes <= MOST_BYTES))
                throw new IllegalArgumentException("bytes (%s) must be in 0..%s".formatted(bytes, MOST_BYTES));
        }

        /** Of amounts as they were read; what no machine can have used counts as the most that one can. */
        public static Use of(double cores, double bytes) {
            return new Use(Math.min(cores, MOST_CORES), Math.min(bytes, MOST_BYTES));
        }
    }

    /** A pod that comes again under its name is another one, and so is one on another node. */
    record PodKey(String namespace, String name, String uid, String node) {}
}
