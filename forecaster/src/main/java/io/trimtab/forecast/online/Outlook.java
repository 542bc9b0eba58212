package io.trimtab.forecast.online;

/**
 * What is expected of a series at a horizon. All quantiles are finite, not negative, and do not cross; the maximum is never below the
 * value.
 *
 * @param value by {@link Level}: the sample at the end of the horizon
 * @param maximum by {@link Level}: the highest minute from now to the end of the horizon
 */
public record Outlook(double[] value, double[] maximum) {
    public double value(Level level) {
        return value[level.index];
    }

    public double maximum(Level level) {
        return maximum[level.index];
    }
}
