package io.trimtab.recommend.zero;

import io.trimtab.recommend.ZeroReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to do.
 *
 * @param active whether the triggers, a fall-back or a person ask for the workload to be up
 * @param desiredReplicas to be written at once; for jobs, those that run and those to create
 * @param until when the cool-down ends that keeps it up; empty where none does
 * @param cooldown the one that holds
 * @param prewarmAt from when on it is to be up before its next activity; empty where that is not known or has passed
 * @param reasons the decisive one first
 */
public record ZeroDecision(
        boolean active,
        int desiredReplicas,
        Action action,
        Optional<Instant> until,
        int createJobs,
        Duration cooldown,
        Optional<Instant> prewarmAt,
        List<ZeroReason> reasons) {
    public enum Action {
        ACTIVATE,
        DEACTIVATE,
        SCALE,
        HOLD,
        FALLBACK,
        PAUSED
    }

    public ZeroDecision {
        reasons = List.copyOf(reasons);
    }
}
