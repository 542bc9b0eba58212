package io.trimtab.ingest.model;

import java.util.Map;
import java.util.Optional;

/**
 * One trigger as its object has it, in KEDA's words.
 *
 * @param type such as {@code prometheus}
 * @param name unique within the object where it is given; formulas use it
 * @param metricType {@code AverageValue} or {@code Value}; empty: the type's own default
 * @param metadata as written, values trimmed of nothing
 */
public record TriggerSpec(
        String type,
        Optional<String> name,
        Optional<String> metricType,
        Map<String, String> metadata,
        Optional<AuthenticationRef> authentication) {
    public TriggerSpec {
        metadata = Map.copyOf(metadata);
    }

    /** @param cluster whether it names a ClusterTriggerAuthentication instead of a TriggerAuthentication of the object's namespace */
    public record AuthenticationRef(String name, boolean cluster) {}
}
