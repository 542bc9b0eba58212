package io.trimtab.recommend.replicas;

import io.trimtab.forecast.PastUse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The first metric's total over all pods up to now, in its unit, and how far ahead it matters. */
public final class PastDemand {
    private final Instant newest;
    private final DemandSeries series;
    private final Optional<ForecastChoice> found;
    private final Optional<ReplicaRoom> room;

    private PastDemand(
            Instant newest, DemandSeries series, Optional<ForecastChoice> found, Optional<ReplicaRoom> room) {
        this.newest = newest;
        this.series = series;
        this.found = found;
        this.room = room;
    }

    /**
     * @param start when the first value was measured; value i is at start + i x step, the last one is now
     * @param values in the metric's unit, finite and not negative; empty for a gap
     * @param podStart how long a new pod takes until it serves
     */
    public PastDemand(Instant start, Duration step, List<Optional<Double>> values, Duration podStart) {
        this(
                start.plus(step.multipliedBy(values.size() - 1L)),
                DemandSeries.of(step, values, podStart),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * What a workload used.
     *
     * @param ahead of the newest value, at which more would be needed
     * @param found by trying forecasts on that past before
     */
    static PastDemand of(PastUse past, Duration ahead, ForecastChoice found) {
        return new PastDemand(past.newest(), DemandSeries.of(past, ahead), Optional.of(found), Optional.empty());
    }

    /** @param bound on the replicas that a forecast may ask for; empty for none */
    public PastDemand within(Optional<ReplicaRoom> bound) {
        return new PastDemand(newest, series, found, bound);
    }

    Optional<ReplicaRoom> room() {
        return room;
    }

    DemandSeries series() {
        return series;
    }

    /** What is known of forecasts already; empty where it is to be found out from these values. */
    Optional<ForecastChoice> found() {
        return found;
    }

    /** The moment that the forecast is for. */
    public Instant at() {
        return newest.plus(series.ahead());
    }
}
