package io.trimtab.recommend.replicas;

import java.util.OptionalDouble;

/** Evenly spaced demand, oldest first; gaps stay gaps. */
final class DemandSeries {
    private final double[] values;
    private final boolean[] known;
    private final double stepSeconds;
    private final double stepsAhead;

    private DemandSeries(double[] values, boolean[] known, double stepSeconds, double stepsAhead) {
        this.values = values;
        this.known = known;
        this.stepSeconds = stepSeconds;
        this.stepsAhead = stepsAhead;
    }

    static DemandSeries of(PastDemand demand) {
        int size = demand.values().size();
        double[] values = new double[size];
        boolean[] known = new boolean[size];
        for (int i = 0; i < size; i++) {
            values[i] = demand.values().get(i).orElse(0.0);
            known[i] = demand.values().get(i).isPresent();
        }
        double stepSeconds = demand.step().toMillis() / 1000.0;
        return new DemandSeries(values, known, stepSeconds, demand.podStart().toMillis() / 1000.0 / stepSeconds);
    }

    int size() {
        return values.length;
    }

    /** How many steps, and parts of one, a pod start takes. */
    double stepsAhead() {
        return stepsAhead;
    }

    double stepSeconds() {
        return stepSeconds;
    }

    boolean known(int index) {
        return known[index];
    }

    double value(int index) {
        return values[index];
    }

    /** On the straight line between two neighbours; empty beyond the ends and next to a gap. */
    OptionalDouble between(double index) {
        int low = (int) Math.floor(index);
        int high = (int) Math.ceil(index);
        if (low < 0 || high >= values.length || !known[low] || !known[high]) return OptionalDouble.empty();
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
        double sum = 0;
        int count = 0;
        for (int i = from; i < values.length; i++) {
            if (!known[i]) continue;
            sum += values[i];
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }

    private double meanProduct(int from, int lag, double mean) {
        double sum = 0;
        int count = 0;
        for (int i = from + lag; i < values.length; i++) {
            if (!known[i] || !known[i - lag]) continue;
            sum += (values[i] - mean) * (values[i - lag] - mean);
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }
}
