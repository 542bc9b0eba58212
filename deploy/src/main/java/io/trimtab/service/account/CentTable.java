package io.trimtab.service.account;

import io.trimtab.service.view.AccountView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The account as people read it: in cents, which sum up along each row and to the bill.
 *
 * @param rows the last of which is idle
 */
public record CentTable(List<Row> rows, BigDecimal bill) {
    public CentTable {
        rows = List.copyOf(rows);
    }

    /** @param exact the same to the last digit */
    public record Row(
            String key,
            BigDecimal cpu,
            BigDecimal memory,
            BigDecimal gpu,
            BigDecimal total,
            BigDecimal exact,
            BigDecimal efficiency) {}

    public static CentTable of(AccountView account) {
        List<AccountView.Row> rows = Stream.concat(account.rows().stream(), Stream.of(account.idle()))
                .toList();
        List<BigDecimal> cells = Cents.of(rows.stream()
                .flatMap(row -> Stream.of(row.cpuCost(), row.memoryCost(), row.gpuCost()))
                .toList());
        List<Row> table = new ArrayList<>();
        for (AccountView.Row row : rows) {
            int at = 3 * table.size();
            BigDecimal total = cells.get(at).add(cells.get(at + 1)).add(cells.get(at + 2));
            table.add(new Row(
                    row.key(),
                    cells.get(at),
                    cells.get(at + 1),
                    cells.get(at + 2),
                    total,
                    row.totalCost(),
                    row.efficiency()));
        }
        return new CentTable(
                table, table.stream().map(Row::total).reduce(BigDecimal.ZERO.setScale(Cents.SCALE), BigDecimal::add));
    }
}
