package io.trimtab.service.zero;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.triggers.TriggerReader;
import java.math.BigDecimal;
import java.time.Instant;

/** How a reader is asked; a circuit breaker stands here. */
@FunctionalInterface
public interface TriggerAsking {
    /** @throws IngestException if there is no number now */
    BigDecimal ask(TriggerReader reader, Instant now) throws IngestException;
}
