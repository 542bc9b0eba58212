package io.trimtab.forecast.ensemble;

import io.trimtab.forecast.season.Season;

/**
 * How large errors are at each step ahead, so that errors of different steps can be compared: a line over the steps, half of it
 * shaped by the phase of the season in which the step falls.
 *
 * @param start of the line; at least a fifth of the mean error
 * @param perStep its slope, never negative
 * @param byPhase mean error of each phase over the mean of all; empty when too few errors were seen to tell
 * @param seenSteps beyond these the scale grows with the root of the step
 */
record Scale(double start, double perStep, double[] byPhase, int seenSteps) {
    private static final double SHARE_OF_PHASE = 0.5;
    private static final int ERRORS_PER_PHASE = 8;

    /**
     * @param errors magnitudes by origin, then step
     * @param origins time of each origin's first step
     */
    static Scale of(double[][] errors, int[] origins, Season season) {
        int steps = errors[0].length;
        int count = errors.length;
        double[] byStep = new double[steps];
        double[] byPhase = new double[season.shorter()];
        int[] seen = new int[byPhase.length];
        double mean = 0;
        for (int k = 0; k < count; k++) {
            for (int h = 0; h < steps; h++) {
                byStep[h] += errors[k][h] / count;
                byPhase[(origins[k] + h) % byPhase.length] += errors[k][h];
                seen[(origins[k] + h) % byPhase.length]++;
                mean += errors[k][h] / count / steps;
            }
        }
        boolean enough = mean > 0;
        for (int phase = 0; phase < byPhase.length; phase++) {
            enough &= seen[phase] >= ERRORS_PER_PHASE;
            byPhase[phase] /= Math.max(1, seen[phase]) * mean;
        }
        double slope = Math.max(0, slope(byStep, mean));
        double start = Math.max(mean - slope * (steps - 1) / 2.0, mean / 5);
        return new Scale(start, slope, enough ? byPhase : new double[0], steps);
    }

    private static double slope(double[] byStep, double mean) {
        double centre = (byStep.length - 1) / 2.0;
        double products = 0;
        double squares = 0;
        for (int h = 0; h < byStep.length; h++) {
            products += (h - centre) * (byStep[h] - mean);
            squares += (h - centre) * (h - centre);
        }
        return squares > 0 ? products / squares : 0;
    }

    /** The scale at a time that lies {@code step} steps (from 0) after its origin. */
    double at(int time, int step) {
        double line = step < seenSteps
                ? start + perStep * step
                : (start + perStep * (seenSteps - 1)) * Math.sqrt((step + 1.0) / seenSteps);
        double phase = byPhase.length == 0 ? 1 : byPhase[time % byPhase.length];
        return line * (1 - SHARE_OF_PHASE + SHARE_OF_PHASE * phase);
    }
}
