package io.trimtab.forecast.sketch;

import java.util.Arrays;

/**
 * How usage in one hour of the week is spread, in four bytes: the buckets that reach P50, P90, P98 and P99.5, and in which of the last weeks it was seen. Between two of them weight lies
 * evenly, or from P90 on nearer to the upper one the farther they are apart, since between an idle and a busy level there is nothing; the lower half lies below P50 as far as P90 is above it. What is rare is forgotten by and by: with each week that does not see it again P99.5 comes down by a third or more.
 */
final class WeekCell {
    /** So many weeks are told apart; what is older is forgotten. */
    static final int WEEKS = 5;

    /** A bucket's number is held in one byte. */
    static final int MOST_BUCKETS = 1 << 8;

    /** Never seen. */
    static final int EMPTY = 0;

    private static final double[] POINTS = {0.5, 0.9, 0.98, 0.995};
    private static final int HIGHEST = POINTS.length - 1;
    private static final int SEEN = (1 << WEEKS) - 1;

    /** Of the distances from one point to the next one, and where in the cell they lie. A larger distance is cut off: the lower of the two is higher then. */
    private static final int[] WIDTHS = {7, 6, 6};

    private static final int[] SHIFTS = {WEEKS, WEEKS + 7, WEEKS + 13};
    private static final int SHIFT_OF_HIGHEST = WEEKS + 19;

    /** The first point above which weight is not said to be less than it was. */
    private static final int UPPER = 2;

    /** Points so many buckets apart (1.5 times the amount) may still be of one level; twice as far apart they are of two. */
    private static final int ONE_LEVEL = 8;

    private static final double ROUNDING = 1e-9;

    private WeekCell() {}

    /**
     * @param weights by bucket, with some above 0
     * @param seen bit n: whether it was seen n weeks ago
     */
    static int of(double[] weights, int seen) {
        double total = Arrays.stream(weights).sum();
        int[] at = new int[POINTS.length];
        double reached = 0;
        int point = 0;
        for (int bucket = 0; bucket < weights.length && point < POINTS.length; bucket++) {
            reached += weights[bucket] / total;
            while (point < POINTS.length && reached >= POINTS[point] - ROUNDING) at[point++] = bucket;
        }
        int cell = (at[HIGHEST] << SHIFT_OF_HIGHEST) | seen;
        for (int i = HIGHEST - 1; i >= 0; i--) {
            int distance = Math.min(at[i + 1] - at[i], (1 << WIDTHS[i]) - 1);
            at[i] = at[i + 1] - distance;
            cell |= distance << SHIFTS[i];
        }
        return cell;
    }

    /** Whether it holds what {@link #of} gives, of so many buckets. */
    static boolean isSound(int cell, int buckets) {
        return seen(cell) == 0 ? cell == EMPTY : highest(cell) < buckets && point(cell, 0) >= 0;
    }

    static int seen(int cell) {
        return cell & SEEN;
    }

    /** One week later, in which nothing was seen yet. */
    static int aWeekLater(int cell) {
        int seen = (seen(cell) << 1) & SEEN;
        return seen == 0 ? EMPTY : (cell & ~SEEN) | seen;
    }

    /** The newest week counts as one, and each one before it half as much. */
    static double weeks(int cell) {
        double weeks = 0;
        for (int ago = 0; ago < WEEKS; ago++) if (((cell >> ago) & 1) == 1) weeks += Math.scalb(1.0, -ago);
        return weeks;
    }

    /** The lowest bucket that has weight. */
    static int lowest(int cell) {
        return Math.max(0, point(cell, 0) - Math.max(0, distance(cell, 0) - 1));
    }

    static int highest(int cell) {
        return cell >>> SHIFT_OF_HIGHEST;
    }

    private static int point(int cell, int index) {
        int bucket = highest(cell);
        for (int i = index; i < HIGHEST; i++) bucket -= distance(cell, i);
        return bucket;
    }

    private static int distance(int cell, int index) {
        return (cell >>> SHIFTS[index]) & ((1 << WIDTHS[index]) - 1);
    }

    /**
     * Adds its weight, {@code share} in all; what is beyond P99.5 to that.
     *
     * @param sum by bucket, the first one is number {@code from}
     */
    static void addTo(double[] sum, int from, int cell, double share) {
        int before = lowest(cell) - 1;
        double reached = 0;
        for (int i = 0; i < POINTS.length; i++) {
            int end = point(cell, i);
            double between = share * (POINTS[i] - reached);
            double atEnd = i < UPPER ? 0 : Math.clamp((double) (end - before) / ONE_LEVEL - 1, 0, 1);
            addEvenly(sum, Math.min(before + 1, end) - from, end - from, between * (1 - atEnd));
            sum[end - from] += between * atEnd;
            before = end;
            reached = POINTS[i];
        }
        sum[before - from] += share * (1 - reached);
    }

    /**
     * Adds its weeks to those of the newest one, before {@link #of} both. That a point lies in a bucket says no more than that a little reaches it: what lies between two points lies from the
     * lower one on. Otherwise each week would raise by a bucket what no week exceeded.
     */
    static void addPastTo(double[] sum, int cell) {
        if (cell == EMPTY) return;
        double weeks = weeks(cell);
        int before = lowest(cell);
        double reached = 0;
        for (int i = 0; i < POINTS.length; i++) {
            int end = point(cell, i);
            addEvenly(sum, before, Math.max(before, end - 1), weeks * (POINTS[i] - reached));
            before = end;
            reached = POINTS[i];
        }
        sum[before] += weeks * (1 - reached);
    }

    private static void addEvenly(double[] sum, int first, int last, double weight) {
        double each = weight / (last - first + 1);
        for (int bucket = first; bucket <= last; bucket++) sum[bucket] += each;
    }
}
