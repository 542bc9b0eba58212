package io.trimtab.forecast.intermittent;

import java.util.Arrays;

/**
 * A demand that comes now and then, and is nothing in between: how likely it is in a step, and how large it is when it comes, each as a mean that forgets.
 *
 * @param chance in 0..1, of a step with demand
 * @param size of the demand in such a step, on average
 * @param sizes that came, ascending
 * @see "Teunter, Syntetos, Babai: Intermittent Demand: Linking Forecasting to Inventory Obsolescence, EJOR 214(3), 2011"
 */
public record Intermittent(double chance, double size, double[] sizes) {
    /** Less often than in every second step: otherwise the median already says something. */
    private static final double MOST_CHANCE = 0.5;

    private static final int LEAST_DEMANDS = 4;
    private static final int NEWEST = 24;

    /** Weight of a step relative to the one after it; the paper finds small smoothing constants best. */
    private static final double KEPT_PER_STEP = 0.99;

    private static final double KEPT_PER_DEMAND = 0.9;

    /**
     * @param values not negative, oldest first
     * @param count how many of them are known
     */
    public static Intermittent of(double[] values, int count) {
        double chance = 0;
        double steps = 0;
        double size = 0;
        double demands = 0;
        for (int t = 0; t < count; t++) {
            chance *= KEPT_PER_STEP;
            steps = steps * KEPT_PER_STEP + 1;
            if (!(values[t] > 0)) continue;
            chance++;
            size = size * KEPT_PER_DEMAND + values[t];
            demands = demands * KEPT_PER_DEMAND + 1;
        }
        double[] sizes = Arrays.stream(values, 0, count)
                .filter(value -> value > 0)
                .sorted()
                .toArray();
        return new Intermittent(steps > 0 ? chance / steps : 0, demands > 0 ? size / demands : 0, sizes);
    }

    /**
     * Whether the values are such a demand, of which a path did not know when it comes: it leaves half of the squares of what came, or more.
     *
     * @param origins times at which the path was asked
     * @param errors of it, by origin, then step
     */
    public static boolean fits(double[] values, int[] origins, double[][] errors) {
        if (!fits(values)) return false;
        double squares = 0;
        double left = 0;
        for (int k = 0; k < errors.length; k++) {
            for (int h = 0; h < errors[k].length; h++) {
                squares += values[origins[k] + h] * values[origins[k] + h];
                left += errors[k][h] * errors[k][h];
            }
        }
        return left >= squares / 2;
    }

    /** Whether they are, also of late: what has begun to run for good is not. */
    static boolean fits(double[] values) {
        for (double value : values) if (value < 0) return false;
        int demands = demands(values, 0);
        int newest = Math.max(0, values.length - NEWEST);
        return demands >= LEAST_DEMANDS
                && demands < MOST_CHANCE * values.length
                && demands(values, newest) < MOST_CHANCE * (values.length - newest);
    }

    private static int demands(double[] values, int from) {
        int demands = 0;
        for (int t = from; t < values.length; t++) if (values[t] > 0) demands++;
        return demands;
    }

    public double mean() {
        return chance * size;
    }

    /** Nothing up to the chance of no demand, and beyond that the sizes that came. */
    public double quantile(double probability) {
        double among = (probability - (1 - chance)) / chance;
        if (!(among > 0)) return 0;
        int rank = (int) Math.ceil(Math.min(1, among) * sizes.length) - 1;
        return sizes[Math.max(0, rank)];
    }
}
