package io.trimtab.service.zero;

import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.triggers.Trigger;
import java.util.Map;

/** Makes a trigger of an object's words. */
@FunctionalInterface
public interface TriggerOpening {
    /** @throws IllegalArgumentException naming the field, its value and what it must be */
    Trigger open(TriggerSpec spec, String namespace, Map<String, String> authentication);
}
