package io.trimtab.service.account;

import io.trimtab.service.view.AccountView;
import io.trimtab.service.view.AccountView.Row;
import io.trimtab.service.view.Csv;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The account for a spreadsheet: a line for each row and step, idle as a row of its own, so that the lines sum to the bill. */
public final class AccountCsv {
    private static final List<String> HEADER = List.of(
            "from",
            "to",
            "key",
            "cpuCost",
            "memoryCost",
            "gpuCost",
            "totalCost",
            "efficiency",
            "cpuCoreHours",
            "memoryGiBHours",
            "gpuHours");

    private AccountCsv() {}

    public static String write(AccountView account) {
        List<List<String>> lines = new ArrayList<>(List.of(HEADER));
        if (account.steps() == null) add(lines, account.from(), account.to(), account.rows(), account.idle());
        else account.steps().forEach(step -> add(lines, step.from(), step.to(), step.rows(), step.idle()));
        return Csv.write(lines);
    }

    private static void add(List<List<String>> lines, Instant from, Instant to, List<Row> rows, Row idle) {
        Stream.concat(rows.stream(), Stream.of(idle)).forEach(row -> lines.add(line(from, to, row)));
    }

    private static List<String> line(Instant from, Instant to, Row row) {
        Stream<String> amounts = Stream.of(
                        row.cpuCost(),
                        row.memoryCost(),
                        row.gpuCost(),
                        row.totalCost(),
                        row.efficiency(),
                        row.cpuCoreHours(),
                        row.memoryGiBHours(),
                        row.gpuHours())
                .map(BigDecimal::toPlainString);
        return Stream.concat(Stream.of(from.toString(), to.toString(), row.key()), amounts)
                .toList();
    }
}
