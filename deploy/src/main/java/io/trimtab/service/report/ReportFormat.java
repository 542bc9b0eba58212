package io.trimtab.service.report;

import io.trimtab.service.view.CostsView;
import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.OverviewView;
import io.trimtab.service.view.RecommendationView;
import java.util.List;

/** How a report is written. */
public enum ReportFormat {
    TABLE {
        @Override
        public String write(Report report) {
            return TextReport.write(report);
        }
    },
    JSON {
        @Override
        public String write(Report report) {
            return io.trimtab.service.view.Json.text(report) + "\n";
        }
    },
    CSV {
        @Override
        public String write(Report report) {
            return CsvReport.write(report);
        }
    },
    HTML {
        @Override
        public String write(Report report) {
            return HtmlReport.write(report);
        }
    };

    /** What is reported; {@code holds} counts the workloads' containers and replica counts that stay as they are. */
    public record Report(
            OverviewView overview,
            List<RecommendationView> recommendations,
            int holds,
            NodesView nodes,
            CostsView costs) {
        public Report {
            recommendations = List.copyOf(recommendations);
        }
    }

    public abstract String write(Report report);
}
