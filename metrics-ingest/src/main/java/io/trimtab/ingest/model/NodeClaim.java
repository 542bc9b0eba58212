package io.trimtab.ingest.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What we keep of a Karpenter NodeClaim. Answers: which nodes are on their way, and since when and until when do they live?
 *
 * @param pool that it is of; empty where nothing tells
 * @param node that came of it; empty until there is one
 * @param life of that node
 */
public record NodeClaim(String name, String pool, String node, Life life) {
    /** One of whose life nothing is known. */
    public NodeClaim(String name, String pool, String node) {
        this(name, pool, node, Life.UNKNOWN);
    }

    /**
     * Moments of a node.
     *
     * @param settledAt when a pod last came or went, or else when the node was ready for its first
     * @param expiresAt when it goes whatever runs on it; empty for never
     */
    public record Life(Instant createdAt, Optional<Instant> settledAt, Optional<Instant> expiresAt) {
        public static final Life UNKNOWN = new Life(Instant.EPOCH, Optional.empty(), Optional.empty());
    }
}
