package io.trimtab.forecast.peak;

import io.trimtab.forecast.regression.QuantileRegression;
import java.util.Arrays;
import java.util.List;

/**
 * Eight ways to say one quantile of the next hour's peak: four plain rules plus the quantile of their own errors over a week, the
 * last value with its errors of two days and with those of the same time of day, and two regressions.
 */
final class Experts {
    static final int COUNT = 8;
    static final int LAST_VALUE = 2;
    private static final int RULES = 4;
    private static final int WEEK_DAYS = 7;

    /** Rows of the regressions weigh half after so many days and are forgotten after four weeks. */
    private static final double HALF_LIFE_DAYS = 10;

    private static final int LEAST_ROWS = 50;

    /** How far a regression may leave the range of what came, as a share of it. */
    private static final double BEYOND = 0.5;

    private final double probability;
    private final QuantileRegression plain;
    private final QuantileRegression compressed;
    private double unit = 1;
    private double low;
    private double high;

    Experts(double probability) {
        this.probability = probability;
        plain = new QuantileRegression(probability, Features.COUNT);
        compressed = new QuantileRegression(probability, Features.COUNT);
    }

    /** @param past whose hour is over, oldest first */
    void fit(List<Origin> past, int perDay) {
        List<Origin> whole = past.stream().filter(origin -> origin.whole).toList();
        if (whole.size() < LEAST_ROWS) return;
        unit = unit(whole);
        low = Double.POSITIVE_INFINITY;
        high = Double.NEGATIVE_INFINITY;
        int count = whole.size();
        double[][] rows = new double[count][];
        double[][] compressedRows = new double[count][];
        double[] peaks = new double[count];
        double[] compressedPeaks = new double[count];
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            Origin origin = whole.get(i);
            rows[i] = origin.features;
            compressedRows[i] = Features.compressed(origin.features, unit);
            peaks[i] = origin.peak;
            compressedPeaks[i] = Features.compress(origin.peak / unit);
            weights[i] = Math.pow(0.5, (count - 1 - i) / (HALF_LIFE_DAYS * perDay));
            low = Math.min(low, origin.peak);
            high = Math.max(high, origin.peak);
        }
        plain.fit(rows, peaks, weights);
        compressed.fit(compressedRows, compressedPeaks, weights);
    }

    /** The median magnitude, at least a tenth of the mean, so that an idle machine's bursts are not astronomical. */
    private static double unit(List<Origin> origins) {
        double[] magnitudes = origins.stream()
                .mapToDouble(origin -> Math.abs(origin.rules[LAST_VALUE]))
                .sorted()
                .toArray();
        double unit = Math.max(
                magnitudes[magnitudes.length / 2],
                Arrays.stream(magnitudes).average().orElse(0) / 10);
        return unit > 0 ? unit : 1;
    }

    double[] forecast(Origin now, List<Origin> past, int perDay, int perHour) {
        double[] forecasts = new double[COUNT];
        for (int rule = 0; rule < RULES; rule++) {
            forecasts[rule] = now.rules[rule] + error(rule, newest(past, WEEK_DAYS * perDay), perHour);
        }
        forecasts[4] = now.rules[LAST_VALUE] + error(LAST_VALUE, newest(past, 2 * perDay), perHour);
        forecasts[5] = sameTimeOfDay(now, past, perDay, perHour, forecasts[LAST_VALUE]);
        forecasts[6] = plain.fitted() ? bounded(plain.at(now.features)) : forecasts[LAST_VALUE];
        forecasts[7] = compressed.fitted()
                ? bounded(
                        unit * Math.sinh(Math.clamp(compressed.at(Features.compressed(now.features, unit)), -300, 300)))
                : forecasts[LAST_VALUE];
        return forecasts;
    }

    private double bounded(double forecast) {
        double beyond = BEYOND * (high - low);
        return Math.clamp(forecast, low - beyond, high + beyond);
    }

    private static List<Origin> newest(List<Origin> past, int count) {
        return past.subList(Math.max(0, past.size() - count), past.size());
    }

    private double error(int rule, List<Origin> past, int least) {
        if (past.size() < least) return 0;
        double[] errors = new double[past.size()];
        for (int i = 0; i < errors.length; i++) errors[i] = past.get(i).peak - past.get(i).rules[rule];
        return quantile(errors, errors.length);
    }

    /** Errors of the last value within an hour of this time of day, over a week. */
    private double sameTimeOfDay(Origin now, List<Origin> past, int perDay, int perHour, double otherwise) {
        double[] errors = new double[WEEK_DAYS * (2 * perHour + 1)];
        int count = 0;
        for (int days = 1; days <= WEEK_DAYS; days++) {
            // The origin of now comes perHour after the newest whose hour is over.
            int centre = past.size() - 1 + perHour - days * perDay;
            for (int i = Math.max(0, centre - perHour); i <= Math.min(centre + perHour, past.size() - 1); i++)
                errors[count++] = past.get(i).peak - past.get(i).rules[LAST_VALUE];
        }
        return count <= 2 * perHour ? otherwise : now.rules[LAST_VALUE] + quantile(errors, count);
    }

    private double quantile(double[] errors, int count) {
        Arrays.sort(errors, 0, count);
        double position = probability * (count - 1);
        int below = (int) position;
        if (below >= count - 1) return errors[count - 1];
        return errors[below] + (position - below) * (errors[below + 1] - errors[below]);
    }
}
