package io.trimtab.forecast.sketch;

import java.time.Instant;

/** Cells of a {@link WeekHistogram}, numbered from a Monday on, week after week. */
final class CellOfWeek {
    private static final long SECONDS = WeekHistogram.CELL.toSeconds();

    /** A week began three days before 1970 did, on a Thursday. */
    private static final long MONDAY = -3 * 86_400L;

    private CellOfWeek() {}

    static long number(Instant at) {
        return Math.floorDiv(at.getEpochSecond() - MONDAY, SECONDS);
    }

    /** Its place in any week. */
    static int cell(long number) {
        return Math.floorMod(number, WeekHistogram.CELLS);
    }

    /** Which week it is of; the first or the last that two bytes hold where it is beyond. */
    static int week(long number) {
        return Math.clamp(Math.floorDiv(number, WeekHistogram.CELLS), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** When it begins, in seconds since 1970. */
    static long start(long number) {
        return MONDAY + number * SECONDS;
    }

    static double seconds(Instant at) {
        return at.getEpochSecond() + at.getNano() / 1e9;
    }
}
