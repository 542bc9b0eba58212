package io.trimtab.forecast.season;

/**
 * Exponential smoothing with two seasons: a level, a profile of the shorter period and one of the longer, each moved by every error,
 * and what an error leaves behind for the next steps.
 *
 * @see "Taylor: Short-Term Electricity Demand Forecasting Using Double Seasonal Exponential Smoothing, JORS 54(8), 2003"
 */
record Smoothing(Season season) implements Member {
    /** Of the level and of the profiles: those that erred least one step ahead are taken. */
    private static final double[] OF_LEVEL = {0.02, 0.2};

    private static final double[] OF_PROFILES = {0.1, 0.3};

    /** Of an error, one step later. */
    private static final double LEFT_OF_ERROR = 0.8;

    /** How fast each follows the errors. */
    private record Rates(double level, double shorter, double longer) {}

    @Override
    public double[][] paths(double[] values, int[] origins, int horizon) {
        Rates best = new Rates(OF_LEVEL[0], OF_PROFILES[0], OF_PROFILES[0]);
        double least = Double.POSITIVE_INFINITY;
        for (double level : OF_LEVEL) {
            for (double shorter : OF_PROFILES) {
                for (double longer : OF_PROFILES) {
                    Rates rates = new Rates(level, shorter, longer);
                    double loss = new Smoothed(values, origins[0]).advanceTo(origins[0], rates);
                    if (loss < least) best = rates;
                    least = Math.min(least, loss);
                }
            }
        }
        double[][] paths = new double[origins.length][];
        Smoothed smoothed = new Smoothed(values, origins[0]);
        for (int k = 0; k < origins.length; k++) {
            smoothed.advanceTo(origins[k], best);
            paths[k] = smoothed.continued(horizon);
        }
        return paths;
    }

    private final class Smoothed {
        private final double[] values;
        private final double[] shorter = new double[season.shorter()];
        private final double[] longer = new double[season.longer()];
        private double level;
        private double error;
        private int next;

        /** Begins with the first longer period; the longer profile is told from the shorter one once two of it are known. */
        Smoothed(double[] values, int known) {
            this.values = values;
            int first = Math.min(known, longer.length);
            for (int t = 0; t < first; t++) level += values[t] / first;
            if (shorter.length == 1) return;
            int[] seen = new int[shorter.length];
            for (int t = 0; t < first; t++) {
                shorter[t % shorter.length] += values[t] - level;
                seen[t % shorter.length]++;
            }
            for (int i = 0; i < shorter.length; i++) shorter[i] /= Math.max(1, seen[i]);
            if (known < 2 * longer.length) return;
            for (int t = 0; t < first; t++) longer[t] = values[t] - level - shorter[t % shorter.length];
        }

        private double at(int t) {
            return level + shorter[t % shorter.length] + longer[t % longer.length];
        }

        /** @return the sum of the errors one step ahead */
        double advanceTo(int end, Rates rates) {
            double loss = 0;
            for (; next < end; next++) {
                double left = values[next] - at(next);
                double surprise = left - LEFT_OF_ERROR * error;
                loss += Math.abs(surprise);
                level += rates.level() * surprise;
                shorter[next % shorter.length] += rates.shorter() * surprise;
                longer[next % longer.length] += rates.longer() * surprise;
                error = left;
            }
            return loss;
        }

        double[] continued(int horizon) {
            double[] path = new double[horizon];
            double left = error;
            Reach reach = Reach.of(values, next);
            for (int h = 0; h < horizon; h++) {
                left *= LEFT_OF_ERROR;
                path[h] = reach.clamp(at(next + h) + left);
            }
            return path;
        }
    }
}
