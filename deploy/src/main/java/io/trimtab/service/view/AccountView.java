package io.trimtab.service.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who paid what in a window of the account; rows, idle and unmounted sum to the bill to the last digit.
 *
 * @param seenUntil up to when the cluster was seen; null before the first round
 * @param unmounted what no pod can be charged for; volumes have no price here, so it is nothing
 * @param residual what rows, idle and unmounted leave of the bill
 * @param missing spans of which the account has nothing
 * @param partial why of some of them it has nothing any more, in words; empty where nothing was lost
 * @param steps parts of the window, where they were asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountView(
        Instant from,
        Instant to,
        @Nullable Instant seenUntil,
        String currency,
        List<String> aggregate,
        List<Row> rows,
        Row idle,
        Unmounted unmounted,
        BigDecimal bill,
        BigDecimal residual,
        BigDecimal estimatedShare,
        List<Period> missing,
        List<String> partial,
        @Nullable List<Step> steps) {
    public AccountView {
        // One that answers without it lost nothing, as far as it knows.
        partial = Objects.requireNonNullElse(partial, List.of());
    }

    /** @param cpuCoreHours, memoryGiBHours and gpuHours charged */
    public record Row(
            String key,
            BigDecimal cpuCost,
            BigDecimal memoryCost,
            BigDecimal gpuCost,
            BigDecimal totalCost,
            BigDecimal efficiency,
            BigDecimal cpuCoreHours,
            BigDecimal memoryGiBHours,
            BigDecimal gpuHours) {}

    public record Unmounted(BigDecimal volumeCost, BigDecimal totalCost) {
        public static final Unmounted NONE = new Unmounted(BigDecimal.ZERO, BigDecimal.ZERO);
    }

    public record Period(Instant from, Instant to) {}

    public record Step(
            Instant from,
            Instant to,
            List<Row> rows,
            Row idle,
            Unmounted unmounted,
            BigDecimal bill,
            BigDecimal residual,
            BigDecimal estimatedShare) {}
}
