package io.trimtab.recommend.replicas;

import java.util.List;

/**
 * What a policy says about a replica count.
 *
 * @param floors at set times, within the bounds
 * @param predictive whether a forecast may add replicas
 */
public record ReplicaPolicy(ReplicaBounds bounds, List<ReplicaFloor> floors, boolean predictive) {
    /** Of workloads that no policy governs. */
    public static final ReplicaPolicy DEFAULT = new ReplicaPolicy(ReplicaBounds.NONE, List.of(), true);

    public ReplicaPolicy {
        floors = List.copyOf(floors);
        int max = bounds.max().orElse(Integer.MAX_VALUE);
        for (int i = 0; i < floors.size(); i++) {
            if (floors.get(i).min() > max)
                throw new IllegalArgumentException("floors[%d].min (%d) must not exceed max (%d)"
                        .formatted(i, floors.get(i).min(), max));
        }
        if (bounds.policy().isEmpty() && !floors.isEmpty())
            throw new IllegalArgumentException("floors need the policy that sets them");
    }
}
