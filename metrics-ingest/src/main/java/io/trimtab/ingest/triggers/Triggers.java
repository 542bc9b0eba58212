package io.trimtab.ingest.triggers;

import io.trimtab.ingest.PodLookup;
import io.trimtab.ingest.model.TriggerSpec;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every kind of trigger that can be read. Closing it ends the connections of every reader that it made. */
public final class Triggers implements AutoCloseable {
    private final SortedMap<String, TriggerType> types = new TreeMap<>();
    private final HttpSources http;

    private Triggers(List<TriggerType> types, HttpSources http) {
        this.http = http;
        types.forEach(type -> this.types.put(type.name(), type));
    }

    /** @param pods what is counted by triggers that count pods */
    public static Triggers reading(PodLookup pods) {
        HttpSources http = new HttpSources();
        return new Triggers(
                List.of(new PrometheusTrigger(http), new KubernetesWorkloadTrigger(pods), new MetricsApiTrigger(http)),
                http);
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

    @Override
    public void close() {
        http.close();
    }
}
