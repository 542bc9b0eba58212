package io.trimtab.ingest;

import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;

/** What the containers used. */
@FunctionalInterface
public interface UsageSource {
    /**
     * @return what the source could answer; what it could not is in {@link UsageBatch#gaps}
     * @throws IngestException if it could answer nothing at all, or broke off so that the same is worth asking again
     */
    UsageBatch read(UsageQuery query) throws IngestException;
}
