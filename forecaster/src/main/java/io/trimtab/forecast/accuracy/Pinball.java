package io.trimtab.forecast.accuracy;

/** The loss whose smallest mean is the quantile's. */
public final class Pinball {
    private Pinball() {}

    /** @return not negative, in the unit of what was forecast */
    public static double loss(double actual, double forecast, double probability) {
        double above = actual - forecast;
        return above >= 0 ? probability * above : (probability - 1) * above;
    }
}
