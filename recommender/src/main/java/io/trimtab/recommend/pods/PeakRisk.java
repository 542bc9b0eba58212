package io.trimtab.recommend.pods;

import io.trimtab.forecast.MemoryPeaks;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How likely the daily peaks of the week to come lie above an amount. The next peak is as likely to be the highest as any that was seen, so it exceeds the highest
 * of n with a chance of 1 in n + 1; by how much then, is taken to be exponential in its logarithm. Unlike a curve through all peaks, that gives no pods of a
 * thousand times their size where weekends are idle or one pod leads, and more usage never asks for less.
 */
final class PeakRisk {
    private static final int DAYS = 7;

    /** A peak above the highest lies so much above it in the mean, as a share. */
    private static final double MEAN_EXCESS = 0.03;

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private PeakRisk() {}

    /**
     * The chance, 0..1, that a pod needs more than this within a week. What was seen to happen counts at least as often as it was seen.
     *
     * @param bytes > 0
     */
    static double perWeek(MemoryPeaks peaks, double bytes) {
        double perDay = peaks.count() == 0 ? 0 : perDay(peaks, bytes);
        if (bytes < peaks.killNeeds())
            perDay = Math.max(perDay, Math.min(1, (double) peaks.kills() / Math.max(peaks.count(), peaks.kills())));
        return 1 - StrictMath.pow(1 - perDay, DAYS);
    }

    private static double perDay(MemoryPeaks peaks, double bytes) {
        if (bytes >= peaks.highest())
            return StrictMath.pow(peaks.highest() / bytes, 1 / MEAN_EXCESS) / (peaks.count() + 1);
        double seen = 1.0 / peaks.count();
        if (peaks.sumSquares() == 0) return 1;
        double spread = Math.sqrt(peaks.sumSquares() / peaks.count());
        double above = (StrictMath.log(bytes) - peaks.meanLog()) / spread;
        return Math.max(seen, 1 - NORMAL.cumulativeProbability(above));
    }

    /** Bytes that a pod needs more than within a week with a chance of no more than {@code perWeek}, never below the highest peak; 0 without a peak. */
    static double exceeded(MemoryPeaks peaks, double perWeek) {
        if (peaks.count() == 0) return 0;
        double perDay = 1 - StrictMath.pow(1 - perWeek, 1.0 / DAYS);
        double rarer = 1 / ((peaks.count() + 1) * perDay);
        return peaks.highest() * Math.max(1, StrictMath.pow(rarer, MEAN_EXCESS));
    }
}
