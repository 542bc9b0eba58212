package io.trimtab.ingest.vocabulary;

import java.util.List;

/**
 * Names under which servers count and time their requests, in the order in which they are looked for: the names of one library before those that anybody may
 * have chosen, so that a server that has both is read by the better known.
 *
 * @see "Micrometer, Timers in Prometheus; Spring Boot, HTTP server metrics (buckets where percentiles-histogram is on)"
 * @see "OpenTelemetry semantic conventions, HTTP metrics: http.server.request.duration, in seconds"
 * @see "Prometheus documentation, Metric and label naming"
 * @see "go-grpc-middleware, providers/prometheus (buckets where the handling time histogram is on)"
 */
public final class RequestNames {
    public static final List<String> COUNTERS = List.of(
            "http_server_requests_seconds_count",
            "http_server_request_duration_seconds_count",
            "http_requests_total",
            "http_request_duration_seconds_count",
            "grpc_server_handled_total");

    /** Of seconds, without {@code _bucket}. */
    public static final List<String> HISTOGRAMS = List.of(
            "http_server_requests_seconds",
            "http_server_request_duration_seconds",
            "http_request_duration_seconds",
            "grpc_server_handling_seconds");

    private RequestNames() {}
}
