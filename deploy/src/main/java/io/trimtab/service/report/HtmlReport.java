package io.trimtab.service.report;

import io.trimtab.service.report.ReportFormat.Report;
import io.trimtab.service.view.OverviewView;
import java.util.List;
import java.util.stream.Collectors;

/** The report as one HTML page that stands by itself, to be mailed. */
final class HtmlReport {
    private HtmlReport() {}

    static String write(Report report) {
        OverviewView overview = report.overview();
        String rows = Rows.of(report).stream().map(row -> line("td", row)).collect(Collectors.joining("\n"));
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Trimtab report</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 14px system-ui, sans-serif; margin: 2rem auto; max-width: 1280px; padding: 0 1rem; }
            table { border-collapse: collapse; width: 100%%; font-variant-numeric: tabular-nums; }
            th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #8884; vertical-align: top; }
            td:nth-child(6), td:nth-child(7), td:nth-child(8) { text-align: right; white-space: nowrap; }
            </style>
            </head>
            <body>
            <h1>%s %s a month now, %s after</h1>
            <p>%d workloads, %d pods, %d nodes at %s. %d more subjects stay as they are.</p>
            <table>
            <thead>%s</thead>
            <tbody>
            %s
            </tbody>
            </table>
            </body>
            </html>
            """.formatted(
                        Rows.cents(overview.cluster().before()),
                        escaped(overview.cluster().currency()),
                        Rows.cents(overview.cluster().after()),
                        overview.workloadCount(),
                        overview.podCount(),
                        overview.nodeCount(),
                        overview.at(),
                        report.holds(),
                        line("th", Rows.HEADER),
                        rows);
    }

    private static String line(String tag, List<String> cells) {
        return cells.stream()
                .map(cell -> "<%s>%s</%s>".formatted(tag, escaped(cell), tag))
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
