package io.trimtab.ingest.model;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Kubernetes and Prometheus users write them: {@code 90s}, {@code 1h30m}, {@code 8d}. */
public final class Spans {
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Spans() {}

    /** @return empty where the text is no duration */
    public static Optional<Duration> parse(String text) {
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
        return text.isEmpty() || at != text.length() ? Optional.empty() : Optional.of(sum);
    }
}
