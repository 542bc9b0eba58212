package io.trimtab.recommend.replicas;

import io.trimtab.forecast.PastUse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Evenly spaced demand, oldest first; gaps stay gaps. */
final class DemandSeries {
    /** NaN is a gap. */
    private final double[] values;

    private final double stepSeconds;
    private final Duration ahead;
    private final double stepsAhead;

    private DemandSeries(double[] values, Duration step, Duration ahead) {
        if (!step.isPositive()) throw new IllegalArgumentException("step (%s) must be > 0".formatted(step));
        if (ahead.isNegative()) throw new IllegalArgumentException("podStart (%s) must be >= 0".formatted(ahead));
        if (values.length == 0) throw new IllegalArgumentException("past demand needs at least one value");
        for (double value : values) {
            if (value < 0 || value == Double.POSITIVE_INFINITY)
                throw new IllegalArgumentException("demand (%s) must be finite and >= 0".formatted(value));
        }
        this.values = values;
        this.stepSeconds = step.toMillis() / 1000.0;
        this.ahead = ahead;
        this.stepsAhead = ahead.toMillis() / 1000.0 / stepSeconds;
    }

    static DemandSeries of(Duration step, List<Optional<Double>> values, Duration ahead) {
        double[] all = new double[values.size()];
        for (int i = 0; i < all.length; i++) {
            Optional<Double> value = values.get(i);
            if (value.filter(it -> Double.isNaN(it)).isPresent())
                throw new IllegalArgumentException("demand (NaN) must be finite and >= 0");
            all[i] = value.orElse(Double.NaN);
        }
        return new DemandSeries(all, step, ahead);
    }

    static DemandSeries of(PastUse past, Duration ahead) {
        return new DemandSeries(past.cores(), PastUse.STEP, ahead);
    }

    int size() {
        return values.length;
    }

    /** How many steps, and parts of one, a pod start takes. */
    double stepsAhead() {
        return stepsAhead;
    }

    Duration ahead() {
        return ahead;
    }

    double stepSeconds() {
        return stepSeconds;
    }

    boolean known(int index) {
        return !Double.isNaN(values[index]);
    }

    double value(int index) {
        return values[index];
    }

    /** On the straight line between two neighbours; empty beyond the ends and next to a gap. */
    OptionalDouble between(double index) {
        int low = (int) Math.floor(index);
        int high = (int) Math.ceil(index);
        if (low < 0 || high >= values.length || !known(low) || !known(high)) return OptionalDouble.empty();
        return OptionalDouble.of(values[low] + (index - low) * (values[high] - values[low]));
    }

    /**
     * The lag at which the values repeat themselves best: the highest autocorrelation after it has first fallen below 0.
     *
     * @return in steps; 0 when there is none, as in a straight line
     */
    int season() {
        int from = Math.max(0, values.length - 1024);
        int most = (values.length - from) / 2;
        double mean = mean(from);
        boolean fallen = false;
        int best = 0;
        double highest = 0;
        for (int lag = 2; lag <= most; lag++) {
            double product = meanProduct(from, lag, mean);
            fallen |= product < 0;
            if (fallen && product > highest) {
                highest = product;
                best = lag;
            }
        }
        return best;
    }

    /** Of the known values from an index on; 0 without any. */
    double mean(int from) {
        return mean(values.length - 1, values.length - from, 0);
    }

    /** Of the known ones among so many values up to one; something else without any. */
    double mean(int last, int length, double otherwise) {
        double sum = 0;
        int count = 0;
        for (int i = last - length + 1; i <= last; i++) {
            if (!known(i)) continue;
            sum += values[i];
            count++;
        }
        return count == 0 ? otherwise : sum / count;
    }

    private double meanProduct(int from, int lag, double mean) {
        double sum = 0;
        int count = 0;
        for (int i = from + lag; i < values.length; i++) {
            if (!known(i) || !known(i - lag)) continue;
            sum += (values[i] - mean) * (values[i - lag] - mean);
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }
}
