package io.trimtab.service.report;

import io.trimtab.service.report.ReportFormat.Report;
import io.trimtab.service.view.Csv;
import java.util.ArrayList;
import java.util.List;

/** The recommendations for a spreadsheet. */
final class CsvReport {
    private CsvReport() {}

    static String write(Report report) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(Rows.HEADER);
        lines.addAll(Rows.of(report));
        return Csv.write(lines);
    }
}
