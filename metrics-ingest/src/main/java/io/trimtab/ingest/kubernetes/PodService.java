package io.trimtab.ingest.kubernetes;

import java.util.Map;

/**
 * What is kept of a Service.
 *
 * @param selector labels that its pods have; without any it has no pods that it finds by itself
 */
record PodService(String namespace, Map<String, String> labels, Map<String, String> selector) {
    boolean leadsTo(Map<String, String> podLabels) {
        return !selector.isEmpty() && podLabels.entrySet().containsAll(selector.entrySet());
    }
}
