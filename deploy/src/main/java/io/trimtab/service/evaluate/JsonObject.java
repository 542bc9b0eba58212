package io.trimtab.service.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object being read, field by field. Fields that nobody asked for are an error at {@link #end}, so a misspelt field is never ignored.
 * An absent field and a {@code null} one are both "not given"; {@link #has} tells them apart.
 */
final class JsonObject {
    private final String path;
    private final ObjectNode node;
    private final Set<String> known = new HashSet<>();

    private JsonObject(String path, ObjectNode node) {
        this.path = path;
        this.node = node;
    }

    /** @param path of the value itself; empty for the document */
    static JsonObject of(String path, JsonNode node) {
        if (!(node instanceof ObjectNode object))
            throw new EvaluateException(path.isEmpty() ? "." : path, "must be an object");
        return new JsonObject(path, object);
    }

    String path() {
        return path.isEmpty() ? "." : path;
    }

    /** A field that must be there. */
    JsonValue required(String name) {
        return optional(name).orElseThrow(() -> new EvaluateException(child(name), "is required"));
    }

    /** A field that may be absent or null. */
    Optional<JsonValue> optional(String name) {
        known.add(name);
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(new JsonValue(child(name), value));
    }

    /** Whether the field stands in the document, be it null. */
    boolean has(String name) {
        known.add(name);
        return node.has(name);
    }

    Optional<JsonObject> object(String name) {
        return optional(name).map(JsonValue::object);
    }

    /** The elements of a list; none when it is absent. */
    List<JsonValue> list(String name) {
        return optional(name).map(JsonValue::list).orElse(List.of());
    }

    /** The names that stand in the object, in its order; for objects whose keys are data. Marks them all as known. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        Iterator<String> all = node.fieldNames();
        all.forEachRemaining(names::add);
        known.addAll(names);
        return names;
    }

    /** @throws EvaluateException naming the first field that nobody asked for */
    void end() {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) throw new EvaluateException(child(name), "is not a known field");
        }
    }

    EvaluateException wrong(String name, String message) {
        return new EvaluateException(child(name), message);
    }

    private String child(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
