package io.trimtab.forecast.online;

import io.trimtab.forecast.intermittent.Intermittent;
import java.util.Arrays;

/**
 * How far hours lie from their path: a size that is a line over the path's level and grows with the hours ahead, and the quantiles
 * of the errors over that size.
 *
 * @param base size at level 0, not negative
 * @param slope of the size over the level, not negative
 * @param growth of the size by {@link #band}, ascending from 1 on
 * @param scores quantiles of error over size by {@link Level}, ascending from 0 on
 * @param apart share of the hours above P90 that no such hour follows: 1 when high hours come alone
 */
record Spread(double base, double slope, double[] growth, double[] scores, double apart) {
    static final int BANDS = 4;
    private static final int[] BAND_ENDS = {6, 24, 72, State.WEEK};

    /** Past errors are those of weights that were chosen by them. */
    private static final double WIDER = 1.1;

    /** In mean errors: where nearly none is expected, what comes all the same would be beyond all measure. */
    private static final double LEAST = 0.05;

    /** Few errors say little about the tails. */
    private static final double FEW = 8;

    /** A band that was never seen is as if a third of it was. */
    private static final double LEAST_PASSES = 1.0 / 3;

    /** @param step from 0: the first hour after the fit */
    static int band(int step) {
        int band = 0;
        while (band < BANDS - 1 && step >= BAND_ENDS[band]) band++;
        return band;
    }

    double size(double level, int step) {
        return (base + slope * Math.max(0, level)) * growth[band(step)];
    }

    /**
     * @param paths what was said at each origin, by step
     * @param errors what came less what was said, likewise
     */
    static Spread of(double[][] paths, double[][] errors) {
        int count = Arrays.stream(errors).mapToInt(line -> line.length).sum();
        double[][] byLevel = new double[count][];
        double[] sums = new double[BANDS];
        int[] seen = new int[BANDS];
        int next = 0;
        for (int k = 0; k < errors.length; k++) {
            for (int h = 0; h < errors[k].length; h++) {
                byLevel[next++] = new double[] {paths[k][h], Math.abs(errors[k][h])};
                sums[band(h)] += Math.abs(errors[k][h]);
                seen[band(h)]++;
            }
        }
        double[] line = line(byLevel);
        double[] growth = new double[BANDS];
        double mean = count == 0 ? 0 : Arrays.stream(sums).sum() / count;
        double first = seen[0] == 0 ? 0 : Math.max(sums[0] / seen[0], LEAST * mean);
        double before = 1;
        for (int band = 0; band < BANDS; band++) {
            if (seen[band] > 0 && first > 0) before = Math.max(before, sums[band] / seen[band] / first);
            growth[band] = before * few(seen, band);
        }
        Spread sized = new Spread(line[0], line[1], growth, new double[Level.COUNT], 1);
        double[] scores = new double[count];
        next = 0;
        for (int k = 0; k < errors.length; k++) {
            for (int h = 0; h < errors[k].length; h++) {
                double size = sized.size(paths[k][h], h);
                scores[next++] = size > 0 ? errors[k][h] / size : 0;
            }
        }
        double[] inOrder = scores.clone();
        double[] quantiles = quantiles(scores);
        double apart = apart(inOrder, errors, scores[Math.max(0, (int) Math.floor(Level.P90.probability * count) - 1)]);
        return new Spread(line[0], line[1], growth, quantiles, apart);
    }

    /** Of a path that is 0: nothing up to the chance of no demand, and the sizes that came beyond. */
    static Spread of(Intermittent demand) {
        double[] growth = new double[BANDS];
        Arrays.fill(growth, 1);
        double[] scores = new double[Level.COUNT];
        for (Level level : Level.ALL) scores[level.index] = demand.quantile(level.probability) / demand.size();
        return new Spread(demand.size(), 0, growth, scores, 1);
    }

    /** What was seen of a band only now and then is less well known than the first one: as the error of a forecast from a mean. */
    private static double few(int[] seen, int band) {
        if (seen[0] == 0) return 1;
        return Math.sqrt((1 + 1 / passes(seen, band)) / (1 + 1 / passes(seen, 0)));
    }

    private static double passes(int[] seen, int band) {
        double hours = BAND_ENDS[band] - (band == 0 ? 0 : BAND_ENDS[band - 1]);
        return Math.max(LEAST_PASSES, seen[band] / hours);
    }

    /** The runs estimate of the extremal index. */
    private static double apart(double[] scores, double[][] errors, double bound) {
        int high = 0;
        int ends = 0;
        int next = 0;
        for (double[] origin : errors) {
            for (int h = 0; h < origin.length - 1; h++) {
                if (scores[next + h] <= bound) continue;
                high++;
                if (scores[next + h + 1] <= bound) ends++;
            }
            next += origin.length;
        }
        return high == 0 ? 1 : Math.max(1.0, ends) / high;
    }

    Spread wider(double factor) {
        return new Spread(factor * base, factor * slope, growth, scores, apart);
    }

    /** Through the mean errors of the lower and of the upper half of levels. */
    private static double[] line(double[][] byLevel) {
        Arrays.sort(byLevel, (a, b) -> Double.compare(a[0], b[0]));
        int half = byLevel.length / 2;
        double[] low = mean(byLevel, 0, half);
        double[] high = mean(byLevel, half, byLevel.length);
        double mean = mean(byLevel, 0, byLevel.length)[1];
        double slope = high[0] > low[0] ? (high[1] - low[1]) / (high[0] - low[0]) : 0;
        if (slope <= 0) return new double[] {mean, 0};
        double base = Math.max(low[1] - slope * low[0], LEAST * mean);
        return new double[] {base, (high[1] - base) / high[0]};
    }

    private static double[] mean(double[][] pairs, int from, int to) {
        double[] mean = new double[2];
        for (int i = from; i < to; i++) for (int j = 0; j < 2; j++) mean[j] += pairs[i][j] / (to - from);
        return mean;
    }

    private static double[] quantiles(double[] scores) {
        Arrays.sort(scores);
        double wider = WIDER + FEW / Math.max(1, scores.length);
        double[] quantiles = new double[Level.COUNT];
        for (int i = 1; i < Level.COUNT; i++) {
            double position = Level.ALL[i].probability * (scores.length + 1) - 1;
            int below = Math.clamp((long) Math.floor(position), 0, Math.max(0, scores.length - 1));
            int above = Math.min(below + 1, scores.length - 1);
            double score = scores.length == 0
                    ? 0
                    : scores[below] + Math.clamp(position - below, 0, 1) * (scores[above] - scores[below]);
            quantiles[i] = Math.max(quantiles[i - 1], wider * score);
        }
        return quantiles;
    }
}
