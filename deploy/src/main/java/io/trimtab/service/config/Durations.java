package io.trimtab.service.config;

import io.trimtab.ingest.model.Spans;
import java.time.Duration;

/** Durations as Kubernetes and Prometheus users write them: {@code 90s}, {@code 1h30m}, {@code 8d}. */
public final class Durations {
    private Durations() {}

    /**
     * @param setting named in the error
     * @throws SettingsException if the text is no duration
     */
    public static Duration parse(String setting, String text) {
        return Spans.parse(text)
                .orElseThrow(() -> new SettingsException(
                        "%s (%s) must be a duration such as 90s, 5m, 24h or 8d".formatted(setting, text)));
    }
}
