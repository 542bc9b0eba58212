package io.trimtab.service.report;

import io.trimtab.service.report.ReportFormat.Report;
import io.trimtab.service.view.Change;
import io.trimtab.service.view.MoneyChange;
import io.trimtab.service.view.RecommendationView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/** The report's recommendations as rows of text. */
final class Rows {
    static final List<String> HEADER =
            List.of("NAMESPACE", "KIND", "WORKLOAD", "SUBJECT", "CHANGE", "NOW/MO", "AFTER/MO", "SAVING/MO", "REASON");

    private Rows() {}

    static List<List<String>> of(Report report) {
        return report.recommendations().stream().map(Rows::row).toList();
    }

    private static List<String> row(RecommendationView view) {
        MoneyChange money = view.perMonth();
        return List.of(
                view.namespace(),
                view.workloadKind(),
                view.workload(),
                view.subject(),
                view.changes().stream().map(Rows::change).collect(Collectors.joining(", ")),
                cents(money.before()),
                cents(money.after()),
                signed(money.saving()),
                view.reasons().getFirst().message());
    }

    private static String change(Change change) {
        return "%s %s -> %s".formatted(change.what(), change.from(), change.to());
    }

    static String cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }

    static String signed(BigDecimal amount) {
        return (amount.signum() > 0 ? "+" : "") + cents(amount);
    }
}
