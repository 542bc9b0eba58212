package io.trimtab.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trimtab.service.Served;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static Served demo;

    @BeforeAll
    static void start() throws Exception {
        demo = Served.readyDemo();
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"recommendations", "workloads", "nodes", "nodes/plan", "nodes/objects", "costs", "plan", "status"
            })
    void marksASimulatedCluster(String path) throws Exception {
        HttpResponse<String> answer = demo.get("/api/v1/" + path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Trimtab-Cluster")).contains("simulated");
        assertThat(json(answer).path("simulated").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"recommendations", "workloads", "nodes", "nodes/plan", "costs", "plan", "status"})
    void answersWhatTheCallerHasWith304(String path) throws Exception {
        String tag = demo.get("/api/v1/" + path).headers().firstValue("ETag").orElseThrow();

        assertThat(demo.get("/api/v1/" + path, "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(demo.get("/api/v1/" + path, "If-None-Match", "\"other\", W/" + tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(demo.get("/api/v1/" + path, "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void everyNodeSaysWhatBecomesOfIt() throws Exception {
        JsonNode nodes = json(demo.get("/api/v1/nodes?limit=1000"));

        assertThat(nodes.path("items").size())
                .isPositive()
                .isEqualTo(nodes.path("total").asInt());
        nodes.path("items").forEach(node -> {
            JsonNode decision = node.path("decision");
            if (decision.path("action").asText().equals("remove"))
                assertThat(decision.path("wave").asInt()).isPositive();
            else {
                assertThat(decision.path("reason").path("message").asText()).containsPattern("[0-9]");
                assertThat(decision.path("savesPerMonth").decimalValue()).isNotNegative();
            }
        });
        assertThat(demo.get("/api/v1/nodes?action=up").statusCode()).isEqualTo(400);
    }

    @Test
    void thePlanIsAlsoSaidInObjectsOfOthers() throws Exception {
        JsonNode all = json(demo.get("/api/v1/nodes/objects?limit=1000"));
        HttpResponse<String> yaml = demo.get("/api/v1/nodes/objects?format=yaml&kind=pod");

        assertThat(all.path("items")).isNotEmpty().allSatisfy(object -> {
            assertThat(object.path("yaml").asText())
                    .startsWith("# " + object.path("says").asText())
                    .contains("\nkind: " + object.path("kind").asText() + "\n");
            assertThat(object.path("kind").asText()).isNotEqualTo("NodeClaim");
        });
        assertThat(yaml.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(yaml.body()).contains("kind: Pod", "pod-deletion-cost").doesNotContain("kind: NodeOverlay");
        assertThat(demo.get("/api/v1/nodes/objects?format=yaml&kind=Machine").body())
                .as("nothing is said of machines of a cluster without them")
                .startsWith("#")
                .doesNotContain("kind:");
        assertThat(demo.get("/api/v1/nodes/objects?kind=Machines").statusCode()).isEqualTo(400);
        assertThat(demo.get("/api/v1/nodes/objects?format=xml").statusCode()).isEqualTo(400);
        assertThat(demo.get("/api/v1/nodes/objects?requests=no").statusCode()).isEqualTo(400);
    }

    /** The demo goes on between two answers, so those are held against each other that are of one round. */
    @Test
    void whatGoesAndWhatStaysIsEveryNodeAndWhatThePlanSays() throws Exception {
        for (int attempt = 0; attempt < 50; attempt++) {
            JsonNode all = json(demo.get("/api/v1/nodes?limit=1000"));
            String zone = all.at("/items/0/zone").asText();
            JsonNode there = json(demo.get("/api/v1/nodes?zone=" + zone));
            JsonNode going = json(demo.get("/api/v1/nodes?action=remove&limit=1"));
            JsonNode staying = json(demo.get("/api/v1/nodes?action=keep&limit=1"));
            JsonNode plan = json(demo.get("/api/v1/nodes/plan?wave=1&limit=1"));
            String round = plan.path("at").asText();
            boolean same = Stream.of(all, there, going, staying)
                    .allMatch(it -> it.path("plannedAt").asText().equals(round));
            if (!same) continue;
            assertThat(going.path("total").asInt() + staying.path("total").asInt())
                    .isEqualTo(all.path("total").asInt())
                    .isEqualTo(plan.path("nodesNow").asInt());
            assertThat(plan.path("total").asInt())
                    .isEqualTo(plan.at("/waves/0/nodes").asInt());
            assertThat(there.path("items"))
                    .isNotEmpty()
                    .allSatisfy(node -> assertThat(node.path("zone").asText()).isEqualTo(zone));
            return;
        }
        throw new AssertionError("no round was long enough for five answers");
    }

    @Test
    void pagesHoldEachRecommendationOnce() throws Exception {
        int total =
                json(demo.get("/api/v1/recommendations?limit=1")).path("total").asInt();
        Set<String> ids = new HashSet<>();
        for (int offset = 0; offset < total; offset += 7) {
            JsonNode page = json(demo.get("/api/v1/recommendations?limit=7&offset=" + offset));
            assertThat(page.path("items")).hasSizeLessThanOrEqualTo(7);
            page.path("items").forEach(item -> ids.add(item.path("id").asText()));
        }

        assertThat(total).isPositive();
        assertThat(ids).hasSize(total);
        assertThat(json(demo.get("/api/v1/recommendations?offset=" + total)).path("items"))
                .isEmpty();
    }

    @Test
    void filtersByNamespaceAndKind() throws Exception {
        JsonNode all = json(demo.get("/api/v1/recommendations?limit=1000"));
        String namespace = all.path("items").path(0).path("namespace").asText();
        JsonNode some = json(demo.get("/api/v1/recommendations?limit=1000&kind=resize&namespace=" + namespace));

        assertThat(some.path("total").asInt())
                .isPositive()
                .isLessThan(all.path("total").asInt());
        some.path("items").forEach(item -> {
            assertThat(item.path("namespace").asText()).isEqualTo(namespace);
            assertThat(item.path("kind").asText()).isEqualTo("Resize");
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        sort=saving,                /perMonth/saving,            -1
        sort=saving&order=asc,      /perMonth/saving,            1
        sort=risk,                  /basis/risk/oomPerWeek/before, -1
        sort=riskAfter&order=asc,   /basis/risk/oomPerWeek/after,  1
        """)
    void sorts(String query, String field, int direction) throws Exception {
        JsonNode items = json(demo.get("/api/v1/recommendations?limit=1000&action=resize&" + query))
                .path("items");
        assertThat(items).hasSizeGreaterThan(10);
        double last = -direction * Double.MAX_VALUE;
        Set<Double> different = new HashSet<>();
        for (JsonNode item : items) {
            double value = item.at(field).asDouble();
            assertThat(Double.compare(value, last) * direction)
                    .as("%s after %s", value, last)
                    .isNotNegative();
            last = value;
            different.add(value);
        }
        assertThat(different).hasSizeGreaterThan(3);
    }

    @Test
    void explainsInPlainWordsAndAsJson() throws Exception {
        JsonNode item = json(demo.get("/api/v1/recommendations?limit=1&action=resize"))
                .path("items")
                .path(0);
        String path =
                "/api/v1/recommendations/%s/explain".formatted(item.path("id").asText());
        HttpResponse<String> text = demo.get(path);
        assertThat(text.statusCode()).isEqualTo(200);
        assertThat(text.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(text.body())
                .contains(
                        item.at("/changes/0/to").asText(),
                        item.at("/basis/stockVpa/memory").asText(),
                        item.at("/basis/krr/memory").asText(),
                        "The samples come from simulated cluster.",
                        "So since ",
                        "patch.yaml");
        JsonNode json = json(demo.get(path, "Accept", "application/json"));
        assertThat(json.path("id")).isEqualTo(item.path("id"));
        assertThat(json.at("/sections/0/about").asText()).isEqualTo("What");
        assertThat(json.path("simulated").asBoolean()).isTrue();
    }

    @Test
    void everyRecommendationLeadsToItsSamples() throws Exception {
        JsonNode items =
                json(demo.get("/api/v1/recommendations?limit=1000&kind=Resize")).path("items");

        assertThat(items).isNotEmpty();
        for (JsonNode item : items) {
            JsonNode evidence = json(demo.get(
                    "/api/v1/recommendations/" + item.path("id").asText().replace(" ", "%20")));
            assertThat(evidence.path("recommendation").path("id")).isEqualTo(item.path("id"));
            assertThat(item.path("reasons")).isNotEmpty();
            assertThat(item.path("patch").asText()).isNotEmpty();
            for (String resource : new String[] {"cpu", "memory"}) {
                JsonNode series = evidence.path(resource);
                assertThat(series.path("mean"))
                        .isNotEmpty()
                        .hasSameSizeAs(series.path("atSeconds"))
                        .hasSameSizeAs(series.path("max"));
            }
        }
    }

    @Test
    void rowsAndIdleSumToTheBill() throws Exception {
        JsonNode costs = json(demo.get("/api/v1/costs"));
        BigDecimal sum = costs.path("idle").path("totalCost").decimalValue();
        for (JsonNode row : costs.path("rows"))
            sum = sum.add(row.path("totalCost").decimalValue());

        assertThat(sum).isEqualByComparingTo(costs.path("bill").decimalValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /api/v1/recommendations?limit=0       | 400 | limit (0) must be in 1..1000
        /api/v1/recommendations?limit=1001    | 400 | limit (1001) must be in 1..1000
        /api/v1/recommendations?sort=money    | 400 | sort (money) must be one of saving, risk, riskAfter, since, workload
        /api/v1/recommendations?order=up      | 400 | order (up) must be one of asc, desc
        /api/v1/recommendations?action=grow   | 400 | action (grow) must be one of change, resize, retune, scale, hold, all
        /api/v1/recommendations?q=a&q=b       | 400 | q ([a, b]) must be one text
        /api/v1/recommendations/a/b/c/d/explain | 404 | there is no recommendation a/b/c/d
        /api/v1/workloads?offset=-1           | 400 | offset (-1) must be >= 0
        /api/v1/workloads?limit=many          | 400 | limit (many) must be one whole number
        /api/v1/workloads?limit=1&limit=2     | 400 | limit ([1, 2]) must be one whole number
        /api/v1/workloads?limit=99999999999   | 400 | limit (99999999999) must be one whole number
        /api/v1/recommendations/shop/none     | 404 | there is no recommendation shop/none
        /api/v1/workloads/shop/Deployment/no  | 404 | there is no workload shop/Deployment/no
        /api/v1/workloads/no                  | 404 | there is no workload no; GET /api/v1/workloads lists them
        /api/v1/namespaces/no/forecast        | 404 | there is no namespace no; GET /api/v1/costs lists them
        /api/v1/node-pools/no/forecast        | 404 | there is no pool of nodes no; GET /api/v1/nodes lists them
        /api/v1/nowhere                       | 404 | There is nothing at /api/v1/nowhere
        /nowhere                              | 404 | There is nothing at /nowhere
        /assets/nothing.css                   | 404 | there is no asset nothing.css
        """)
    void refusesWithAProblem(String path, int status, String detail) throws Exception {
        problem(demo.get(path), status, detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        none     | {}                    | 404 | there is no kind none; the kinds are allocate, consolidate, forecast, pack, replicas
        replicas | {                     | 400 | is not valid JSON
        replicas | ``                    | 400 | document is required
        resize   | {"surprise":1,"containers":[{"name":"c","request":{"cpu":"2"},"target":{"cpu":"10"},"lower":{"cpu":"1"},"upper":{"cpu":"12"}}],"age":"13h"} | 400 | surprise
        sketch   | {"id":"a","id":"b"}   | 400 | id
        forecast | {"start":0,"step":"1h","values":[1,-2],"horizon":1,"quantiles":[0.5]} | 400 | values[1]
        """)
    void refusesDocumentsWithAProblem(String kind, String document, int status, String detail) throws Exception {
        problem(demo.post("/api/v1/evaluate/" + kind, document), status, detail);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        DELETE, /api/v1/nodes,             GET
        POST,   /api/v1/status,            GET
        GET,    /api/v1/evaluate/replicas, POST
        PUT,    /metrics,                  GET
        PUT,    /,                         GET
        """)
    void refusesAMethodThatAPathDoesNotHave(String method, String path, String allowed) throws Exception {
        HttpResponse<String> answer = demo.send(demo.request(path).method(method, HttpRequest.BodyPublishers.noBody()));

        problem(answer, 405, "%s is not for %s; it takes ".formatted(method, path));
        assertThat(answer.headers().firstValue("Allow").orElse("")).startsWith(allowed);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        text/html,                    /api/v1/status,  application/json
        image/png,                    /api/v1/status,  application/json
        text/html,                    /api/v1/nowhere, application/problem+json
        application/json,             /,               text/html
        text/html,                    /,               text/html
        text/html,                    /nowhere,        text/html
        application/json,             /openapi.yaml,   application/yaml
        application/problem+json,     /health/liveness, application/json
        application/openmetrics-text, /metrics,        application/openmetrics-text
        text/plain,                   /metrics,        text/plain
        """)
    void answersInItsOwnTypeWhateverIsAccepted(String accept, String path, String type) throws Exception {
        HttpResponse<String> answer = demo.get(path, "Accept", accept);

        assertThat(answer.statusCode()).isLessThan(500);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        GET,    /api/v1/nowhere,       404
        GET,    /nowhere,              404
        GET,    /metrics,              200
        GET,    /health/readiness,     200
        DELETE, /api/v1/nodes,         405
        HEAD,   /api/v1/nodes,         200
        POST,   /api/v1/evaluate/none, 404
        """)
    void everyAnswerNamesTheKindOfCluster(String method, String path, int status) throws Exception {
        HttpResponse<String> answer =
                demo.send(demo.request(path).method(method, HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().allValues("Trimtab-Cluster")).containsExactly("simulated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/api/v1/recommendations/a%2Fb%zz"})
    void aMalformedAddressIsTheCallersFault(String path) throws Exception {
        URI server = URI.create(demo.url());
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .formatted(path)
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
            assertThat(answer).contains("the address is malformed");
        }
    }

    @Test
    void theSlashesOfAnIdMayBeEscaped() throws Exception {
        JsonNode first =
                json(demo.get("/api/v1/recommendations?limit=1")).path("items").path(0);
        String escaped = URLEncoder.encode(first.path("id").asText(), StandardCharsets.UTF_8);
        HttpResponse<String> evidence = demo.get("/api/v1/recommendations/" + escaped);

        assertThat(evidence.statusCode()).isEqualTo(200);
        assertThat(json(evidence).path("recommendation").path("id")).isEqualTo(first.path("id"));
    }

    @Test
    void describesItself() throws Exception {
        HttpResponse<String> document = demo.get("/openapi.yaml");

        assertThat(document.statusCode()).isEqualTo(200);
        assertThat(document.body()).startsWith("openapi: 3");
    }

    @Test
    void evaluatesADocument() throws Exception {
        HttpResponse<String> answer = demo.post("/api/v1/evaluate/sketch", """
            {"id":"h","buckets":{"scheme":"linear","size":1,"max":10},"samples":[{"value":1,"weight":1,"at":0},{"value":2,"weight":1,"at":0}],"quantiles":[0.5,1]}\
            """);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("id").asText()).isEqualTo("h");
        assertThat(json(answer).path("values").toString()).isEqualTo("[2,3]");
    }

    /** The text format: each sample follows the type of its family, and no series is told twice. */
    @Test
    void exposesItsOwnMetrics() throws Exception {
        HttpResponse<String> metrics = demo.get("/metrics");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("\ntrimtab_cycles_total 1.0\n").contains("jvm_memory_used_bytes");

        Pattern sample =
                Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*})? ([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?|NaN|[-+]Inf)");
        String family = "";
        Set<String> families = new HashSet<>();
        Set<String> series = new HashSet<>();
        for (String line : metrics.body().lines().toList()) {
            if (line.startsWith("# HELP ")) continue;
            if (line.startsWith("# TYPE ")) {
                family = line.split(" ")[2];
                assertThat(families.add(family)).as(line).isTrue();
                assertThat(line.split(" ")[3]).isIn("counter", "gauge", "histogram", "summary", "untyped");
                continue;
            }
            Matcher matcher = sample.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            assertThat(matcher.group(1)).startsWith(family);
            assertThat(series.add(matcher.group(1) + matcher.group(2))).as(line).isTrue();
        }
    }

    @Test
    void speaksOpenMetricsToo() throws Exception {
        HttpResponse<String> metrics = demo.get(
                "/metrics", "Accept", "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.3,*/*;q=0.1");

        assertThat(metrics.headers().firstValue("Content-Type").orElse("")).startsWith("application/openmetrics-text");
        assertThat(metrics.body()).endsWith("# EOF\n");
    }

    @Test
    @Timeout(30)
    void endsWithinSecondsAndFreesItsPort() throws Exception {
        Served other = Served.demo();
        URI gone = URI.create(other.url() + "/health/liveness");
        Instant began = InstantSource.system().instant();
        other.close();

        assertThat(Duration.between(began, InstantSource.system().instant())).isLessThan(Duration.ofSeconds(5));
        assertThat(catchThrowable(() -> demo.send(HttpRequest.newBuilder(gone))))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/recommendations", "/nodes", "/costs", "/budgets", "/status", "/api-docs"})
    void everyPageSaysThatTheClusterIsSimulated(String path) throws Exception {
        HttpResponse<String> page = demo.get(path);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(page.body().toLowerCase(Locale.ROOT)).contains("simulated");
    }

    @Test
    void theEvidencePageShowsOneRecommendation() throws Exception {
        String id = json(demo.get("/api/v1/recommendations?limit=1&kind=Resize"))
                .path("items")
                .path(0)
                .path("id")
                .asText();
        String path = "/recommendations/evidence?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        HttpResponse<String> page = demo.get(path, "HX-Request", "true");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("data-evidence=\"" + id);
        assertThat(demo.get(path).statusCode()).isEqualTo(303);
        String whole = demo.get(path).headers().firstValue("Location").orElseThrow();
        assertThat(demo.get(whole).body()).contains("<!DOCTYPE html>", "data-evidence=\"" + id);
        assertThat(demo.get("/recommendations/evidence?id=none").statusCode()).isEqualTo(404);
    }

    @Test
    void theCostsComeAsCsvToo() throws Exception {
        HttpResponse<String> csv = demo.get("/costs.csv");

        assertThat(csv.statusCode()).isEqualTo(200);
        assertThat(csv.body().lines().count())
                .isGreaterThan(json(demo.get("/api/v1/costs")).path("rows").size());
    }

    private static void problem(HttpResponse<String> answer, int status, String detail) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode body = json(answer);
        assertThat(body.path("status").asInt()).isEqualTo(status);
        assertThat(body.path("title").asText()).isNotEmpty();
        assertThat(body.path("detail").asText()).contains(detail);
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }
}
