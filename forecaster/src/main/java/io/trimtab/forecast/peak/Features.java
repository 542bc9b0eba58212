package io.trimtab.forecast.peak;

/** What the regressions look at: the last hours, the same hour of earlier days, and the time of day. */
final class Features {
    private static final int HARMONICS = 3;
    private static final int OF_LEVEL = 16;
    static final int COUNT = OF_LEVEL + 2 * HARMONICS;

    private Features() {}

    /** @param time of the newest sample that is looked at */
    static double[] of(Samples samples, int time) {
        int hour = samples.perHour;
        int day = samples.perDay();
        double[] features = new double[COUNT];
        double highest = samples.max(time, hour);
        double mean = samples.mean(time, hour);
        int count = 0;
        features[count++] = samples.at(time);
        features[count++] = samples.mean(time, Math.max(1, hour / 4));
        features[count++] = mean;
        features[count++] = samples.mean(time, 6 * hour);
        features[count++] = highest;
        features[count++] = samples.min(time, hour);
        features[count++] = samples.deviation(time, hour);
        features[count++] = samples.max(time, 3 * hour);
        for (int days : new int[] {1, 2, 7}) {
            int then = samples.has(time - days * day) ? time - days * day : time - day;
            boolean known = samples.has(then);
            features[count++] = known ? samples.peakAfter(then) : highest;
            features[count++] = known ? samples.mean(then, hour) : mean;
        }
        double sum = 0;
        double max = Double.NEGATIVE_INFINITY;
        int days = 0;
        for (int back = 1; back <= 7 && samples.has(time - back * day); back++) {
            double peak = samples.peakAfter(time - back * day);
            sum += peak;
            max = Math.max(max, peak);
            days++;
        }
        features[count++] = days == 0 ? highest : sum / days;
        features[count++] = days == 0 ? highest : max;
        for (int harmonic = 1; harmonic <= HARMONICS; harmonic++) {
            double angle = 2 * Math.PI * harmonic * (time % day) / day;
            features[count++] = Math.sin(angle);
            features[count++] = Math.cos(angle);
        }
        return features;
    }

    /** The features as those of the compressed series {@code asinh(value / unit)}. */
    static double[] compressed(double[] features, double unit) {
        double[] compressed = features.clone();
        for (int i = 0; i < OF_LEVEL; i++) compressed[i] = compress(features[i] / unit);
        return compressed;
    }

    static double compress(double value) {
        return Math.copySign(Math.log(Math.abs(value) + Math.hypot(value, 1)), value);
    }
}
