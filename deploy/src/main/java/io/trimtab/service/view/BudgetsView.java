package io.trimtab.service.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The month under way: what namespaces and labels have spent, what they are expected to, and what of it is unusual. Money is in US dollars.
 *
 * @param from start of the month
 * @param until end of the last whole hour, up to which all is counted
 * @param to end of the month
 * @param rows those with a budget first, then the dearest
 * @param unusual spends that are above the usual now
 * @param troubles what is wrong, one line each; the rest holds nevertheless
 */
public record BudgetsView(
        Instant from,
        Instant until,
        Instant to,
        String currency,
        List<Row> rows,
        List<Unusual> unusual,
        List<String> troubles) {
    /** How a budget stands. */
    public enum State {
        /** There is no budget. */
        NONE,
        /** It lasts, as far as is known. */
        WITHIN,
        /** It is expected to be used up within the month. */
        BREACH_EXPECTED,
        /** It is used up. */
        BREACHED,
        /** Less than a week is known, so that nothing can be expected. */
        UNKNOWN
    }

    /**
     * @param kind {@code namespace} or {@code label}
     * @param key the namespace, or {@code NAME=VALUE}
     * @param spent since the start of the month, to the last digit
     * @param forecast of the whole month; null while less than a week is known
     * @param breachAt when the budget was or is expected to be used up
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Row(
            String kind,
            String key,
            BigDecimal spent,
            @Nullable Forecast forecast,
            @Nullable BigDecimal budget,
            State state,
            @Nullable Instant breachAt) {}

    /**
     * What the whole month is expected to cost.
     *
     * @param low80 and high80 hold it in four of five months, low95 and high95 in nineteen of twenty
     */
    public record Forecast(
            BigDecimal total, BigDecimal low80, BigDecimal high80, BigDecimal low95, BigDecimal high95) {}

    /**
     * @param since the first of the hours that are unusual
     * @param spentPerHour in the last three hours
     * @param expectedPerHour by the same hours of the weeks before
     * @param workloads the three that spend most more than in those hours
     */
    public record Unusual(
            String kind,
            String key,
            Instant since,
            BigDecimal spentPerHour,
            BigDecimal expectedPerHour,
            List<Mover> workloads) {}

    /** @param beforePerHour in the same hours of the weeks before */
    public record Mover(String workload, BigDecimal spentPerHour, BigDecimal beforePerHour) {}
}
