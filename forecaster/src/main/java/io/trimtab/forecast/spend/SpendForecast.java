package io.trimtab.forecast.spend;

import java.util.Arrays;

/**
 * What the hours to come will cost, in the unit of the history.
 *
 * @param path one value for each hour, the next one first; finite and not negative
 * @param error how far the sum of all is usually off: its standard error
 */
public record SpendForecast(double[] path, double error) {
    /** How often an interval is to hold the sum. */
    public enum Coverage {
        EIGHTY(1.3),
        NINETY_FIVE(2.1);

        /** In standard errors; measured on the seeds 5,000,000 and up, a little wider than a normal distribution. */
        private final double halfWidth;

        Coverage(double halfWidth) {
            this.halfWidth = halfWidth;
        }
    }

    /** Of the sum of all hours. */
    public record Interval(double low, double high) {}

    public double total() {
        return Arrays.stream(path).sum();
    }

    /** Within which the sum is, as often as said. */
    public Interval interval(Coverage coverage) {
        double width = coverage.halfWidth * error;
        return new Interval(Math.max(0, total() - width), total() + width);
    }
}
