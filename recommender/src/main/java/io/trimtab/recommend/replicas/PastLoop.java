package io.trimtab.recommend.replicas;

import java.util.function.IntToDoubleFunction;

/** What replicas would have been over past demand, with the documented defaults: 10 % tolerance, up to twice as many or four, to the highest of five minutes. A law compares it with {@link HorizontalScaling}, which is too slow to be tried so often. */
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
     * What a loop came to.
     *
     * @param podSteps replicas, summed over all steps
     * @param shortSteps steps whose demand was above what the pods that served could carry at the target
     * @param shortOfNewer those of the newer half
     */
    record Outcome(double podSteps, int shortSteps, int shortOfNewer) {}

    /**
     * A gap changes nothing. Pods serve as soon as a pod start has passed.
     *
     * @param foreseen by step from the first on, the demand that the replicas are raised for
     */
    Outcome run(IntToDoubleFunction foreseen) {
        int steps = series.size() - first;
        int starts = (int) Math.ceil(series.stepsAhead());
        int[] counts = new int[steps];
        int[] proposals = new int[window];
        int replicas = 0;
        double sum = 0;
        int late = 0;
        int lateOfNewer = 0;
        for (int i = 0; i < steps; i++) {
            if (series.known(first + i)) {
                if (i > starts && series.value(first + i) > capacity * serving(counts, i, starts) * (1 + NOISE)) {
                    late++;
                    if (i >= steps / 2) lateOfNewer++;
                }
                int proposed = replicas == 0 ? needed(series.value(first + i), capacity) : proposed(i, replicas);
                proposed = Math.max(proposed, needed(foreseen.applyAsDouble(i), capacity));
                proposals[i % window] = proposed;
                replicas = limited(replicas, proposals);
            } else {
                proposals[i % window] = replicas;
            }
            counts[i] = replicas;
            sum += replicas;
        }
        return new Outcome(sum, late, lateOfNewer);
    }

    /** Those that were asked for a pod start ago and have not been taken away since. */
    private static int serving(int[] counts, int step, int starts) {
        int serving = counts[step - 1];
        for (int back = 2; back <= starts; back++) serving = Math.min(serving, counts[step - back]);
        return serving;
    }

    private int proposed(int step, int replicas) {
        double value = series.value(first + step);
        boolean near = Math.abs(value / (capacity * replicas) - 1) <= TOLERANCE;
        return near ? replicas : needed(value, capacity);
    }

    /** To the highest proposal of the window, whether that is up or down from here, as the controller does for an autoscaler without a behavior. */
    private static int limited(int replicas, int[] proposals) {
        int highest = 0;
        for (int proposal : proposals) highest = Math.max(highest, proposal);
        return replicas == 0 ? highest : Math.min(highest, Math.max(2 * replicas, LEAST_MOST));
    }

    /** Replicas for a demand, so that each is at its target at most. */
    static int needed(double demand, double capacity) {
        return Math.max(1, (int) Math.min(1e9, Math.ceil(demand / capacity - NOISE)));
    }
}
