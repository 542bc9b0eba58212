package io.trimtab.recommend.policy;

import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a policy's {@code zero} asks for. */
public final class Triggering {
    private Triggering() {}

    /**
     * Where the policy says how many replicas an active workload has at least, it rests at 0 below that.
     *
     * @param governed the workloads that the policy governs; see {@link Governance#workloads}
     * @return one for each, in the same order; none where {@code zero} is not enabled
     */
    public static List<TriggeredScaling> of(Policy policy, List<WorkloadId> governed) {
        if (!policy.spec().zero().enabled()) return List.of();
        return governed.stream().map(workload -> scaling(policy, workload)).toList();
    }

    private static TriggeredScaling scaling(Policy policy, WorkloadId workload) {
        Policy.Zero zero = policy.spec().zero();
        int min = policy.spec().replicas().min().orElse(0);
        return new TriggeredScaling(
                new TriggeredScaling.Owner(
                        policy.id().kind(), workload.namespace(), policy.id().name()),
                workload,
                TriggeredScaling.POLLING_INTERVAL,
                zero.cooldown(),
                Duration.ZERO,
                min > 0 ? OptionalInt.of(0) : OptionalInt.empty(),
                min,
                policy.spec().replicas().max().orElse(Math.max(min, TriggeredScaling.MAX_REPLICAS)),
                zero.triggers(),
                Optional.empty(),
                Optional.empty(),
                policy.annotations(),
                policy.createdAt(),
                Optional.empty(),
                List.of(),
                zero.sleep());
    }
}
