package io.trimtab.service.zero;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.TriggerSpec;
import java.util.Map;

/** Where the parameters come from that an object's {@code authenticationRef} names. */
public interface Authentication {
    /**
     * @param namespace of the object
     * @throws IngestException if it is missing or may not be read
     */
    Map<String, String> parameters(String namespace, TriggerSpec.AuthenticationRef reference) throws IngestException;

    /** Reads them anew the next time: a source refuses what was read before. */
    void forget(String namespace, TriggerSpec.AuthenticationRef reference);
}
