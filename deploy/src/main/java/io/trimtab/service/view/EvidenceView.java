package io.trimtab.service.view;

import java.time.Instant;
import java.util.List;

/**
 * The samples behind a recommendation, to be drawn.
 *
 * @param cpu in cores, {@code memory} in bytes; over all pods of the workload
 * @param marks OOM kills and the like
 */
public record EvidenceView(RecommendationView recommendation, SeriesView cpu, SeriesView memory, List<Mark> marks) {
    /**
     * Usage per pod and container over time: the mean and the largest of the pods at each moment.
     *
     * @param atSeconds n moments, seconds since the epoch, ascending
     * @param mean n values; null is a gap
     * @param max n values; null is a gap
     * @param request in force now; null when unset
     * @param proposed null when nothing is proposed
     * @param quantiles of the forecast, in the same unit, ascending by probability
     */
    public record SeriesView(
            String unit,
            long[] atSeconds,
            List<@org.jspecify.annotations.Nullable Double> mean,
            List<@org.jspecify.annotations.Nullable Double> max,
            @org.jspecify.annotations.Nullable Double request,
            @org.jspecify.annotations.Nullable Double proposed,
            List<QuantileView> quantiles) {}

    /** One quantile of what will be needed. */
    public record QuantileView(double probability, double value) {}

    /** Something that happened. */
    public record Mark(Instant at, String what) {}
}
