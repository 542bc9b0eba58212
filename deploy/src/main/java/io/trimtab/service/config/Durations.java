package io.trimtab.service.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Kubernetes and Prometheus users write them: {@code 90s}, {@code 1h30m}, {@code 8d}. */
public final class Durations {
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Durations() {}

    /**
     * @param setting named in the error
     * @throws SettingsException if the text is no duration
     */
    public static Duration parse(String setting, String text) {
        Matcher matcher = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (matcher.find() && matcher.start() == at) {
            long count = Long.parseLong(matcher.group(1));
            sum = sum.plus(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(count);
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    });
            at = matcher.end();
        }
        if (text.isEmpty() || at != text.length()) {
            throw new SettingsException(
                    "%s (%s) must be a duration such as 90s, 5m, 24h or 8d".formatted(setting, text));
        }
        return sum;
    }
}
