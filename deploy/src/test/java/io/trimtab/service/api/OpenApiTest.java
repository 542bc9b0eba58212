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
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description of REST is what REST does. */
class OpenApiTest {
    private static final JsonMapper JSON = new JsonMapper();
    private final OpenApiDocument document = new OpenApiDocument();

    @Test
    void describesEachRouteAndNoOther() {
        Set<String> described = new TreeSet<>();
        document.tree()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> described.add(method + " " + path.getKey())));

        assertThat(described).isEqualTo(routes());
    }

    @Test
    void eachAnswerHasTheFieldsThatItsSchemaNames() throws Exception {
        try (Served demo = Served.readyDemo()) {
            for (String path : List.of(
                    "recommendations",
                    "workloads",
                    "policies",
                    "nodes",
                    "nodes/plan",
                    "nodes/objects",
                    "costs",
                    "zero",
                    "plan",
                    "status")) {
                document.check(
                        "/api/v1/" + path,
                        JSON.readTree(demo.get("/api/v1/" + path).body()));
            }
            String id = JSON.readTree(
                            demo.get("/api/v1/recommendations?kind=Resize").body())
                    .path("items")
                    .path(0)
                    .path("id")
                    .asText();
            document.check(
                    "/api/v1/recommendations/{id}",
                    JSON.readTree(demo.get("/api/v1/recommendations/" + id).body()));
            document.check(
                    "/api/v1/recommendations/{namespace}/{kind}/{workload}/{subject}/explain",
                    JSON.readTree(demo.get("/api/v1/recommendations/" + id + "/explain", "Accept", "application/json")
                            .body()));
            String workload = JSON.readTree(demo.get("/api/v1/workloads").body())
                    .path("items")
                    .path(0)
                    .path("id")
                    .asText();
            document.check(
                    "/api/v1/workloads/{id}",
                    JSON.readTree(demo.get("/api/v1/workloads/" + workload).body()));
            document.check(
                    "/api/v1/workloads/{namespace}/{kind}/{name}/forecast",
                    JSON.readTree(demo.get("/api/v1/workloads/" + workload + "/forecast")
                            .body()));
            String namespace = JSON.readTree(demo.get("/api/v1/costs").body())
                    .at("/rows/0/key")
                    .asText();
            document.check(
                    "/api/v1/namespaces/{namespace}/forecast",
                    JSON.readTree(demo.get("/api/v1/namespaces/" + namespace + "/forecast")
                            .body()));
            String pool = JSON.readTree(demo.get("/api/v1/nodes").body())
                    .at("/pools/0/name")
                    .asText();
            document.check(
                    "/api/v1/node-pools/{pool}/forecast",
                    JSON.readTree(
                            demo.get("/api/v1/node-pools/" + pool + "/forecast").body()));
            for (String path : List.of("/health/liveness", "/health/readiness"))
                document.check(path, JSON.readTree(demo.get(path).body()));
            document.checkProblem(JSON.readTree(demo.get("/api/v1/nowhere").body()));
        }
    }

    @Test
    void namesEveryKindOfEvaluate() {
        JsonNode kinds = document.tree().at("/paths/~1api~1v1~1evaluate~1{kind}/post/parameters/0/schema/enum");

        assertThat(kinds.valueStream().map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(Evaluator.create().kinds());
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
