package io.trimtab.recommend.replicas;

/** How many replicas there can be of a workload before its pods find no room. A forecast asks for no more; what is measured does, as the stock autoscaler does. */
public sealed interface ReplicaRoom {
    /** Replicas in all. */
    int most();

    /**
     * A quota admits no more pods.
     *
     * @param entry such as {@code requests.cpu}
     */
    record InQuota(int most, String quota, String entry) implements ReplicaRoom {}

    /** The nodes carry no more pods, and nothing adds nodes. */
    record OnNodes(int most) implements ReplicaRoom {}
}
