package io.trimtab.recommend.replicas;

import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.ReplicaReason.AboveMaximum;
import io.trimtab.recommend.ReplicaReason.AbovePolicyMaximum;
import io.trimtab.recommend.ReplicaReason.BelowMinimum;
import io.trimtab.recommend.ReplicaReason.BelowPolicyMinimum;
import io.trimtab.recommend.ReplicaReason.BelowScheduledFloor;
import io.trimtab.recommend.replicas.ReplicaFloor.InForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A policy's bounds for a replica count; those of an autoscaler are stronger. */
public record ReplicaBounds(Optional<PolicyId> policy, OptionalInt min, OptionalInt max) {
    public static final ReplicaBounds NONE =
            new ReplicaBounds(Optional.empty(), OptionalInt.empty(), OptionalInt.empty());

    public ReplicaBounds {
        if (min.orElse(0) < 0 || max.orElse(1) < 1)
            throw new IllegalArgumentException("min (%s) must be >= 0 and max (%s) >= 1".formatted(min, max));
        if (min.orElse(0) > max.orElse(Integer.MAX_VALUE))
            throw new IllegalArgumentException(
                    "min (%d) must not exceed max (%d)".formatted(min.orElse(0), max.orElse(0)));
        if (policy.isEmpty() && (min.isPresent() || max.isPresent()))
            throw new IllegalArgumentException("bounds need the policy that sets them");
    }

    /** @param reasons why the count was moved; empty when it was not */
    record Bounded(int replicas, List<Reason> reasons) {}

    /** Raises a count to the floor that is in force, moves it within these bounds, then back within the autoscaler's. */
    Bounded apply(int wanted, Optional<InForce> floor, HorizontalAutoscaler autoscaler) {
        int raised = Math.max(wanted, floor.map(InForce::min).orElse(0));
        int bounded = Math.clamp(raised, min.orElse(0), max.orElse(Integer.MAX_VALUE));
        int allowed = Math.clamp(bounded, autoscaler.minReplicas(), autoscaler.maxReplicas());
        if (allowed == wanted || policy.isEmpty()) return new Bounded(wanted, List.of());
        List<Reason> reasons = new ArrayList<>();
        floor.filter(it -> raised > wanted)
                .ifPresent(it -> reasons.add(
                        new BelowScheduledFloor(policy.get(), wanted, it.min(), it.schedule(), it.until())));
        if (bounded > raised) reasons.add(new BelowPolicyMinimum(policy.get(), raised, bounded));
        if (bounded < raised) reasons.add(new AbovePolicyMaximum(policy.get(), raised, bounded));
        if (allowed < bounded) reasons.add(new AboveMaximum(bounded, allowed));
        if (allowed > bounded) reasons.add(new BelowMinimum(bounded, allowed));
        return new Bounded(allowed, reasons);
    }
}
