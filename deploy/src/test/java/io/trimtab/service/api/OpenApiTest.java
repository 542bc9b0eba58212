package io.trimtab.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.trimtab.service.Served;
import io.trimtab.service.evaluate.Evaluator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The description of REST is what REST does. */
class OpenApiTest {
    private static final JsonMapper JSON = new JsonMapper();
    private final JsonNode document = JSON.valueToTree(
            new Yaml().<Map<String, Object>>load(OpenApiTest.class.getResourceAsStream("/openapi.yaml")));

    @Test
    void describesEachRouteAndNoOther() {
        Set<String> described = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> described.add(method + " " + path.getKey())));

        assertThat(described).isEqualTo(routes());
    }

    @Test
    void eachAnswerHasTheFieldsThatItsSchemaNames() throws Exception {
        try (Served demo = Served.readyDemo()) {
            for (String path :
                    List.of("recommendations", "workloads", "policies", "nodes", "costs", "plan", "status")) {
                check(
                        path,
                        schema("/api/v1/" + path),
                        JSON.readTree(demo.get("/api/v1/" + path).body()));
            }
            String id = JSON.readTree(
                            demo.get("/api/v1/recommendations?kind=Resize").body())
                    .path("items")
                    .path(0)
                    .path("id")
                    .asText();
            check(
                    "evidence",
                    schema("/api/v1/recommendations/{id}"),
                    JSON.readTree(demo.get("/api/v1/recommendations/" + id).body()));
            for (String path : List.of("/health/liveness", "/health/readiness"))
                check(path, schema(path), JSON.readTree(demo.get(path).body()));
            check(
                    "problem",
                    document.path("components").path("schemas").path("Problem"),
                    JSON.readTree(demo.get("/api/v1/nowhere").body()));
        }
    }

    @Test
    void namesEveryKindOfEvaluate() {
        JsonNode kinds = document.at("/paths/~1api~1v1~1evaluate~1{kind}/post/parameters/0/schema/enum");

        assertThat(kinds.valueStream().map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(Evaluator.create().kinds());
    }

    private JsonNode schema(String path) {
        JsonNode schema = document.path("paths")
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
            check(where, document.at(schema.path("$ref").asText().substring(1)), value);
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

    private static Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().importPackages("io.trimtab.service.api")) {
            if (!type.isAnnotatedWith(Controller.class)) continue;
            String root = type.getAnnotationOfType(Controller.class).value();
            for (JavaMethod method : type.getMethods()) {
                if (method.isAnnotatedWith(Get.class))
                    routes.add("get "
                            + path(root, method.getAnnotationOfType(Get.class).value()));
                if (method.isAnnotatedWith(Post.class))
                    routes.add("post "
                            + path(root, method.getAnnotationOfType(Post.class).value()));
            }
        }
        return routes;
    }

    private static String path(String root, String path) {
        String whole = (root + path).replace("{+", "{").replaceAll("//+", "/");
        return whole.length() > 1 && whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
    }
}
