package io.trimtab.recommend.cron;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * A cron line of five fields (minute, hour, day of month, month, day of week), as KEDA reads them: lists, ranges, steps, names,
 * {@code *} and {@code ?}; where both fields of the day are narrowed, either one is enough.
 */
public final class CronSchedule {
    /** Which of the two moments counts where a local time occurs twice. */
    public enum Overlap {
        FIRST,
        SECOND
    }

    private static final int FIELDS = 5;

    /** Leap days are up to 8 years apart, around a year such as 2100. */
    private static final int DAYS = 8 * 366 + 1;

    private final String text;
    private final CronField minutes;
    private final CronField hours;
    private final CronField days;
    private final CronField months;
    private final CronField weekdays;

    private CronSchedule(String text, CronField[] fields) {
        this.text = text;
        this.minutes = fields[0];
        this.hours = fields[1];
        this.days = fields[2];
        this.months = fields[3];
        this.weekdays = fields[4];
    }

    /** @throws IllegalArgumentException if the line is malformed or no day of any year fits it */
    public static CronSchedule parse(String line) {
        String[] parts = line.strip().split("\\s+");
        if (parts.length != FIELDS)
            throw new IllegalArgumentException(
                    "a cron line has five fields (minute, hour, day of month, month, day of week), this has "
                            + parts.length);
        CronField.Kind[] kinds = {CronField.MINUTE, CronField.HOUR, CronField.DAY, CronField.MONTH, CronField.WEEKDAY};
        CronField[] fields = new CronField[FIELDS];
        for (int i = 0; i < FIELDS; i++) fields[i] = CronField.parse(kinds[i], parts[i]);
        CronSchedule schedule = new CronSchedule(line, fields);
        if (!schedule.everFires()) throw new IllegalArgumentException("it never fires: no month has such a day");
        return schedule;
    }

    private boolean everFires() {
        if (!weekdays.any()) return true;
        for (int month = 1; month <= 12; month++) {
            // A leap year, so that 29 February counts.
            int length = LocalDate.of(2024, month, 1).lengthOfMonth();
            for (int day = 1; day <= length; day++) if (months.has(month) && days.has(day)) return true;
        }
        return false;
    }

    /**
     * When it last fired, at or before a moment. A local time that the clocks leap over happens when they have leapt.
     *
     * @return empty where it did not fire within the last 8 years
     */
    public Optional<Instant> latest(Instant now, ZoneId zone, Overlap overlap) {
        ZoneRules rules = zone.getRules();
        // A day ahead, because moments move where clocks leap.
        LocalDate first = now.atZone(zone).toLocalDate().plusDays(1);
        for (int back = 0; back < DAYS; back++) {
            LocalDate date = first.minusDays(back);
            if (!matches(date)) continue;
            for (long h = hours.bits(); h != 0; h ^= Long.highestOneBit(h)) {
                for (long m = minutes.bits(); m != 0; m ^= Long.highestOneBit(m)) {
                    Instant fired = moment(date.atTime(highest(h), highest(m)), rules, overlap);
                    if (!fired.isAfter(now)) return Optional.of(fired);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * When it fires next, after a moment.
     *
     * @return empty where it does not fire within the next 8 years
     */
    public Optional<Instant> next(Instant after, ZoneId zone, Overlap overlap) {
        ZoneRules rules = zone.getRules();
        // A day back, because moments move where clocks leap.
        LocalDate first = after.atZone(zone).toLocalDate().minusDays(1);
        for (int ahead = 0; ahead < DAYS; ahead++) {
            LocalDate date = first.plusDays(ahead);
            if (!matches(date)) continue;
            for (long h = hours.bits(); h != 0; h &= h - 1) {
                for (long m = minutes.bits(); m != 0; m &= m - 1) {
                    int hour = Long.numberOfTrailingZeros(h);
                    int minute = Long.numberOfTrailingZeros(m);
                    Instant fires = moment(date.atTime(hour, minute), rules, overlap);
                    if (fires.isAfter(after)) return Optional.of(fires);
                }
            }
        }
        return Optional.empty();
    }

    private static int highest(long bits) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
    }

    private boolean matches(LocalDate date) {
        if (!months.has(date.getMonthValue())) return false;
        boolean day = days.has(date.getDayOfMonth());
        boolean weekday = weekdays.has(date.getDayOfWeek().getValue() % 7);
        boolean bothMustFit = days.any() || weekdays.any();
        return bothMustFit ? (day && weekday) : (day || weekday);
    }

    private static Instant moment(LocalDateTime local, ZoneRules rules, Overlap overlap) {
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null) return local.toInstant(rules.getOffset(local));
        if (transition.isGap()) return transition.getInstant();
        ZoneOffset offset = overlap == Overlap.FIRST ? transition.getOffsetBefore() : transition.getOffsetAfter();
        return local.toInstant(offset);
    }

    /** The line as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
