package io.trimtab.recommend.replicas;

import java.util.Arrays;

/**
 * What replicas beyond a forecast would avert at one moment: for each number of them that could be worth it the chance that demand stays within what they carry.
 * The errors of the past, over the root of what was forecast, say that.
 */
final class Offers {
    private static final double[] CHANCES = {
        0.03, 0.06, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.89, 0.92,
        0.945, 0.96, 0.975, 0.985, 0.993, 0.997
    };

    private final int[] replicas = new int[CHANCES.length];
    private final double[] chances = new double[CHANCES.length];
    private final double[] amounts = new double[CHANCES.length];
    private int count;

    /** Where so many roots of a forecast above it lie that a share of the past errors was below, one for each of the chances that count; at least one error, sorted. */
    static double[] quantiles(double[] errors) {
        return Arrays.stream(CHANCES)
                .map(chance -> errors[(int) Math.ceil(chance * (errors.length - 1))])
                .toArray();
    }

    /**
     * @param root of the forecast
     * @param quantiles of past errors, as {@link #quantiles} has them
     * @param capacity of a replica
     */
    Offers(double forecast, double root, double[] quantiles, double capacity) {
        double amount = Math.max(0, forecast + root * quantiles[0]);
        int needed = PastLoop.needed(amount, capacity);
        for (int i = 0; i < CHANCES.length; i++) {
            boolean last = i == CHANCES.length - 1;
            double nextAmount = last ? 0 : Math.max(0, forecast + root * quantiles[i + 1]);
            int nextNeeded = last ? 0 : PastLoop.needed(nextAmount, capacity);
            if (nextNeeded != needed) {
                double beyond = last ? 0 : Math.clamp((needed * capacity - amount) / (nextAmount - amount), 0, 1);
                add(needed, amount, CHANCES[i] + (last ? 0 : beyond * (CHANCES[i + 1] - CHANCES[i])));
            }
            amount = nextAmount;
            needed = nextNeeded;
        }
    }

    /** Takes those out that no price makes the best: the ones before and behind avert more for each replica. */
    private void add(int needed, double amount, double chance) {
        while (count > 1
                && gain(count - 2, count - 1) <= (chance - chances[count - 1]) / (needed - replicas[count - 1]))
            count--;
        replicas[count] = needed;
        amounts[count] = amount;
        chances[count] = chance;
        count++;
    }

    /** Of chance, for each replica more. */
    private double gain(int from, int to) {
        return (chances[to] - chances[from]) / (replicas[to] - replicas[from]);
    }

    /**
     * The demand that as many replicas are for as are worth their price.
     *
     * @param price of a replica, in moments short of the target
     */
    double worth(double price) {
        int best = 0;
        while (best + 1 < count && gain(best, best + 1) > price) best++;
        return amounts[best];
    }
}
