package io.trimtab.ingest.kubernetes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that is known as a tree only. Every complaint is an IllegalArgumentException with the field's path, its value and what
 * it must be; what is set and not used is told, one line for each.
 */
final class Fields {
    private static final Set<Object> NOTHING = Set.of(false, "", List.of(), Map.of());

    private final String path;
    private final Map<?, ?> values;
    private final Consumer<String> notSupported;
    private final Set<String> asked = new HashSet<>();

    private Fields(String path, Map<?, ?> values, Consumer<String> notSupported) {
        this.path = path;
        this.values = values;
        this.notSupported = notSupported;
    }

    /**
     * @param value of the whole; must be an object
     * @param notSupported takes the lines
     */
    static Fields of(String path, @Nullable Object value, Consumer<String> notSupported) {
        if (value instanceof Map<?, ?> map) return new Fields(path, map, notSupported);
        throw new IllegalArgumentException(
                value == null ? path + " must be there" : "%s (%s) must be an object".formatted(path, value));
    }

    /** Empty where the text is. */
    Optional<String> text(String name) {
        Optional<Object> value = value(name);
        if (value.isPresent() && !(value.get() instanceof String)) throw wrong(name, value.get(), "a string");
        return value.map(String.class::cast).filter(text -> !text.isEmpty());
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException("%s must be there".formatted(at(name))));
    }

    Optional<Integer> integer(String name) {
        Optional<Object> value = value(name);
        if (value.isPresent() && !(value.get() instanceof Integer)) throw wrong(name, value.get(), "a whole number");
        return value.map(Integer.class::cast);
    }

    Optional<Fields> object(String name) {
        return value(name).map(value -> of(at(name), value, notSupported));
    }

    /** Empty where there is no such list. */
    List<Fields> objects(String name) {
        Optional<Object> value = value(name);
        if (value.isEmpty()) return List.of();
        if (!(value.get() instanceof List<?> list)) throw wrong(name, value.get(), "a list");
        List<Fields> objects = new ArrayList<>();
        for (int i = 0; i < list.size(); i++)
            objects.add(of("%s[%d]".formatted(at(name), i), list.get(i), notSupported));
        return objects;
    }

    /** Empty where there is no such object. */
    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(name)
                .ifPresent(fields -> fields.values.forEach((key, value) -> {
                    if (!(value instanceof String text)) throw fields.wrong(String.valueOf(key), value, "a string");
                    texts.put(String.valueOf(key), text);
                }));
        return texts;
    }

    /** Tells that a field has no effect where it is set to anything but {@code false} or nothing. */
    void unused(String name, String meaning) {
        value(name)
                .filter(value -> !NOTHING.contains(value))
                .ifPresent(value -> notSupported.accept("%s: %s".formatted(at(name), meaning)));
    }

    /** Knowingly passes over a field. */
    void ignore(String name) {
        asked.add(name);
    }

    /** Tells of every field that nobody asked for. */
    void end() {
        Set<String> others = new TreeSet<>();
        values.keySet().forEach(key -> others.add(String.valueOf(key)));
        others.removeAll(asked);
        others.forEach(name -> notSupported.accept("%s: is not known here and has no effect".formatted(at(name))));
    }

    IllegalArgumentException wrong(String name, @Nullable Object value, String must) {
        return new IllegalArgumentException("%s (%s) must be %s".formatted(at(name), value, must));
    }

    String at(String name) {
        return path + "." + name;
    }

    private Optional<Object> value(String name) {
        asked.add(name);
        return Optional.ofNullable(values.get(name));
    }
}
