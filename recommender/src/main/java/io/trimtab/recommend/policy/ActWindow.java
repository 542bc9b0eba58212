package io.trimtab.recommend.policy;

import io.trimtab.recommend.zero.cron.CronSchedule;
import io.trimtab.recommend.zero.cron.CronSchedule.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Open for some time from each moment of a cron line on. */
public record ActWindow(CronSchedule opens, Duration length, ZoneId zone) {
    public ActWindow {
        if (!length.isPositive()) throw new IllegalArgumentException("for (%s) must be above 0".formatted(length));
    }

    /** The moment of its end is outside. */
    public boolean isOpen(Instant now) {
        return opens.latest(now, zone, Overlap.FIRST)
                .filter(opened -> opened.plus(length).isAfter(now))
                .isPresent();
    }

    /** @return empty where it does not open within 8 years */
    public Optional<Instant> nextOpening(Instant now) {
        return opens.next(now, zone, Overlap.FIRST);
    }
}
