package io.trimtab.recommend.nodes;

/** How the copies of one pod must lie apart. */
public sealed interface Spread {
    /** At most one copy on a node. */
    record OnePerNode() implements Spread {}

    /** What a topology spread counts copies by. */
    enum Domain {
        HOSTNAME,
        ZONE
    }

    /**
     * The copies in any two domains differ by at most {@code maxSkew}. A node that could still be added is an empty domain, so over hostnames no node takes more
     * than {@code maxSkew} copies until no node can be added. A zone is a domain when a node there could carry the pod; a node without a zone takes no copy.
     *
     * @param maxSkew from 1
     */
    record Topology(Domain domain, int maxSkew) implements Spread {
        public Topology {
            if (maxSkew < 1) throw new IllegalArgumentException("maxSkew (%d) must be >= 1".formatted(maxSkew));
        }
    }
}
