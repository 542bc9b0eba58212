package io.trimtab.recommend.cron;

import io.trimtab.recommend.cron.CronSchedule.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** In force for some time, as a clock that never leaps counts it, from each moment of a cron line on. */
public record CronPeriod(CronSchedule opens, Duration length, ZoneId zone) {
    public CronPeriod {
        if (!length.isPositive()) throw new IllegalArgumentException("for (%s) must be above 0".formatted(length));
    }

    /** The moment of its end is outside. */
    public boolean isOpen(Instant now) {
        return openUntil(now).isPresent();
    }

    /** @return when the one that is in force ends; empty where none is */
    public Optional<Instant> openUntil(Instant now) {
        return opens.latest(now, zone, Overlap.FIRST)
                .map(opened -> opened.plus(length))
                .filter(end -> end.isAfter(now));
    }

    /** @return empty where it does not open within 8 years */
    public Optional<Instant> nextOpening(Instant now) {
        return opens.next(now, zone, Overlap.FIRST);
    }

    /** The cron line and its time zone. */
    public String schedule() {
        return opens + " " + zone;
    }
}
