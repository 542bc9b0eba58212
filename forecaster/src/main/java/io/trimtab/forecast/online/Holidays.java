package io.trimtab.forecast.online;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * Days on which people stay at home: each is expected to be like a Sunday, and is not learned as the weekday that it is.
 *
 * @param zone where the days begin and end
 */
public record Holidays(Set<LocalDate> dates, ZoneId zone) {
    public static final Holidays NONE = new Holidays(Set.of(), ZoneOffset.UTC);

    private static final int DAY = 24;
    private static final int DAYS = 7;
    private static final long HOUR_SECONDS = 3600;

    public Holidays {
        dates = Set.copyOf(dates);
    }

    /**
     * Whether it is one that is no Sunday anyway.
     *
     * @param hour since 1970
     */
    boolean falls(int hour) {
        if (dates.isEmpty()) return false;
        ZonedDateTime start = start(hour);
        return start.getDayOfWeek() != DayOfWeek.SUNDAY && dates.contains(start.toLocalDate());
    }

    /**
     * The step of the Sunday's hour that an hour of a holiday is expected to be like.
     *
     * @param first the hour of step 0, since 1970
     * @param step in 0..167
     * @return in 0..167, of the same hour of the day
     */
    int likeStep(int first, int step) {
        int days =
                DayOfWeek.SUNDAY.getValue() - start(first + step).getDayOfWeek().getValue();
        return Math.floorMod(step + DAY * days, DAY * DAYS);
    }

    private ZonedDateTime start(int hour) {
        return Instant.ofEpochSecond(hour * HOUR_SECONDS).atZone(zone);
    }
}
