package io.trimtab.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;

/** The description of REST, held against what REST answers: fields that lack and fields that nothing describes. */
public final class OpenApiDocument {
    private final JsonNode tree = new JsonMapper()
            .valueToTree(
                    new Yaml().<Map<String, Object>>load(OpenApiDocument.class.getResourceAsStream("/openapi.yaml")));

    JsonNode tree() {
        return tree;
    }

    /** @param path as the document has it */
    public void check(String path, JsonNode answer) {
        check(path, schema(path), answer);
    }

    void checkProblem(JsonNode answer) {
        check("problem", tree.path("components").path("schemas").path("Problem"), answer);
    }

    private JsonNode schema(String path) {
        JsonNode schema = tree.path("paths")
                .path(path)
                .path("get")
                .path("responses")
                .path("200")
                .path("content")
                .path("application/json")
                .path("schema");
        assertThat(schema.isMissingNode()).as(path).isFalse();
        return schema;
    }

    private void check(String where, JsonNode schema, JsonNode value) {
        if (schema.has("$ref")) {
            check(where, tree.at(schema.path("$ref").asText().substring(1)), value);
            return;
        }
        assertThat(typeOf(value, schema)).as("type of %s", where).isEqualTo(type(schema));
        if (value.isArray()) {
            value.forEach(item -> check(where + "[]", schema.path("items"), item));
            return;
        }
        if (schema.has("enum"))
            assertThat(schema.path("enum")).as("values of %s", where).contains(value);
        if (!value.isObject()) return;
        if (schema.has("additionalProperties")) {
            value.properties()
                    .forEach(field ->
                            check(where + "." + field.getKey(), schema.path("additionalProperties"), field.getValue()));
            return;
        }
        JsonNode properties = schema.path("properties");
        assertThat(properties.isMissingNode())
                .as("%s has fields that nothing describes", where)
                .isFalse();
        Set<String> required = new TreeSet<>();
        if (schema.has("required")) schema.path("required").forEach(name -> required.add(name.asText()));
        else properties.fieldNames().forEachRemaining(required::add);
        assertThat(value.properties().stream().map(Map.Entry::getKey)).as(where).containsAll(required);
        value.properties().forEach(field -> {
            assertThat(properties.has(field.getKey()))
                    .as("%s.%s is described", where, field.getKey())
                    .isTrue();
            check(where + "." + field.getKey(), properties.path(field.getKey()), field.getValue());
        });
    }

    private static String type(JsonNode schema) {
        return schema.path("type").asText();
    }

    /** The type of the value in the words of the schema; a null where one may be passes for what is expected. */
    private static String typeOf(JsonNode value, JsonNode schema) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? type(schema) : "number";
            case NULL -> schema.path("nullable").asBoolean() ? type(schema) : "null";
            case BINARY, MISSING, POJO -> "no JSON";
        };
    }
}
