package io.trimtab.recommend.replicas;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * How much demand changes until pods that are asked for now serve, as a weighted sum of how it has moved over the newest values, how high it is, and how it moved a day
 * ago. The weights are the least squares' over the given past, where a moment counts the less the more demand there is: demand of many users scatters with its
 * root. One sum does what lines, means and dampened trends of several lengths do, each as far as it has paid.
 *
 * @param weights of what {@link #looks} sees
 * @param mean of the past, > 0
 * @param steps until pods serve, whole and at least 1; it forecasts for that step even where a pod start ends within it
 * @param day in steps; 0 where too little is known to look back at it
 * @see "Hyndman, Athanasopoulos: Forecasting, Principles and Practice, 3rd ed., sections 7.1 (linear regression) and 9.3 (autoregressive models)"
 */
record Regression(List<Double> weights, double mean, int steps, int day) implements DemandMethod {
    private static final int SHORT = 10;
    private static final int LONG = 30;

    /** Around a moment of the day before, on both sides. */
    private static final int AROUND = 2;

    private static final int SEEN = 9;
    private static final double DAY_SECONDS = 86_400;

    /** The lengths are of minutes. */
    private static final double LONGEST_STEP_SECONDS = 120;

    /** Two days of minutes: what was longer ago says less of now. */
    private static final int MOST_VALUES = 2880;

    /** Some thirty for each weight. */
    private static final int LEAST_VALUES = 300;

    /** No moment counts as if there were less demand than this share of the mean. */
    private static final double LEAST_SHARE = 0.05;

    /** Holds the weights of what always comes together, as on a straight line, near nothing. */
    private static final double RIDGE = 1e-6;

    Regression {
        weights = List.copyOf(weights);
    }

    /** Empty where too little is known. */
    static Optional<Regression> of(DemandSeries series) {
        double mean = series.mean(0);
        boolean minutes = series.stepSeconds() <= LONGEST_STEP_SECONDS;
        if (!minutes || series.size() < LEAST_VALUES || mean == 0) return Optional.empty();
        long day = Math.round(DAY_SECONDS / series.stepSeconds());
        // With less, most of the newest day would have no day before it.
        boolean known = 2 * day <= series.size();
        var blank = new Regression(List.of(), mean, whole(series.stepsAhead()), known ? (int) day : 0);
        return blank.fitted(series);
    }

    private static int whole(double steps) {
        return Math.max(1, (int) Math.ceil(steps));
    }

    private Optional<Regression> fitted(DemandSeries series) {
        double[][] products = new double[SEEN][SEEN];
        double[] towards = new double[SEEN];
        int count = 0;
        for (int origin = Math.max(back(), series.size() - MOST_VALUES); origin + steps < series.size(); origin++) {
            if (!series.known(origin) || !series.known(origin + steps)) continue;
            double change = (series.value(origin + steps) - series.value(origin)) / mean;
            double[] seen = looks(series, origin);
            double weight = mean / Math.max(LEAST_SHARE * mean, series.mean(origin, LONG, mean));
            for (int row = 0; row < SEEN; row++) {
                towards[row] += weight * seen[row] * change;
                for (int column = 0; column <= row; column++)
                    products[row][column] += weight * seen[row] * seen[column];
            }
            count++;
        }
        if (count < LEAST_VALUES / 2) return Optional.empty();
        for (int row = 0; row < SEEN; row++) {
            products[row][row] = products[row][row] * (1 + RIDGE) + RIDGE;
            for (int column = 0; column < row; column++) products[column][row] = products[row][column];
        }
        double[] solved = new CholeskyDecomposition(new Array2DRowRealMatrix(products, false))
                .getSolver()
                .solve(new ArrayRealVector(towards, false))
                .toArray();
        return Optional.of(new Regression(Arrays.stream(solved).boxed().toList(), mean, steps, day));
    }

    /** How many values before an origin it looks at. */
    private int back() {
        return day == 0 ? LONG + SHORT : day + AROUND;
    }

    @Override
    public int reach(double ahead) {
        return back() + 1;
    }

    @Override
    public OptionalDouble at(DemandSeries series, int origin, double ahead) {
        if (origin < back() || !series.known(origin)) return OptionalDouble.empty();
        double[] seen = looks(series, origin);
        double change = 0;
        for (int i = 0; i < SEEN; i++) change += weights.get(i) * seen[i];
        return OptionalDouble.of(series.value(origin) + mean * change * whole(ahead) / steps);
    }

    /** In units of the mean; what a gap hides has not moved. */
    private double[] looks(DemandSeries series, int origin) {
        double now = series.value(origin);
        double before = value(series, origin - 1, now);
        double twoBefore = value(series, origin - 2, before);
        double few = series.mean(origin, SHORT, now);
        double many = series.mean(origin, LONG, now);
        double[] seen = {
            mean,
            many,
            now - before,
            before - twoBefore,
            twoBefore - value(series, origin - 5, twoBefore),
            now - few,
            now - many,
            few - series.mean(origin - SHORT, SHORT, few),
            dayAgo(series, origin)
        };
        for (int i = 0; i < SEEN; i++) seen[i] /= mean;
        return seen;
    }

    private double dayAgo(DemandSeries series, int origin) {
        if (day == 0) return 0;
        int width = 2 * AROUND + 1;
        double then = series.mean(origin - day + AROUND, width, mean);
        return series.mean(origin - day + steps + AROUND, width, then) - then;
    }

    private static double value(DemandSeries series, int index, double otherwise) {
        return series.known(index) ? series.value(index) : otherwise;
    }
}
