package io.trimtab.service.zero;

import java.util.Optional;

/** What matters of a CloudEvent; {@code id} and {@code source} together tell one event from another. */
public record WakeEvent(String id, String source, String type, Optional<String> subject) {}
