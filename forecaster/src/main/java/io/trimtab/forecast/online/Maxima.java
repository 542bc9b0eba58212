package io.trimtab.forecast.online;

import io.trimtab.forecast.intermittent.Intermittent;

/**
 * Quantiles of the highest of several hours, from those of each. Hours are neither alike nor strangers: as many of them count as
 * reach as high as the highest does, and of those only the share by which high hours come apart.
 *
 * @see "Leadbetter, Lindgren, Rootzén: Extremes and Related Properties of Random Sequences and Processes, 1983, section 3.7"
 */
final class Maxima {
    static final int[] HOURS_AHEAD = {1, 3, 6, 12, 24, 72, State.WEEK};

    private static final double[] INTENSITIES = intensities();

    private Maxima() {}

    private static double[] intensities() {
        double[] intensities = new double[Level.COUNT];
        for (Level level : Level.ALL) intensities[level.index] = -Math.log(level.probability);
        return intensities;
    }

    /** @return by horizon of {@link #HOURS_AHEAD}, then {@link Level} */
    static double[][] of(double[] path, Spread spread) {
        double[][] maxima = new double[HOURS_AHEAD.length][Level.COUNT];
        for (int horizon = 0; horizon < HOURS_AHEAD.length; horizon++) {
            int hours = HOURS_AHEAD[horizon];
            int top = highest(path, spread, hours);
            double size = spread.size(path[top], top);
            double reach = path[top] + size * spread.scores()[Level.P95.index];
            double count = 0;
            for (int h = 0; h < hours; h++) {
                double own = spread.size(path[h], h);
                double score = own > 0 ? (reach - path[h]) / own : path[h] >= reach ? 0 : Double.POSITIVE_INFINITY;
                count += Math.min(1, intensity(spread.scores(), score) / INTENSITIES[Level.P95.index]);
            }
            double counted = 1 + spread.apart() * Math.max(0, count - 1);
            for (int i = 0; i < Level.COUNT; i++) {
                double quantile = path[top] + size * score(spread.scores(), INTENSITIES[i] / counted);
                double before = i == 0 ? 0 : maxima[horizon][i - 1];
                if (horizon > 0) before = Math.max(before, maxima[horizon - 1][i]);
                maxima[horizon][i] = Math.max(before, quantile);
            }
        }
        return maxima;
    }

    /** Hours of which nothing tells when demand comes are strangers, and alike. */
    static double[][] of(Intermittent demand) {
        double[][] maxima = new double[HOURS_AHEAD.length][Level.COUNT];
        for (int horizon = 0; horizon < HOURS_AHEAD.length; horizon++)
            for (Level level : Level.ALL)
                maxima[horizon][level.index] = demand.quantile(Math.pow(level.probability, 1.0 / HOURS_AHEAD[horizon]));
        return maxima;
    }

    private static int highest(double[] path, Spread spread, int hours) {
        int top = 0;
        double reach = Double.NEGATIVE_INFINITY;
        for (int h = 0; h < hours; h++) {
            double own = path[h] + spread.size(path[h], h) * spread.scores()[Level.P95.index];
            if (own > reach) top = h;
            reach = Math.max(reach, own);
        }
        return top;
    }

    /** How often an hour lies above a score, as -log of the share below; interpolated on its logarithm, an exponential tail beyond. */
    private static double intensity(double[] scores, double score) {
        if (score <= scores[0]) return INTENSITIES[0];
        for (int i = 1; i < scores.length; i++) {
            if (score >= scores[i]) continue;
            double share = (score - scores[i - 1]) / (scores[i] - scores[i - 1]);
            return INTENSITIES[i - 1] * Math.pow(INTENSITIES[i] / INTENSITIES[i - 1], share);
        }
        double tail = tail(scores);
        int last = scores.length - 1;
        return tail > 0 ? INTENSITIES[last] * Math.exp(-(score - scores[last]) / tail) : 0;
    }

    /** The score that is passed so often. */
    private static double score(double[] scores, double intensity) {
        for (int i = 1; i < scores.length; i++) {
            if (intensity < INTENSITIES[i]) continue;
            double share = Math.log(intensity / INTENSITIES[i - 1]) / Math.log(INTENSITIES[i] / INTENSITIES[i - 1]);
            return scores[i - 1] + Math.max(0, share) * (scores[i] - scores[i - 1]);
        }
        int last = scores.length - 1;
        return scores[last] + tail(scores) * Math.log(INTENSITIES[last] / intensity);
    }

    /** By how much the score rises while the intensity falls by a factor e. */
    private static double tail(double[] scores) {
        int last = scores.length - 1;
        int from = Level.P90.index;
        return (scores[last] - scores[from]) / Math.log(INTENSITIES[from] / INTENSITIES[last]);
    }
}
