package io.trimtab.service.differential;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the controller keeps of one autoscaler: what was recommended before limits, and what was done. */
final class KeptHistory {
    private record Entry(int replicas, Instant at) {}

    private final List<Entry> recommendations = new ArrayList<>();
    private final List<Entry> ups = new ArrayList<>();
    private final List<Entry> downs = new ArrayList<>();

    void recommended(int replicas, Instant at) {
        recommendations.add(new Entry(replicas, at));
    }

    void scaled(int from, int to, Instant at) {
        if (to > from) ups.add(new Entry(to - from, at));
        if (to < from) downs.add(new Entry(from - to, at));
    }

    /** As a document of kind {@code replicas} has it. */
    ObjectNode asOf(Instant now) {
        ObjectNode history = JsonNodeFactory.instance.objectNode();
        add(history, "scaleUps", "change", ups, now);
        add(history, "scaleDowns", "change", downs, now);
        add(history, "recommendations", "replicas", recommendations, now);
        return history;
    }

    private static void add(ObjectNode history, String list, String number, List<Entry> entries, Instant now) {
        var array = history.putArray(list);
        for (Entry entry : entries) {
            long age = Math.max(0, Duration.between(entry.at, now).toMillis());
            array.addObject().put(number, entry.replicas).put("age", age + "ms");
        }
    }
}
