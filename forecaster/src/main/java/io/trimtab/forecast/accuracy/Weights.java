package io.trimtab.forecast.accuracy;

import java.util.Arrays;

/** How much each of several forecasters counts, by what it lost so far. */
public final class Weights {
    private Weights() {}

    /**
     * {@code exp(-sharpness * (loss / best - 1))}; where the best never erred only those that never did count.
     *
     * @param losses n, not negative
     * @return n weights in 0..1, the best one's is 1
     */
    public static double[] of(double[] losses, double sharpness) {
        double best = Arrays.stream(losses).min().orElse(0);
        return Arrays.stream(losses)
                .map(loss -> best > 0 ? Math.exp(-sharpness * (loss / best - 1)) : loss > 0 ? 0 : 1)
                .toArray();
    }
}
