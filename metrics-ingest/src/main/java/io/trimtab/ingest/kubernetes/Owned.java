package io.trimtab.ingest.kubernetes;

import java.util.Map;
import java.util.Optional;

/**
 * A record and the object that controls it directly.
 *
 * @param podLabels of its pod template
 */
record Owned<R>(R record, Optional<ControllerRef> controller, Map<String, String> podLabels) {
    Owned {
        podLabels = Map.copyOf(podLabels);
    }
}
