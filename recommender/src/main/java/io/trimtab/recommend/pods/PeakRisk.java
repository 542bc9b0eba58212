package io.trimtab.recommend.pods;

import io.trimtab.forecast.MemoryPeaks;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How likely the daily peaks of the week to come lie above an amount, when they are lognormal like those of the newest two weeks. Few peaks say little of
 * their spread, so a spread of 5 % stands for three more of them.
 */
final class PeakRisk {
    private static final int DAYS = 7;
    private static final double PRIOR_SPREAD = 0.05;
    private static final double PRIOR_PEAKS = 3;
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private PeakRisk() {}

    /**
     * The chance, 0..1, that a pod needs more than this within a week. What was seen to happen counts at least as often as it was seen.
     *
     * @param bytes > 0
     */
    static double perWeek(MemoryPeaks peaks, double bytes) {
        double perDay = 0;
        if (peaks.count() > 0) {
            double above = (StrictMath.log(bytes) - peaks.meanLog()) / spread(peaks);
            perDay = 1 - NORMAL.cumulativeProbability(above);
            if (bytes < peaks.highest()) perDay = Math.max(perDay, 1.0 / peaks.count());
        }
        if (bytes < peaks.killNeeds())
            perDay = Math.max(perDay, Math.min(1, (double) peaks.kills() / Math.max(peaks.count(), peaks.kills())));
        return 1 - StrictMath.pow(1 - perDay, DAYS);
    }

    /** Bytes that a pod needs more than within a week with a chance of no more than {@code perWeek}; 0 without a peak. */
    static double exceeded(MemoryPeaks peaks, double perWeek) {
        if (peaks.count() == 0) return 0;
        double perDay = 1 - StrictMath.pow(1 - perWeek, 1.0 / DAYS);
        return StrictMath.exp(peaks.meanLog() + NORMAL.inverseCumulativeProbability(1 - perDay) * spread(peaks));
    }

    /** Of the logarithm of the next peak about the mean of those that were seen. */
    private static double spread(MemoryPeaks peaks) {
        double squares = PRIOR_PEAKS * PRIOR_SPREAD * PRIOR_SPREAD + peaks.sumSquares();
        double variance = squares / (PRIOR_PEAKS + peaks.count() - 1);
        return Math.sqrt(variance * (1 + 1.0 / peaks.count()));
    }
}
