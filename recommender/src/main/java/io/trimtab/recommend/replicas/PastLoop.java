package io.trimtab.recommend.replicas;

import java.util.function.IntToDoubleFunction;

/** What replicas would have been over past demand, with the documented defaults: 10 % tolerance, up at once to twice as many or four, down to the highest of five minutes. */
final class PastLoop {
    private static final double TOLERANCE = 0.1;
    private static final double WINDOW_SECONDS = 300;
    private static final int LEAST_MOST = 4;

    /** Takes the noise of binary fractions off a quotient that is a whole number in decimals. */
    private static final double NOISE = 1e-9;

    private final DemandSeries series;
    private final int first;
    private final double capacity;
    private final int window;

    PastLoop(DemandSeries series, int first, double capacity) {
        this.series = series;
        this.first = first;
        this.capacity = capacity;
        this.window = Math.max(1, (int) Math.round(WINDOW_SECONDS / series.stepSeconds()));
    }

    /**
     * Replicas, summed over all steps. A gap changes nothing.
     *
     * @param foreseen by step from the first on, the demand that the replicas are raised for
     */
    double podSteps(IntToDoubleFunction foreseen) {
        int steps = series.size() - first;
        int[] proposals = new int[window];
        int replicas = 0;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            if (series.known(first + i)) {
                int proposed = replicas == 0 ? needed(series.value(first + i)) : proposed(i, replicas);
                proposed = Math.max(proposed, needed(foreseen.applyAsDouble(i)));
                proposals[i % window] = proposed;
                replicas = limited(replicas, proposed, proposals);
            } else {
                proposals[i % window] = replicas;
            }
            sum += replicas;
        }
        return sum;
    }

    private int proposed(int step, int replicas) {
        double value = series.value(first + step);
        boolean near = Math.abs(value / (capacity * replicas) - 1) <= TOLERANCE;
        return near ? replicas : needed(value);
    }

    private int limited(int replicas, int proposed, int[] proposals) {
        if (replicas == 0) return proposed;
        if (proposed >= replicas) return Math.min(proposed, Math.max(2 * replicas, LEAST_MOST));
        int highest = proposed;
        for (int proposal : proposals) highest = Math.max(highest, proposal);
        return Math.min(replicas, highest);
    }

    private int needed(double demand) {
        return Math.max(1, (int) Math.min(1e9, Math.ceil(demand / capacity - NOISE)));
    }
}
