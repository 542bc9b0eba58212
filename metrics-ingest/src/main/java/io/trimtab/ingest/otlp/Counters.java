package io.trimtab.ingest.otlp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.trimtab.ingest.pushed.PushedSamples;
import java.util.List;

/**
 * Makes of the counters of OTLP what PromQL counts with: increases are added up, and a restart that a value alone does not show is shown by a 0 at the moment
 * when the counter began anew. Safe for many threads.
 *
 * @see "OpenTelemetry specification, Metrics Data Model, Resets and Gaps, and Sums: Delta-to-Cumulative"
 */
final class Counters {
    /** Of one counter for each of more containers than a large cluster has; about 100 bytes each. */
    private static final int MOST = 200_000;

    private final Cache<Key, Last> lasts = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(PushedSamples.KEPT)
            .build();

    private record Key(long high, long low) {}

    /** A point: when it was, and its total. */
    private record Last(long atMillis, double total) {
        private static final Last NONE = new Last(Long.MIN_VALUE, 0);

        boolean isKnown() {
            return atMillis > Long.MIN_VALUE;
        }
    }

    /**
     * Takes an increase.
     *
     * @return the total, empty if it is of a time that was counted already
     */
    synchronized List<PointSeries> increased(PointSeries by) {
        Last last = lasts.get(key(by), _ -> Last.NONE);
        if (by.at() <= last.atMillis()) return List.of();
        double total = last.total() + by.value();
        lasts.put(key(by), new Last(by.at(), total));
        return List.of(by.with(by.at(), total));
    }

    /**
     * Takes a total since a moment.
     *
     * @param startMillis 0 when it is not known
     * @return the point, after a 0 where its counter began anew without being less than it was
     */
    synchronized List<PointSeries> counted(PointSeries point, long startMillis) {
        Last last = lasts.get(key(point), _ -> Last.NONE);
        if (point.at() <= last.atMillis()) return List.of(point);
        lasts.put(key(point), new Last(point.at(), point.value()));
        boolean beganAnew = last.isKnown() && startMillis > last.atMillis() && startMillis < point.at();
        return beganAnew && point.value() >= last.total() ? List.of(point.with(startMillis, 0), point) : List.of(point);
    }

    private static Key key(PointSeries of) {
        return new Key(of.highFingerprint(), of.lowFingerprint());
    }
}
