package io.trimtab.ingest.triggers;

import io.trimtab.ingest.IngestException;
import java.math.BigDecimal;
import java.time.Instant;

/** Reads one number. Readers that are equal ask the same of the same source with the same credentials, so that one of them reads for all. */
public interface TriggerReader {
    /**
     * Which source it asks, for people and as the key of a circuit breaker, such as {@code http://prometheus:9090}; without credentials.
     */
    String source();

    /**
     * @param now the moment that counts as now
     * @return finite, in the source's unit; may be negative
     * @throws IngestException if there is no number: the source does not answer, refuses, has no sample, or says NaN
     */
    BigDecimal read(Instant now) throws IngestException;
}
