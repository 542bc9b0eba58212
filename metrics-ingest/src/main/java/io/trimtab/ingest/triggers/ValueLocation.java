package io.trimtab.ingest.triggers;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where in a tree of objects and lists a value is: the names of fields and the numbers of list elements on the way, from the root.
 *
 * @param counts whether the value is how many elements the list has that the steps lead to
 */
record ValueLocation(String written, List<String> steps, boolean counts) {
    private static final Pattern INDEX = Pattern.compile("\\d{1,9}");
    private static final Set<String> MODIFIERS = Set.of(
            "@reverse",
            "@ugly",
            "@pretty",
            "@this",
            "@valid",
            "@flatten",
            "@join",
            "@keys",
            "@values",
            "@tostr",
            "@fromstr",
            "@group",
            "@dig");

    ValueLocation {
        steps = List.copyOf(steps);
    }

    /**
     * In GJSON's form: {@code queue.depth}, {@code queues.0.depth}, {@code queues.#} for how many, {@code fav\.movie} for a dot in a name.
     *
     * @throws IllegalArgumentException naming what else GJSON knows and is not read here
     * @see "tidwall/gjson, SYNTAX.md"
     */
    static ValueLocation gjson(String text) {
        List<String> steps = new ArrayList<>();
        StringBuilder step = new StringBuilder();
        boolean escaped = false;
        boolean literal = false;
        boolean counts = false;
        for (int i = 0; i <= text.length(); i++) {
            char at = i < text.length() ? text.charAt(i) : '.';
            if (escaped && i < text.length()) {
                step.append(at);
                escaped = false;
                literal = true;
            } else if (at == '\\') {
                escaped = true;
            } else if (at == '.') {
                if (counts) throw refused(text, "# before its end");
                counts = !literal && step.toString().equals("#");
                if (!counts) steps.add(checked(text, step.toString(), literal));
                step.setLength(0);
                literal = false;
            } else {
                if (at == '*' || at == '?' || at == '|') throw refused(text, "an unescaped " + at);
                step.append(at);
            }
        }
        return new ValueLocation(text, steps, counts);
    }

    /** In KEDA's form for YAML: names and numbers with dots between, and nothing else has a meaning. */
    static ValueLocation plain(String text) {
        return new ValueLocation(text, List.of(text.split("\\.", -1)), false);
    }

    private static String checked(String text, String step, boolean literal) {
        if (step.isEmpty()) throw refused(text, "an empty step");
        if (literal) return step;
        if (step.startsWith("#")) throw refused(text, "a query");
        if (step.startsWith("{") || step.startsWith("[")) throw refused(text, "a multipath");
        if (step.startsWith("!")) throw refused(text, "a literal");
        if (MODIFIERS.contains(step.replaceAll(":.*", ""))) throw refused(text, "a modifier");
        return step;
    }

    private static IllegalArgumentException refused(String text, String what) {
        return new IllegalArgumentException(
                "metadata.valueLocation (%s) must be names and numbers with dots between, a # at most at its end; it has %s"
                        .formatted(text, what));
    }

    /** What was found. */
    sealed interface Found {
        /** @param text as written */
        record Digits(String text) implements Found {}

        record Text(String text) implements Found {}

        /** @param what such as {@code an object} */
        record Other(String what) implements Found {}

        record Nothing() implements Found {}
    }

    /**
     * Where a field is there twice, the first counts.
     *
     * @param json before its first token; read to its end
     * @throws IOException if what is read is malformed
     */
    Found find(JsonParser json) throws IOException {
        if (json.nextToken() == null) throw new JsonParseException(json, "is empty");
        Found found = at(json, 0);
        if (json.currentToken() != null) while (json.nextToken() != null) json.skipChildren();
        return found;
    }

    private Found at(JsonParser json, int depth) throws IOException {
        JsonToken token = json.currentToken();
        if (depth == steps.size()) {
            if (!counts) return value(json);
            if (token == JsonToken.START_ARRAY) return count(json);
            return token == JsonToken.START_OBJECT ? field(json, "#", depth + 1) : new Found.Nothing();
        }
        String step = steps.get(depth);
        if (token == JsonToken.START_OBJECT) return field(json, step, depth + 1);
        if (token == JsonToken.START_ARRAY && INDEX.matcher(step).matches())
            return element(json, Integer.parseInt(step), depth + 1);
        return new Found.Nothing();
    }

    private Found field(JsonParser json, String name, int depth) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals(name);
            json.nextToken();
            if (wanted) return depth > steps.size() ? value(json) : at(json, depth);
            json.skipChildren();
        }
        return new Found.Nothing();
    }

    private Found element(JsonParser json, int index, int depth) throws IOException {
        for (int i = 0; isElement(json); i++) {
            if (i == index) return at(json, depth);
            json.skipChildren();
        }
        return new Found.Nothing();
    }

    private static Found count(JsonParser json) throws IOException {
        int count = 0;
        for (; isElement(json); count++) json.skipChildren();
        return new Found.Digits(Integer.toString(count));
    }

    private static boolean isElement(JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        return token != null && token != JsonToken.END_ARRAY;
    }

    private static Found value(JsonParser json) throws IOException {
        // It would be read as a text that says its name.
        if (json instanceof YAMLParser yaml && yaml.isCurrentAlias()) return new Found.Other("an alias");
        JsonToken token = Optional.ofNullable(json.currentToken()).orElse(JsonToken.NOT_AVAILABLE);
        return switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Found.Digits(json.getText());
            case VALUE_STRING -> new Found.Text(json.getText());
            case VALUE_TRUE, VALUE_FALSE -> new Found.Other("a boolean");
            case VALUE_NULL -> new Found.Other("null");
            case START_OBJECT -> new Found.Other("an object");
            case START_ARRAY -> new Found.Other("a list");
            default -> new Found.Nothing();
        };
    }
}
