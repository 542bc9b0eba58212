package io.trimtab.cost.ledger;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a pod's rows is summed up, in SQL. */
final class Measures {
    private static final List<String> SUMMED = List.of(
            "cpu_core_hours_requested",
            "cpu_core_hours_used",
            "cpu_core_hours_charged",
            "memory_gib_hours_requested",
            "memory_gib_hours_used",
            "memory_gib_hours_charged",
            "gpu_hours_charged",
            "cpu_cost",
            "memory_cost",
            "gpu_cost",
            "used_cost",
            "estimated_cost");

    /** Decimals of shares of costs. More would make sums of four times as many bits, which take five times as long. */
    private static final String SHARED = "DECIMAL(18, 9)";

    /** A row's part of its cost that is estimated. */
    static final String ESTIMATED =
            "CASE WHEN estimated_share = 0 THEN 0 ELSE ((cpu_cost + memory_cost + gpu_cost)::DOUBLE"
                    + " * estimated_share::DOUBLE)::" + SHARED + " END";

    /** Each column summed up, under its own name. */
    static final List<String> SUMS = Stream.concat(
                    Stream.of("min(start_time) AS start_time", "max(end_time) AS end_time"),
                    SUMMED.stream().map("sum(%1$s) AS %1$s"::formatted))
            .toList();

    private Measures() {}

    /** @param pods with the columns of the pods' files */
    static String of(String pods) {
        return "(SELECT *, %s + %s AS used_cost, %s AS estimated_cost FROM %s)"
                .formatted(usedCost("cpu", "core"), usedCost("memory", "gib"), ESTIMATED, pods);
    }

    /** What of a row's cost was used: never more than it was charged. */
    private static String usedCost(String resource, String unit) {
        return ("CASE WHEN %1$s_charged = 0 THEN 0 ELSE (%2$s_cost::DOUBLE"
                        + " * least(1, %1$s_used::DOUBLE / %1$s_charged::DOUBLE))::%3$s END")
                .formatted("%s_%s_hours".formatted(resource, unit), resource, SHARED);
    }

    /** Sums of an hour and a namespace, in columns of the same names and types. */
    static String byNamespace(String pods) {
        return "SELECT hour, namespace, min(start_time) AS start_time, max(end_time) AS end_time, "
                + SUMMED.stream()
                        .map(column -> "sum(%1$s)::%2$s AS %1$s".formatted(column, type(column)))
                        .collect(Collectors.joining(", "))
                + " FROM " + of(pods) + " GROUP BY ALL ORDER BY namespace, hour";
    }

    private static String type(String column) {
        if (column.equals("used_cost") || column.equals("estimated_cost")) return SHARED;
        return column.endsWith("_cost") ? Tables.COST : Tables.AMOUNT;
    }
}
