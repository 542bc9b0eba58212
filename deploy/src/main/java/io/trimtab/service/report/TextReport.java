package io.trimtab.service.report;

import io.trimtab.service.report.ReportFormat.Report;
import io.trimtab.service.view.CostsView;
import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.OverviewView;
import java.util.ArrayList;
import java.util.List;

/** The report for a terminal: columns as wide as their widest cell, numbers to the right. */
final class TextReport {
    private static final List<Integer> NUMBERS = List.of(5, 6, 7);
    private static final List<Integer> COST_NUMBERS = List.of(1, 2, 3, 4);

    private TextReport() {}

    static String write(Report report) {
        OverviewView overview = report.overview();
        StringBuilder out = new StringBuilder();
        out.append(
                "Cluster at %s: %d workloads, %d pods, %d nodes; %s %s a month now, %s with all changes (saving %s)%n%n"
                        .formatted(
                                overview.at(),
                                overview.workloadCount(),
                                overview.podCount(),
                                overview.nodeCount(),
                                Rows.cents(overview.cluster().before()),
                                overview.cluster().currency(),
                                Rows.cents(overview.cluster().after()),
                                Rows.signed(overview.cluster().saving())));
        if (report.recommendations().isEmpty()) out.append("Nothing to change.%n".formatted());
        else table(out, Rows.HEADER, Rows.of(report), NUMBERS);
        out.append("%n%d more stay as they are.%n".formatted(report.holds()));
        nodes(out, report.nodes());
        costs(out, report.costs());
        overview.notices().forEach(notice -> out.append("%nNote: %s%n".formatted(notice)));
        return out.toString();
    }

    private static void nodes(StringBuilder out, NodesView nodes) {
        out.append("%nNodes (lower bound %d):%n".formatted(nodes.lowerBoundNodes()));
        List<List<String>> rows = nodes.shapes().stream()
                .map(shape -> List.of(shape.shape(), Integer.toString(shape.now()), Integer.toString(shape.needed())))
                .toList();
        table(out, List.of("SHAPE", "NOW", "NEEDED"), rows, List.of(1, 2));
    }

    private static void costs(StringBuilder out, CostsView costs) {
        out.append("%nCost per month, %s:%n".formatted(costs.currency()));
        List<List<String>> rows = new ArrayList<>();
        costs.rows().forEach(row -> rows.add(cost(row)));
        rows.add(cost(costs.idle()));
        rows.add(List.of("bill", "", "", "", Rows.cents(costs.bill())));
        table(out, List.of("NAMESPACE", "CPU", "MEMORY", "GPU", "TOTAL"), rows, COST_NUMBERS);
    }

    private static List<String> cost(CostsView.CostRow row) {
        return List.of(
                row.key(),
                Rows.cents(row.cpuCost()),
                Rows.cents(row.memoryCost()),
                Rows.cents(row.gpuCost()),
                Rows.cents(row.totalCost()));
    }

    private static void table(StringBuilder out, List<String> header, List<List<String>> rows, List<Integer> numbers) {
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = header.get(column).length();
            for (List<String> row : rows)
                widths[column] = Math.max(widths[column], row.get(column).length());
        }
        line(out, header, widths, numbers);
        rows.forEach(row -> line(out, row, widths, numbers));
    }

    private static void line(StringBuilder out, List<String> cells, int[] widths, List<Integer> numbers) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(numbers.contains(column) ? padding + cell : cell + padding)
                    .append("  ");
        }
        out.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
}
