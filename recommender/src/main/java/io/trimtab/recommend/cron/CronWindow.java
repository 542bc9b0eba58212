package io.trimtab.recommend.cron;

import io.trimtab.recommend.cron.CronSchedule.Overlap;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** The time from each start to the next end, in one time zone. */
public record CronWindow(CronSchedule start, CronSchedule end, ZoneId zone) {
    public CronWindow {
        if (start.toString().equals(end.toString()))
            throw new IllegalArgumentException("start and end (%s) must differ".formatted(start));
    }

    /** @throws IllegalArgumentException if it is no IANA time zone */
    public static ZoneId zone(String text) {
        if (!ZoneId.getAvailableZoneIds().contains(text))
            throw new IllegalArgumentException("must be an IANA time zone such as Europe/Berlin");
        return ZoneId.of(text);
    }

    /** Whether the latest start is later than the latest end. */
    public boolean contains(Instant now) {
        Optional<Instant> started = start.latest(now, zone, Overlap.FIRST);
        if (started.isEmpty()) return false;
        return end.latest(now, zone, Overlap.SECOND)
                .map(ended -> started.get().isAfter(ended))
                .orElse(true);
    }
}
