package io.trimtab.service.zero;

import java.util.Optional;

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
        String[] parts = wanted.split("\\*", -1);
        if (parts.length == 1) return wanted.equals(text);
        String last = parts[parts.length - 1];
        if (!text.startsWith(parts[0])) return false;
        int at = parts[0].length();
        // The first place of each part is as good as any later one, so nothing is tried twice.
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0) return false;
            at = found + parts[i].length();
        }
        return text.length() - last.length() >= at && text.endsWith(last);
    }
}
