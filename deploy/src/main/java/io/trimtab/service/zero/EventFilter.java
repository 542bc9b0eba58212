package io.trimtab.service.zero;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which events wake a workload: each attribute that is given must match whole; {@code *} stands for any characters.
 */
record EventFilter(String type, Optional<String> source, Optional<String> subject) {
    boolean matches(WakeEvent event) {
        return matches(type, event.type())
                && source.map(wanted -> matches(wanted, event.source())).orElse(true)
                && subject.map(wanted -> matches(wanted, event.subject().orElse("")))
                        .orElse(true);
    }

    private static boolean matches(String wanted, String text) {
        if (wanted.indexOf('*') < 0) return wanted.equals(text);
        String expression =
                Stream.of(wanted.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(expression, Pattern.DOTALL).matcher(text).matches();
    }
}
