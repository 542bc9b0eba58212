package io.trimtab.service.cli;

import io.trimtab.forecast.online.Holidays;
import io.trimtab.service.config.SettingsException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Days that are unlike other days of their week. */
final class HolidayOptions {
    @Option(
            names = "--holidays",
            paramLabel = "DATE",
            split = ",",
            defaultValue = "${env:TRIMTAB_HOLIDAYS}",
            description = "Days such as 2026-12-25,2026-12-26 that are expected to be like a Sunday, and not learned as"
                    + " the weekday that they are.")
    private List<String> dates = List.of();

    @Option(
            names = "--holidays-zone",
            paramLabel = "ZONE",
            defaultValue = "${env:TRIMTAB_HOLIDAYS_ZONE:-UTC}",
            description = "The time zone in which they begin and end, such as Europe/Berlin (default:"
                    + " ${DEFAULT-VALUE}).")
    private String zone = "UTC";

    Holidays settings() {
        Set<LocalDate> days = new HashSet<>();
        for (String date : dates) {
            try {
                days.add(LocalDate.parse(date.strip()));
            } catch (DateTimeParseException e) {
                throw new SettingsException("--holidays (%s) must be dates such as 2026-12-25".formatted(date));
            }
        }
        try {
            return new Holidays(days, ZoneId.of(zone));
        } catch (DateTimeException e) {
            throw new SettingsException(
                    "--holidays-zone (%s) must be a time zone such as Europe/Berlin".formatted(zone));
        }
    }
}
