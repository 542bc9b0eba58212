package io.trimtab.ingest.kubernetes.policy;

import io.fabric8.kubernetes.api.model.Condition;
import io.trimtab.ingest.model.PolicyStatus;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the status that was last written, so that it is written again only where it changes. */
final class StatusReader {
    private StatusReader() {}

    /** @return empty where it is not one of ours; it is then written anew */
    static Optional<PolicyStatus> read(PolicyStatusFields fields) {
        PolicyStatusFields.Saving saving = fields.savingPerMonth();
        if (fields.conditions() == null || saving == null || saving.now() == null || saving.currency() == null)
            return Optional.empty();
        List<Condition> conditions = fields.conditions();
        try {
            return Optional.of(new PolicyStatus(
                    conditions.stream().map(StatusReader::condition).toList(),
                    orZero(fields.workloads()),
                    orZero(fields.recommendations()),
                    new BigDecimal(saving.now()),
                    saving.currency()));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static PolicyStatus.Condition condition(Condition it) {
        return new PolicyStatus.Condition(
                Objects.requireNonNullElse(it.getType(), ""),
                "True".equals(it.getStatus()),
                Objects.requireNonNullElse(it.getObservedGeneration(), 0L),
                Objects.requireNonNullElse(it.getReason(), ""),
                Objects.requireNonNullElse(it.getMessage(), ""),
                Optional.ofNullable(it.getLastTransitionTime()).map(Instant::parse));
    }

    private static int orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
