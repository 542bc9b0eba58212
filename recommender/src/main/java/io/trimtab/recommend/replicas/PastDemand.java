package io.trimtab.recommend.replicas;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The first metric's total over all pods up to now, and how far ahead it matters.
 *
 * @param start when the first value was measured; value i is at start + i x step, the last one is now
 * @param values in the metric's unit, finite and not negative; empty for a gap
 * @param podStart how long a new pod takes until it serves
 */
public record PastDemand(Instant start, Duration step, List<Optional<Double>> values, Duration podStart) {
    public PastDemand {
        values = List.copyOf(values);
        if (!step.isPositive()) throw new IllegalArgumentException("step (%s) must be > 0".formatted(step));
        if (podStart.isNegative()) throw new IllegalArgumentException("podStart (%s) must be >= 0".formatted(podStart));
        if (values.isEmpty()) throw new IllegalArgumentException("past demand needs at least one value");
        for (Optional<Double> value : values) {
            if (value.isPresent() && !(value.get() >= 0 && value.get() < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("demand (%s) must be finite and >= 0".formatted(value.get()));
            }
        }
    }

    /** The moment that the forecast is for. */
    public Instant at() {
        return start.plus(step.multipliedBy(values.size() - 1L)).plus(podStart);
    }
}
