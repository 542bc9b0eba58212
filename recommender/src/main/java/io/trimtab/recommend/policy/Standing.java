package io.trimtab.recommend.policy;

import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.recommend.PolicyReason;
import java.util.List;
import java.util.Optional;

/** Who decides about a workload, and on which terms. */
public sealed interface Standing {
    /** The policies that have a say: none where the defaults govern, several where they tie. */
    List<PolicyId> policies();

    /** Why nothing is to be recommended; empty where it may be. */
    Optional<PolicyReason> hold();

    /**
     * Its policy governs it, or the defaults where it has none.
     *
     * @param mode in force: the policy's or the command line's, lowered by the workload's annotation
     * @param paused whether the workload, its namespace or its policy is paused
     */
    record Governed(Optional<PolicyId> policy, Terms terms, Mode mode, boolean paused) implements Standing {
        @Override
        public List<PolicyId> policies() {
            return policy.stream().toList();
        }

        @Override
        public Optional<PolicyReason> hold() {
            return mode == Mode.OBSERVE ? Optional.of(new PolicyReason.OnlyObserved()) : Optional.empty();
        }
    }

    /** Its policies tie, or its policy has no meaning: it is left as it is. */
    record LeftAlone(List<PolicyId> policies, PolicyReason why) implements Standing {
        public LeftAlone {
            policies = List.copyOf(policies);
        }

        @Override
        public Optional<PolicyReason> hold() {
            return Optional.of(why);
        }
    }
}
