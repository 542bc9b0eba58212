package io.trimtab.service.report;

import io.trimtab.service.report.ReportFormat.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The recommendations for a spreadsheet, after RFC 4180. */
final class CsvReport {
    private CsvReport() {}

    static String write(Report report) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(Rows.HEADER);
        lines.addAll(Rows.of(report));
        return lines.stream()
                .map(line -> line.stream().map(CsvReport::quoted).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
