package io.trimtab.ingest.triggers;

import io.trimtab.ingest.model.TriggerSpec;
import java.util.Map;

/** One kind of trigger. */
interface TriggerType {
    /** As KEDA names it. */
    String name();

    /**
     * @param spec of this type
     * @param namespace of the object that has it
     * @param authentication parameters that its TriggerAuthentication gives; empty without one
     * @throws IllegalArgumentException naming the field, its value and what it must be, such as {@code metadata.threshold (x) must be a number above 0}
     */
    Trigger open(TriggerSpec spec, String namespace, Map<String, String> authentication);
}
