package io.trimtab.service.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a workload is expected to need, beside what it needed.
 *
 * @param series empty before the first sample; its containers, each over all its pods together, CPU before memory, then what scales it
 */
public record ForecastView(String workload, List<SeriesView> series) {
    /**
     * @param container empty for what is not of one
     * @param resource cpu, memory, gpu, request_rate, queue_length, replicas or spend, in {@code unit}
     * @param trigger that reads it; empty where none does
     * @param at of the newest sample, from which {@code ahead} counts
     * @param past what was said of the last three days' hours when each began, oldest first, and what came
     * @param leak null where none was found, and for all but memory
     * @param pooling null where nothing is added up
     */
    public record SeriesView(
            String container,
            String resource,
            String trigger,
            String unit,
            Instant at,
            HistoryView history,
            List<AheadView> ahead,
            List<PastView> past,
            AccuracyView accuracy,
            @Nullable LeakView leak,
            @Nullable PoolingView pooling) {}

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
     * @param betterThanNaive whether P50 erred less than repeating the last hour, and less than the day before
     */
    public record AccuracyView(long hours, double mase, double pinball, double coverage, boolean betterThanNaive) {}

    /**
     * @param sharePerHour by which it grows
     * @param hours since when, at least
     */
    public record LeakView(double sharePerHour, int hours) {}

    /**
     * What is saved by looking at a sum in place of its parts.
     *
     * @param members how many series were added up
     */
    public record PoolingView(int members, List<JointView> p95) {}

    /**
     * P95 at a horizon.
     *
     * @param value of the sum, {@code membersValue} what the members' own add up to
     * @param maximum of the sum until then, {@code membersMaximum} likewise
     */
    public record JointView(
            long horizonSeconds, double value, double membersValue, double maximum, double membersMaximum) {}
}
