package io.trimtab.ingest.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of a policy.
 *
 * @param conditions Ready, Conflict and Paused, in this order
 * @param workloads how many it governs
 * @param recommendations how many changes are recommended for them
 * @param savingPerMonth what those would save; negative where they cost more
 * @param currency of the saving, such as USD
 */
public record PolicyStatus(
        List<Condition> conditions, int workloads, int recommendations, BigDecimal savingPerMonth, String currency) {
    public static final String READY = "Ready";
    public static final String CONFLICT = "Conflict";
    public static final String PAUSED = "Paused";

    public PolicyStatus {
        conditions = List.copyOf(conditions);
    }

    /**
     * @param generation of the spec that it speaks of
     * @param reason one word
     * @param since when {@code holds} last changed; empty where that is for the writer to find out
     */
    public record Condition(
            String type, boolean holds, long generation, String reason, String message, Optional<Instant> since) {}

    /** The same without the times. */
    public PolicyStatus timeless() {
        return withConditions(conditions.stream()
                .map(it -> new Condition(
                        it.type(), it.holds(), it.generation(), it.reason(), it.message(), Optional.empty()))
                .toList());
    }

    /** The same with the times of what was written before, or now for a condition that has changed. */
    public PolicyStatus since(Optional<PolicyStatus> before, Instant now) {
        return withConditions(conditions.stream()
                .map(it -> new Condition(
                        it.type(),
                        it.holds(),
                        it.generation(),
                        it.reason(),
                        it.message(),
                        Optional.of(before.flatMap(status -> status.sinceOf(it)).orElse(now))))
                .toList());
    }

    /** Since when a condition of that type holds, or does not, as the given one. */
    public Optional<Instant> sinceOf(Condition same) {
        return conditions.stream()
                .filter(it -> it.type().equals(same.type()) && it.holds() == same.holds())
                .findFirst()
                .flatMap(Condition::since);
    }

    private PolicyStatus withConditions(List<Condition> other) {
        return new PolicyStatus(other, workloads, recommendations, savingPerMonth, currency);
    }
}
