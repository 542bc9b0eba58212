package io.trimtab.service.evaluate;

import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Outcome;

/** One line for what became of a recommendation. */
public final class OutcomeWords {
    private OutcomeWords() {}

    public static String of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied(WorkloadId workload, String what) -> "applied: " + what;
            case Outcome.DryRun(WorkloadId workload, String what) -> "dry run: " + what;
            case Outcome.Skipped(WorkloadId workload, String why) -> "skipped: " + why;
            case Outcome.Refused(WorkloadId workload, String what, String why) ->
                "refused: %s: %s".formatted(what, why);
        };
    }
}
