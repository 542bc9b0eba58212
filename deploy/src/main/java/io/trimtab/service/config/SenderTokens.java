package io.trimtab.service.config;

/**
 * Who may send what.
 *
 * @param events of {@code POST /api/v1/events}
 * @param write of {@code POST /api/v1/write}, {@code POST /v1/metrics} and the port of gRPC
 */
public record SenderTokens(SenderToken events, SenderToken write) {
    /** @throws SettingsException if a file cannot be read or is empty */
    public static SenderTokens of(Settings settings) {
        return new SenderTokens(
                new SenderToken("--events-token-file", settings.eventsToken()),
                new SenderToken("--write-token-file", settings.writeToken()));
    }
}
