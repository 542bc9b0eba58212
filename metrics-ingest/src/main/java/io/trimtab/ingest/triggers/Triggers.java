package io.trimtab.ingest.triggers;

import io.trimtab.ingest.model.TriggerSpec;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every kind of trigger that can be read. */
public final class Triggers {
    private final SortedMap<String, TriggerType> types = new TreeMap<>();

    Triggers(List<TriggerType> types) {
        types.forEach(type -> this.types.put(type.name(), type));
    }

    /** Their names, as KEDA has them. */
    public SortedSet<String> names() {
        return new TreeSet<>(types.keySet());
    }

    /**
     * @param namespace of the object that has it
     * @param authentication parameters that its TriggerAuthentication gives; empty without one
     * @throws IllegalArgumentException naming the field, its value and what it must be
     */
    public Trigger open(TriggerSpec spec, String namespace, Map<String, String> authentication) {
        TriggerType type = types.get(spec.type());
        if (type == null)
            throw new IllegalArgumentException("type (%s) is not read here; the known ones are %s"
                    .formatted(spec.type(), String.join(", ", names())));
        return type.open(spec, namespace, authentication);
    }
}
