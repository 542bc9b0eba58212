package io.trimtab.forecast.peak;

/** A moment at which a forecast was asked for, and what came. */
final class Origin {
    final int time;
    final double[] features;

    /** What the plain rules said: the peak one day before, one week before, the last value, the highest of the last hour. */
    final double[] rules;

    /** The highest value of the hour after it; set when that hour is over. */
    double peak;

    /** Whether each sample of that hour was measured. */
    boolean whole;

    Origin(Samples samples) {
        time = samples.newest();
        features = Features.of(samples, time);
        int day = samples.perDay();
        double highest = samples.max(time, samples.perHour);
        double dayBefore = samples.has(time - day) ? samples.peakAfter(time - day) : highest;
        double weekBefore = samples.has(time - 7 * day) ? samples.peakAfter(time - 7 * day) : dayBefore;
        rules = new double[] {dayBefore, weekBefore, samples.at(time), highest};
    }
}
