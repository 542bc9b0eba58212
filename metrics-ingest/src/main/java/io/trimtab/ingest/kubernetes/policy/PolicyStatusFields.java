package io.trimtab.ingest.kubernetes.policy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a policy, as Trimtab writes it. */
public record PolicyStatusFields(
        @JsonPropertyDescription("Ready, Conflict and Paused.") @Nullable
        List<Condition> conditions,

        @JsonPropertyDescription("How many workloads it governs.") @Nullable
        Integer workloads,

        @JsonPropertyDescription("How many changes are recommended for them.") @Nullable
        Integer recommendations,

        @Nullable Saving savingPerMonth) {
    /** Money per month of 730 hours. */
    public record Saving(
            @JsonPropertyDescription(
                    "What the recommended changes would save at list price; negative where they cost more.")
            @Nullable
            String now,

            @Nullable String currency) {}
}
