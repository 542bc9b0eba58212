package io.trimtab.ingest.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which metrics tell of a workload's requests.
 *
 * @param requests names their counter; empty where no annotation does
 * @param latency names the histogram of how long they take, likewise
 * @param scraped whether a monitor has its pods scraped, so that the well-known names are worth a look where none is given
 */
public record RequestMetrics(Optional<Named> requests, Optional<Named> latency, boolean scraped) {
    /** Its value names a counter of requests, such as {@code http_requests_total}. */
    public static final String REQUESTS_ANNOTATION = "trimtab.io/requests-metric";

    /** Its value names a histogram of seconds, such as {@code http_request_duration_seconds}. */
    public static final String LATENCY_ANNOTATION = "trimtab.io/latency-metric";

    /**
     * An annotation and what is written there, which may be anything.
     *
     * @param on what carries it, for people
     */
    public record Named(String annotation, String value, String on) {}

    /** What a workload's own annotations name, else those of the first of the monitors that has any. */
    public static RequestMetrics of(Map<String, String> annotations, List<ScrapeMonitor> monitors) {
        return new RequestMetrics(
                named(REQUESTS_ANNOTATION, annotations, monitors),
                named(LATENCY_ANNOTATION, annotations, monitors),
                !monitors.isEmpty());
    }

    private static Optional<Named> named(
            String annotation, Map<String, String> annotations, List<ScrapeMonitor> monitors) {
        return Stream.concat(
                        Stream.of(named(annotation, annotations, "the workload")),
                        monitors.stream().map(monitor -> named(annotation, monitor.annotations(), monitor.toString())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Named> named(String annotation, Map<String, String> annotations, String on) {
        return Optional.ofNullable(annotations.get(annotation))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(value -> new Named(annotation, value, on));
    }
}
