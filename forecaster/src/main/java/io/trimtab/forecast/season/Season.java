package io.trimtab.forecast.season;

/**
 * The periods of a series, in samples.
 *
 * @param shorter such as the 24 hours of a day; 1 when the series has no season
 * @param longer such as the 168 hours of a week; a multiple of the shorter one, or equal to it
 */
public record Season(int shorter, int longer) {
    public static final Season HOURLY = new Season(24, 168);

    public Season {
        if (shorter < 1) throw new IllegalArgumentException("shorter (%d) must be >= 1".formatted(shorter));
        if (longer < shorter || longer % shorter != 0)
            throw new IllegalArgumentException("longer (%d) must be a multiple of %d".formatted(longer, shorter));
    }
}
