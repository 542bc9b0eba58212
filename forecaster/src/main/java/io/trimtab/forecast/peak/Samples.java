package io.trimtab.forecast.peak;

import java.util.Arrays;

/** The newest samples of a series: a week and some hours of them. Times count samples from the first one. */
final class Samples {
    final int perHour;
    private final double[] values;
    private final boolean[] measured;
    private int forgotten;
    private int end;

    Samples(int perHour) {
        this.perHour = perHour;
        values = new double[2 * perHour * (7 * 24 + 8)];
        measured = new boolean[values.length];
    }

    int perDay() {
        return 24 * perHour;
    }

    void add(double value, boolean isMeasured) {
        if (end - forgotten == values.length) {
            int half = values.length / 2;
            System.arraycopy(values, half, values, 0, half);
            System.arraycopy(measured, half, measured, 0, half);
            forgotten += half;
        }
        values[end - forgotten] = value;
        measured[end - forgotten] = isMeasured;
        end++;
    }

    int newest() {
        return end - 1;
    }

    double at(int time) {
        return values[time - forgotten];
    }

    /** Whether this time and the hour after it are still kept. */
    boolean has(int time) {
        return time >= Math.max(0, forgotten);
    }

    /** The highest value of the hour after {@code time}. */
    double peakAfter(int time) {
        return max(time + perHour, perHour);
    }

    boolean wholeHourAfter(int time) {
        for (int t = time + 1; t <= time + perHour; t++) if (!measured[t - forgotten]) return false;
        return true;
    }

    double max(int time, int count) {
        double max = at(time);
        for (int t = first(time, count); t < time; t++) max = Math.max(max, at(t));
        return max;
    }

    double min(int time, int count) {
        double min = at(time);
        for (int t = first(time, count); t < time; t++) min = Math.min(min, at(t));
        return min;
    }

    double mean(int time, int count) {
        int first = first(time, count);
        return Arrays.stream(values, first - forgotten, time + 1 - forgotten)
                .average()
                .orElseThrow();
    }

    double deviation(int time, int count) {
        double mean = mean(time, count);
        double squares = 0;
        int first = first(time, count);
        for (int t = first; t <= time; t++) squares += (at(t) - mean) * (at(t) - mean);
        return Math.sqrt(squares / (time + 1 - first));
    }

    private int first(int time, int count) {
        return Math.max(forgotten, time - count + 1);
    }
}
