package io.trimtab.ingest.promql;

import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.usage.Samples;
import java.util.List;
import java.util.Map;

/**
 * What one request, or several that follow each other, brought.
 *
 * @param dropped samples that were NaN, infinite, negative or out of order
 * @param unnamed series without namespace, pod or container
 * @param warnings of the store, in its words
 */
record Answer(Map<ContainerId, Samples> series, long dropped, long unnamed, List<String> warnings) {
    long samples() {
        return series.values().stream().mapToLong(Samples::size).sum();
    }
}
