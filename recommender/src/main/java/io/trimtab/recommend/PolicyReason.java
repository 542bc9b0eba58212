package io.trimtab.recommend;

import io.trimtab.ingest.model.PolicyId;
import java.util.List;

/** Why a workload is left as it is, whatever it needs. */
public sealed interface PolicyReason extends Reason {
    /** Policies of the same rank govern it, so none does. */
    record Contested(List<PolicyId> policies) implements PolicyReason {
        public Contested {
            policies = List.copyOf(policies);
        }
    }

    /** The policy that governs it has a field without a meaning. */
    record NotReady(PolicyId policy, String path, String what) implements PolicyReason {}

    /** Its mode is Observe. */
    record OnlyObserved() implements PolicyReason {}
}
