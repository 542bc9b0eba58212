package io.trimtab.forecast;

/**
 * Daily peaks of memory, one for each container and day.
 *
 * @param count of peaks
 * @param meanLog mean of the natural logarithms of their bytes
 * @param sumSquares of the logarithms' distances from that mean
 * @param highest in bytes
 * @param killNeeds bytes that those are taken to have needed that were killed for memory; 0 when none was
 * @param kills how many there were
 */
public record MemoryPeaks(long count, double meanLog, double sumSquares, double highest, long killNeeds, long kills) {
    static final MemoryPeaks NONE = new MemoryPeaks(0, 0, 0, 0, 0, 0);

    /** Of one container and day. */
    MemoryPeaks and(double bytes) {
        double log = StrictMath.log(Math.max(1, bytes));
        double mean = meanLog + (log - meanLog) / (count + 1);
        return new MemoryPeaks(
                count + 1,
                mean,
                sumSquares + (log - meanLog) * (log - mean),
                Math.max(highest, bytes),
                killNeeds,
                kills);
    }

    /** Takes back a peak that grew; {@code highest} stays, since what grew is above it. */
    MemoryPeaks without(double bytes) {
        if (count <= 1) return new MemoryPeaks(0, 0, 0, highest, killNeeds, kills);
        double log = StrictMath.log(Math.max(1, bytes));
        double mean = meanLog - (log - meanLog) / (count - 1);
        double squares = Math.max(0, sumSquares - (log - meanLog) * (log - mean));
        return new MemoryPeaks(count - 1, mean, squares, highest, killNeeds, kills);
    }

    MemoryPeaks killed(long needed) {
        return new MemoryPeaks(count, meanLog, sumSquares, highest, Math.max(killNeeds, needed), kills + 1);
    }

    /** Both together. */
    MemoryPeaks and(MemoryPeaks other) {
        long both = count + other.count;
        if (both == 0) return new MemoryPeaks(0, 0, 0, 0, Math.max(killNeeds, other.killNeeds), kills + other.kills);
        double apart = other.meanLog - meanLog;
        return new MemoryPeaks(
                both,
                meanLog + apart * other.count / both,
                sumSquares + other.sumSquares + apart * apart * count * other.count / both,
                Math.max(highest, other.highest),
                Math.max(killNeeds, other.killNeeds),
                kills + other.kills);
    }
}
