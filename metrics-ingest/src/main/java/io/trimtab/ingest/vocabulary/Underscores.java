package io.trimtab.ingest.vocabulary;

/** @see "OpenTelemetry specification, Prometheus and OpenMetrics Compatibility, OTLP Metric points to Prometheus" */
final class Underscores {
    private Underscores() {}

    static String in(String name) {
        return name.replace('.', '_');
    }
}
