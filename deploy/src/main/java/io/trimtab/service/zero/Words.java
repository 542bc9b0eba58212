package io.trimtab.service.zero;

import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.service.config.Durations;
import io.trimtab.service.config.SettingsException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** A trigger's metadata, read word by word; what nobody asked for is named at the end. */
final class Words {
    static final Duration EVENT_WINDOW = Duration.ofMinutes(1);
    private static final BigDecimal LEAST = new BigDecimal("0.001");
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    private final TriggerSpec spec;
    private final String path;
    private final List<String> notSupported;
    private final SortedSet<String> left;

    Words(TriggerSpec spec, String path, List<String> notSupported) {
        this.spec = spec;
        this.path = path;
        this.notSupported = notSupported;
        this.left = new TreeSet<>(spec.metadata().keySet());
    }

    <T> T required(String key, Function<String, T> parse) {
        return optional(key, parse)
                .orElseThrow(() -> new IllegalArgumentException("metadata.%s is required".formatted(key)));
    }

    <T> Optional<T> optional(String key, Function<String, T> parse) {
        left.remove(key);
        return Optional.ofNullable(spec.metadata().get(key))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> {
                    try {
                        return parse.apply(text);
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException(
                                "metadata.%s (%s) %s".formatted(key, text, e.getMessage()), e);
                    }
                });
    }

    void end() {
        left.forEach(key -> notSupported.add("%s.metadata.%s is not known and not read".formatted(path, key)));
        spec.authentication()
                .ifPresent(reference -> notSupported.add(
                        "%s.authenticationRef is not used by a %s trigger".formatted(path, spec.type())));
    }

    static int count(String text) {
        if (!text.matches("\\d{1,9}")) throw new IllegalArgumentException("must be a whole number of replicas");
        return Integer.parseInt(text);
    }

    static BigDecimal amount(String text) {
        BigDecimal amount = text.matches("\\d{1,15}(\\.\\d{1,9})?") ? new BigDecimal(text) : BigDecimal.ZERO;
        if (amount.compareTo(LEAST) < 0) throw new IllegalArgumentException("must be a number of at least 0.001");
        return amount;
    }

    static Duration span(String text) {
        Duration span = duration(text);
        if (!span.isPositive() || span.compareTo(LONGEST_WINDOW) > 0)
            throw new IllegalArgumentException("must be above 0 and 1h at most");
        return span;
    }

    private static Duration duration(String text) {
        try {
            return Durations.parse("window", text);
        } catch (SettingsException e) {
            throw new IllegalArgumentException("must be a duration such as 90s or 5m", e);
        }
    }
}
