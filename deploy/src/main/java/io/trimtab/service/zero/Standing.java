package io.trimtab.service.zero;

import io.trimtab.ingest.model.TriggeredScaling;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How an object stands, for people and for its status.
 *
 * @param trouble what keeps it from being acted on; empty when nothing does
 * @param refusal why nothing is written although it could be, such as the mode; empty when it is
 * @param replicas that its workload asks for; empty where that is not known
 * @param outcome of its last write, in words; empty before the first
 */
record Standing(
        TriggeredScaling object,
        Optional<Trouble> trouble,
        Optional<String> refusal,
        Optional<Integer> replicas,
        Optional<ScaledTarget.Decided> decided,
        Optional<Instant> lastActive,
        List<SourceTrouble> sources,
        List<String> notSupported,
        Optional<String> outcome) {
    Standing {
        sources = List.copyOf(sources);
        notSupported = List.copyOf(notSupported);
    }

    /**
     * @param reason one word in CamelCase
     * @param message what, where and what to do next
     */
    record Trouble(String reason, String message) {}

    /** A trigger that cannot be read now. */
    record SourceTrouble(String trigger, int failed, String message) {}
}
