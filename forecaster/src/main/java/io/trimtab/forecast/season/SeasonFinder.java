package io.trimtab.forecast.season;

/**
 * Finds the periods of a series by its autocorrelation: a period stands out as a hill after a valley, and a longer one, such as a
 * week of days, is a multiple of the first that explains clearly more.
 */
public final class SeasonFinder {
    public static final Season NONE = new Season(1, 1);

    /** A weaker hill is noise: that of white noise is below 2 / sqrt(values), of a hundred values 0.2. */
    private static final double LEAST_CORRELATION = 0.3;

    /** So much lower the valley before the hill must be, or it is the slope of a trend. */
    private static final double LEAST_RISE = 0.2;

    /** The shortest period that is nearly as good as the best. */
    private static final double NEARLY = 0.7;

    /** A longer period must explain at least this share of what the shorter one leaves, and so much of all. */
    private static final double EXPLAINS = 0.15;

    private static final double LEAST_GAIN = 0.05;

    /** Noise moves the top of a hill by this share of the period. */
    private static final double BLUR = 0.05;

    /** The correlations of a longer history would only take longer. */
    private static final int NEWEST_VALUES = 8192;

    private SeasonFinder() {}

    /**
     * @param values finite, oldest first, evenly spaced
     * @param usual periods in samples, such as that of a day, which are taken when what is found is nearly one of them
     * @return in samples; {@link #NONE} when nothing repeats; each period is seen at least twice
     */
    public static Season find(double[] values, int... usual) {
        double[] correlation = correlation(values);
        int shorter = shortest(correlation, usual);
        if (shorter == 0) return NONE;
        int longer = shorter;
        for (int lag = 2 * shorter; lag < correlation.length; lag += shorter)
            if (correlation[lag] > correlation[longer]) longer = lag;
        double gain = correlation[longer] - correlation[shorter];
        boolean clearly = gain >= Math.max(LEAST_GAIN, EXPLAINS * (1 - correlation[shorter]));
        return new Season(shorter, clearly ? longer : shorter);
    }

    private static int shortest(double[] correlation, int[] usual) {
        double[] hills = new double[correlation.length];
        double best = 0;
        double valley = 1;
        for (int lag = 1; lag < correlation.length - 1; lag++) {
            double here = correlation[lag];
            boolean top = here >= correlation[lag - 1] && here > correlation[lag + 1];
            if (top && here >= LEAST_CORRELATION && here - valley >= LEAST_RISE) hills[lag] = here;
            best = Math.max(best, hills[lag]);
            valley = Math.min(valley, here);
        }
        for (int lag = 2; lag < hills.length; lag++)
            if (hills[lag] > 0 && hills[lag] >= NEARLY * best) return top(hills, lag, usual);
        return 0;
    }

    private static int top(double[] hills, int first, int[] usual) {
        int top = first;
        for (int lag = first; lag < hills.length && lag <= first * (1 + BLUR); lag++)
            if (hills[lag] > hills[top]) top = lag;
        for (int period : usual) if (Math.abs(top - period) <= BLUR * period && period < hills.length) return period;
        return top;
    }

    /** By lag, up to half of the history, of the values about their straight line. */
    private static double[] correlation(double[] values) {
        int first = Math.max(0, values.length - NEWEST_VALUES);
        double[] series = aboutTheirLine(values, first);
        double[] correlation = new double[series.length / 2 + 1];
        double variance = 0;
        for (double value : series) variance += value * value / series.length;
        if (!(variance > 0)) return new double[0];
        for (int lag = 0; lag < correlation.length; lag++) {
            double sum = 0;
            for (int t = lag; t < series.length; t++) sum += series[t] * series[t - lag];
            correlation[lag] = sum / (series.length - lag) / variance;
        }
        return correlation;
    }

    /** In units of the largest magnitude, so that nothing overflows; all zero when only rounding is left. */
    private static double[] aboutTheirLine(double[] values, int first) {
        double[] series = new double[values.length - first];
        double largest = 0;
        for (int t = first; t < values.length; t++) largest = Math.max(largest, Math.abs(values[t]));
        if (largest == 0) return series;
        double mean = 0;
        for (int t = 0; t < series.length; t++) mean += values[first + t] / largest / series.length;
        double centre = (series.length - 1) / 2.0;
        double products = 0;
        double squares = Double.MIN_NORMAL;
        for (int t = 0; t < series.length; t++) {
            products += (t - centre) * (values[first + t] / largest - mean);
            squares += (t - centre) * (t - centre);
        }
        for (int t = 0; t < series.length; t++) {
            double off = values[first + t] / largest - mean - products / squares * (t - centre);
            series[t] = Math.abs(off) < 1e-9 ? 0 : off;
        }
        return series;
    }
}
