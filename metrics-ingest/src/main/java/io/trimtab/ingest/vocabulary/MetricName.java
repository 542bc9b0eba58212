package io.trimtab.ingest.vocabulary;

import io.trimtab.ingest.pushed.PushedMetric;

/**
 * A name that is known.
 *
 * @param name as it is spelt where it is looked for
 * @param unit of OpenTelemetry's units (UCUM), which the translation to Prometheus makes a suffix; empty: none
 * @param counter whether it only grows, but for restarts
 * @param means what it tells of a container
 * @param labels that name the container
 */
public record MetricName(
        Producer producer,
        String name,
        String unit,
        boolean counter,
        PushedMetric means,
        LabelFilter filter,
        ContainerLabels labels) {

    /** As Prometheus and the collector's exporters translate it when they add no suffixes. */
    MetricName underscored() {
        return spelt(Underscores.in(name));
    }

    /** As they translate it when they add suffixes, which is what they do unless told otherwise. */
    MetricName suffixed() {
        String unitSuffix = switch (unit) {
            case "s" -> "_seconds";
            case "By" -> "_bytes";
            // A unit in braces is a remark.
            default -> "";
        };
        return spelt(Underscores.in(name) + unitSuffix + (counter ? "_total" : ""));
    }

    private MetricName spelt(String as) {
        return new MetricName(producer, as, unit, counter, means, filter.underscored(), labels.underscored());
    }
}
