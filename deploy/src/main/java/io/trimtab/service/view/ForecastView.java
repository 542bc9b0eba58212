package io.trimtab.service.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the containers of a workload are expected to use, each over all its pods together, beside what they used.
 *
 * @param series empty before the first sample; by container, CPU before memory
 */
public record ForecastView(String workload, List<SeriesView> series) {
    /**
     * @param resource cpu or memory, in {@code unit}
     * @param at of the newest sample, from which {@code ahead} counts
     * @param past what was said of the last three days' hours when each began, oldest first, and what came
     * @param leak null where none was found, and for CPU
     */
    public record SeriesView(
            String container,
            String resource,
            String unit,
            Instant at,
            HistoryView history,
            List<AheadView> ahead,
            List<PastView> past,
            AccuracyView accuracy,
            @Nullable LeakView leak) {}

    /**
     * The hours that are over, at most four weeks of them, oldest first.
     *
     * @param atSeconds when each began, since the epoch
     * @param mean null is a gap
     * @param max the highest minute; null is a gap
     */
    public record HistoryView(long[] atSeconds, List<@Nullable Double> mean, List<@Nullable Double> max) {}

    /**
     * @param value of the sample at {@code at}
     * @param maximum of all minutes until then
     */
    public record AheadView(long horizonSeconds, Instant at, QuantilesView value, QuantilesView maximum) {}

    public record QuantilesView(double p50, double p80, double p90, double p95, double p99) {}

    /**
     * @param at when the hour began
     * @param p50 of its highest minute, said at its start; likewise {@code p95}
     * @param max its highest minute; null while it runs and where it is not known
     */
    public record PastView(
            Instant at, double p50, double p95, @Nullable Double max) {}

    /**
     * How good what was said of each hour was; the newest hours weigh most.
     *
     * @param hours that were judged
     * @param mase error of P50 over that of the same hour a day before
     * @param pinball loss of P95, in units of the mean maximum
     * @param coverage share of hours that P95 covered
     * @param betterThanNaive whether it may be acted on
     */
    public record AccuracyView(long hours, double mase, double pinball, double coverage, boolean betterThanNaive) {}

    /**
     * @param sharePerHour by which it grows
     * @param hours since when, at least
     */
    public record LeakView(double sharePerHour, int hours) {}
}
