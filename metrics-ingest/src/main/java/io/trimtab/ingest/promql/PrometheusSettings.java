package io.trimtab.ingest.promql;

import java.net.URI;
import java.time.Duration;

/**
 * Where the Prometheus-compatible store is and how much is asked of it at once.
 *
 * @param baseUri what stands before {@code /api/v1/query_range}, path prefix included, as in {@code http://thanos/tenant-a}
 * @param labels what it calls the labels that name a container
 * @param timeout for one request, its whole answer included
 * @param maxPointsPerSeries moments asked for in one request, 1 to 11,000 (Prometheus refuses more)
 * @param maxSamplesPerRequest samples of all series that one answer may hold; a longer answer is asked for again in halves
 * @param rateWindow over which CPU rates are taken; at least four scrape intervals, so that one missed scrape leaves no gap
 * @param backOff before the second try of a request; doubled before the third
 */
public record PrometheusSettings(
        URI baseUri,
        Access access,
        Labels labels,
        Duration timeout,
        int maxPointsPerSeries,
        int maxSamplesPerRequest,
        Duration rateWindow,
        Duration backOff) {
    /** @see "prometheus/prometheus, web/api/v1/api.go: query_range refuses more than 11,000 points per timeseries" */
    public static final int MOST_POINTS = 11_000;

    public PrometheusSettings {
        requireAddress(baseUri);
        requirePositive("timeout", timeout);
        requirePositive("back-off", backOff);
        if (maxPointsPerSeries < 1 || maxPointsPerSeries > MOST_POINTS) {
            throw new IllegalArgumentException(
                    "max points per series (%d) must be in 1..%d".formatted(maxPointsPerSeries, MOST_POINTS));
        }
        if (maxSamplesPerRequest < 1) {
            throw new IllegalArgumentException(
                    "max samples per request (%d) must be at least 1".formatted(maxSamplesPerRequest));
        }
        if (rateWindow.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("rate window (%s) must be at least 1 s".formatted(rateWindow));
        }
    }

    /** The usual: no credentials, 30 s, 11,000 points, 5 million samples (80 MB), rates over 5 minutes, half a second of back-off. */
    public static PrometheusSettings at(URI baseUri) {
        return new PrometheusSettings(
                baseUri,
                Access.OPEN,
                Labels.USUAL,
                Duration.ofSeconds(30),
                MOST_POINTS,
                5_000_000,
                Duration.ofMinutes(5),
                Duration.ofMillis(500));
    }

    public PrometheusSettings withAccess(Access other) {
        return new PrometheusSettings(
                baseUri, other, labels, timeout, maxPointsPerSeries, maxSamplesPerRequest, rateWindow, backOff);
    }

    public PrometheusSettings withLabels(Labels other) {
        return new PrometheusSettings(
                baseUri, access, other, timeout, maxPointsPerSeries, maxSamplesPerRequest, rateWindow, backOff);
    }

    public PrometheusSettings withTimeout(Duration other) {
        return new PrometheusSettings(
                baseUri, access, labels, other, maxPointsPerSeries, maxSamplesPerRequest, rateWindow, backOff);
    }

    public PrometheusSettings withBudget(int maxPoints, int maxSamples) {
        return new PrometheusSettings(baseUri, access, labels, timeout, maxPoints, maxSamples, rateWindow, backOff);
    }

    public PrometheusSettings withRateWindow(Duration other) {
        return new PrometheusSettings(
                baseUri, access, labels, timeout, maxPointsPerSeries, maxSamplesPerRequest, other, backOff);
    }

    public PrometheusSettings withBackOff(Duration other) {
        return new PrometheusSettings(
                baseUri, access, labels, timeout, maxPointsPerSeries, maxSamplesPerRequest, rateWindow, other);
    }

    private static void requireAddress(URI uri) {
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "Prometheus address (%s) must be http://host or https://host, with an optional path"
                            .formatted(uri));
        }
        if (uri.getRawUserInfo() != null) {
            // The address is printed in messages, so a password in it would be too.
            throw new IllegalArgumentException(
                    "Prometheus address of host %s must not carry a user; give credentials apart"
                            .formatted(uri.getHost()));
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "Prometheus address (%s) must end with its path; leave out what follows ? or #".formatted(uri));
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero())
            throw new IllegalArgumentException("%s (%s) must be positive".formatted(name, value));
    }
}
