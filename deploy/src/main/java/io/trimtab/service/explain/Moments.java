package io.trimtab.service.explain;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says moments to the minute. */
final class Moments {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Moments() {}

    static String of(Instant moment) {
        return FORMAT.format(moment);
    }
}
