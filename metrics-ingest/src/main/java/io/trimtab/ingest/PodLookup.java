package io.trimtab.ingest;

import io.trimtab.ingest.model.Pod;
import java.util.List;

/** Finds the pods of one namespace without copying those of the others. */
@FunctionalInterface
public interface PodLookup {
    /**
     * @return in no order; empty for a namespace that is not known
     * @throws IngestException if what is known is no longer kept up to date
     */
    List<Pod> pods(String namespace) throws IngestException;
}
