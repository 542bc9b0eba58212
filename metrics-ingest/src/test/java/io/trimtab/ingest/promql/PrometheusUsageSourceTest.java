package io.trimtab.ingest.promql;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.exactly;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageQuery.Scope;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the adapter makes of HTTP answers and failures; the answers' form is that of Prometheus 2.42. */
class PrometheusUsageSourceTest {
    private static final String PATH = "/select/0/prometheus/api/v1/query_range";
    private static final String NOTHING = "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.options().dynamicPort())
            .build();

    @TempDir
    private Path folder;

    private static PrometheusSettings settings() {
        return PrometheusSettings.at(URI.create(SERVER.baseUrl() + "/select/0/prometheus/"))
                .withBackOff(Duration.ofMillis(2))
                .withTimeout(Duration.ofSeconds(5));
    }

    /** With which the question begins who was killed; the others about the killed only end with it. */
    private static final String KILLED =
            "max by (namespace, pod, container) (kube_pod_container_status_last_terminated_reason";

    private static UsageBatch read(PrometheusSettings settings, int minutes) throws IngestException {
        try (var source = new PrometheusUsageSource(settings)) {
            return source.read(minutes(minutes));
        }
    }

    private static UsageQuery ofRound(int number) {
        return new UsageQuery(
                new Scope.Cluster(),
                Instant.ofEpochSecond(number * 60L),
                Instant.ofEpochSecond(number * 60L + 120),
                Duration.ofMinutes(1));
    }

    private static UsageQuery minutes(int minutes) {
        return new UsageQuery(
                new Scope.Namespace("shop"),
                Instant.ofEpochSecond(0),
                Instant.ofEpochSecond(minutes * 60L),
                Duration.ofMinutes(1));
    }

    private static MappingBuilder ask(String metric) {
        return post(urlPathEqualTo(PATH)).withFormParam("query", containing(metric));
    }

    private static void answerNothing() {
        SERVER.stubFor(post(urlPathEqualTo(PATH)).atPriority(10).willReturn(okJson(NOTHING)));
    }

    private static String matrix(int points) {
        String values = IntStream.rangeClosed(1, points)
                .mapToObj(i -> "[%d,\"0.5\"]".formatted(i * 60))
                .collect(Collectors.joining(","));
        return series(values);
    }

    private static String series(String values) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"namespace\":\"shop\",\"pod\":\"web-0\",\"container\":\"app\"},\"values\":["
                + values + "]}]}}";
    }

    @Test
    void readsBothResourcesAndKills() throws Exception {
        answerNothing();
        SERVER.stubFor(ask("rate(container_cpu_usage_seconds_total")
                .willReturn(okJson(series("[60,\"0.25\"],[120,\"0.5\"]"))));
        SERVER.stubFor(
                ask("container_memory_working_set_bytes").willReturn(okJson(series("[60,\"1048576\"],[120,\"NaN\"]"))));
        SERVER.stubFor(ask(KILLED).willReturn(okJson(series("[120,\"1\"]"))));
        SERVER.stubFor(ask("last_terminated_timestamp").willReturn(okJson(series("[120,\"117\"]"))));
        SERVER.stubFor(ask("resource_requests").willReturn(okJson(series("[120,\"67108864\"]"))));
        UsageBatch batch = read(settings(), 2);
        assertThat(batch.series()).extracting("resource").containsExactly(Resource.CPU, Resource.MEMORY);
        assertThat(batch.series().getFirst().amounts()).containsExactly(0.25, 0.5);
        assertThat(batch.series())
                .as("a rate is spread over its window, a size is not")
                .extracting("spreadOver")
                .containsExactly(Duration.ofMinutes(5), Duration.ZERO);
        assertThat(batch.kills()).singleElement().satisfies(kill -> {
            assertThat(kill.at()).isEqualTo(Instant.ofEpochSecond(117));
            assertThat(kill.memoryRequest()).hasToString("64Mi");
        });
        assertThat(batch.gaps())
                .singleElement()
                .asString()
                .isEqualTo(
                        "Prometheus at %s/select/0/prometheus: 1 memory samples were NaN, infinite, negative or out of order and are left out; check the exporter and recording rules behind them"
                                .formatted(SERVER.baseUrl()));
    }

    @Test
    void asksForNoOthersThanTheKilled() throws Exception {
        answerNothing();
        SERVER.stubFor(ask("rate").willReturn(okJson(matrix(2))));
        SERVER.stubFor(ask(KILLED).willReturn(okJson(series("[120,\"1\"]"))));
        SERVER.stubFor(ask("restarts_total").willReturn(okJson(series("[120,\"1\"]"))));
        assertThat(read(settings(), 2).kills())
                .singleElement()
                .satisfies(kill -> assertThat(kill.at()).isEqualTo(Instant.ofEpochSecond(120)));
        for (String metric : List.of("last_terminated_timestamp", "restarts_total", "resource_requests"))
            SERVER.verify(
                    exactly(1),
                    postRequestedFor(urlPathEqualTo(PATH))
                            .withFormParam("query", containing(metric).and(containing(",pod=~\"web-0\""))));
    }

    @Test
    void whereNoneWasKilledNothingElseIsAskedForOfThem() throws Exception {
        answerNothing();
        SERVER.stubFor(ask("rate").willReturn(okJson(matrix(2))));
        read(settings(), 2);
        SERVER.verify(
                exactly(1), postRequestedFor(urlPathEqualTo(PATH)).withFormParam("query", containing("kube_pod_")));
    }

    @Test
    void sendsCredentialsAndHeaders() throws Exception {
        answerNothing();
        Path file = Files.writeString(folder.resolve("secret"), "secret\n");
        Map<String, String> headers = Map.of("X-Scope-OrgID", "a");
        var bearer = new Access(new Access.Credentials.Bearer(file), headers, Access.TlsFiles.USUAL);
        var basic = new Access(new Access.Credentials.Basic("user", file), headers, Access.TlsFiles.USUAL);
        read(settings().withAccess(bearer), 1);
        Files.writeString(file, "word");
        read(settings().withAccess(basic), 1);
        SERVER.verify(
                exactly(3),
                postRequestedFor(urlPathEqualTo(PATH))
                        .withHeader("Authorization", equalTo("Bearer secret"))
                        .withHeader("X-Scope-OrgID", equalTo("a")));
        SERVER.verify(
                exactly(3),
                postRequestedFor(urlPathEqualTo(PATH)).withHeader("Authorization", equalTo("Basic dXNlcjp3b3Jk")));
    }

    @Test
    void asksInChunksWithinTheBudget() throws Exception {
        answerNothing();
        SERVER.stubFor(ask("rate").willReturn(okJson(matrix(1))));
        UsageBatch batch = read(settings().withBudget(100, 5_000_000), 200);
        assertThat(batch.gaps())
                .singleElement()
                .asString()
                .contains("2 CPU samples were NaN, infinite, negative or out of order");
        List<String> spans =
                SERVER
                        .findAll(postRequestedFor(urlPathEqualTo(PATH)).withFormParam("query", containing("rate")))
                        .stream()
                        .map(request -> request.formParameter("start").firstValue() + ".."
                                + request.formParameter("end").firstValue())
                        .toList();
        assertThat(spans).containsExactly("60..3600", "3660..9600", "9660..12000");
    }

    @Test
    void halvesWhatIsTooBigHereOrThere() throws Exception {
        answerNothing();
        SERVER.stubFor(ask("rate")
                .withFormParam("start", equalTo("60"))
                .withFormParam("end", equalTo("480"))
                .willReturn(okJson(matrix(8))));
        SERVER.stubFor(ask("rate")
                .withFormParam("start", equalTo("60"))
                .withFormParam("end", equalTo("240"))
                .willReturn(error(
                        422,
                        "execution",
                        "query processing would load too many samples into memory in query execution")));
        SERVER.stubFor(ask("rate")
                .withFormParam("start", equalTo("60"))
                .withFormParam("end", equalTo("120"))
                .willReturn(okJson(matrix(2))));
        UsageBatch batch = read(settings().withBudget(8, 7), 8);
        assertThat(batch.series())
                .singleElement()
                .satisfies(series -> assertThat(series.atSeconds()).startsWith(60, 120));
        assertThat(batch.gaps()).isEmpty();
    }

    @Test
    void aMomentThatIsTooBigIsAGapOrAFailure() throws Exception {
        answerNothing();
        SERVER.stubFor(ask("rate").willReturn(okJson(matrix(2))));
        assertThat(read(settings().withBudget(100, 1), 1).gaps())
                .singleElement()
                .asString()
                .startsWith("CPU of 1970-01-01T00:01:00Z to 1970-01-01T00:01:00Z was not read: ")
                .endsWith("one moment of CPU has too many samples for one query; narrow the scope or raise the budget");
    }

    @Test
    void triesAgainWhatMayPass() throws Exception {
        answerNothing();
        SERVER.stubFor(ask("rate")
                .inScenario("restart")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("half")
                .willReturn(aResponse().withStatus(503)));
        SERVER.stubFor(ask("rate")
                .inScenario("restart")
                .whenScenarioStateIs("half")
                .willSetStateTo("up")
                .willReturn(okJson(matrix(3).substring(0, 150))));
        SERVER.stubFor(
                ask("rate").inScenario("restart").whenScenarioStateIs("up").willReturn(okJson(matrix(3))));
        UsageBatch batch = read(settings(), 3);
        assertThat(batch.series())
                .singleElement()
                .satisfies(series -> assertThat(series.size()).isEqualTo(3));
        assertThat(batch.gaps()).isEmpty();
        SERVER.verify(exactly(3), postRequestedFor(urlPathEqualTo(PATH)).withFormParam("query", containing("rate")));
    }

    @Test
    void aReadingThatBreaksOffIsAskedForAgainWhole() throws Exception {
        answerNothing();
        SERVER.stubFor(ask("rate").willReturn(okJson(matrix(2))));
        SERVER.stubFor(ask("working_set")
                .inScenario("crash")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(503)));
        SERVER.stubFor(
                ask("working_set").inScenario("crash").whenScenarioStateIs("up").willReturn(okJson(matrix(2))));
        try (var source = new PrometheusUsageSource(settings())) {
            assertThatThrownBy(() -> source.read(ofRound(0)))
                    .isInstanceOf(IngestException.class)
                    .hasMessageContaining("HTTP 503");
            SERVER.setScenarioState("crash", "up");
            UsageBatch batch = source.read(ofRound(0));
            assertThat(batch.series()).extracting("resource").containsExactly(Resource.CPU, Resource.MEMORY);
            assertThat(batch.gaps()).isEmpty();
        }
    }

    /** From then on it is a gap, and the next part of the history is asked for. */
    @Test
    void whatTheStoreNeverAnswersStandsInTheWayForFiveReadings() throws Exception {
        answerNothing();
        SERVER.stubFor(ask("rate").willReturn(okJson(matrix(2))));
        SERVER.stubFor(ask("working_set").willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        try (var source = new PrometheusUsageSource(settings())) {
            // The oldest moment of the history is another one in each round.
            for (int i = 0; i < 4; i++) {
                UsageQuery round = ofRound(i);
                assertThatThrownBy(() -> source.read(round)).isInstanceOf(IngestException.class);
            }
            assertThat(source.read(minutes(2)).gaps()).as("for a page").hasSize(2);
            UsageBatch batch = source.read(ofRound(4));
            assertThat(batch.series()).extracting("resource").containsExactly(Resource.CPU);
            assertThat(batch.gaps()).hasSize(2);
            assertThat(batch.gaps().getFirst())
                    .startsWith("memory of 1970-01-01T00:05:00Z to 1970-01-01T00:06:00Z was not read: Prometheus at ");
            assertThat(batch.gaps().getLast()).contains("OOM kills was not asked for after the failure above");
        }
        SERVER.verify(
                exactly(18), postRequestedFor(urlPathEqualTo(PATH)).withFormParam("query", containing("working_set")));
    }

    @Test
    void passesWarningsOn() throws Exception {
        answerNothing();
        SERVER.stubFor(ask("rate")
                .willReturn(okJson(NOTHING.replace("{\"status\"", "{\"warnings\":[\"store-1 is away\"],\"status\""))));
        assertThat(read(settings(), 1).gaps())
                .singleElement()
                .asString()
                .endsWith("warns of CPU: store-1 is away; its answer may lack data");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        200 | text/html        | <html>Sign in</html>                                                   | MALFORMED   | 3 | the answer is text/html, not JSON; check that --prometheus names the API
        200 | application/json | <html>Sign in</html>                                                   | MALFORMED   | 3 | the answer Unexpected character
        200 | application/json | {"status":"error","errorType":"bad_data","error":"parse error"}        | REJECTED    | 3 | HTTP 200, bad_data: parse error; check its limits
        200 | application/json | {"status":"error","errorType":"timeout","error":"query timed out"}     | UNREACHABLE | 3 | HTTP 200, timeout: query timed out; look at its own log
        302 | text/html        | ` `                                                                    | REJECTED    | 3 | HTTP 302 to another address; give the final address
        400 | application/json | {"status":"error","errorType":"bad_data","error":"parse error"}        | REJECTED    | 3 | HTTP 400, bad_data: parse error; check its limits
        401 | text/plain       | no                                                                     | REJECTED    | 3 | HTTP 401; check its credentials and its tenant header
        404 | text/html        | not here                                                               | REJECTED    | 3 | HTTP 404; check the path of --prometheus
        429 | text/plain       | slow down                                                              | UNREACHABLE | 3 | HTTP 429; look at its own log
        500 | text/plain       | oops                                                                   | UNREACHABLE | 3 | HTTP 500; look at its own log
        503 | application/json | {"status":"error","errorType":"unavailable","error":"TSDB not ready"}  | UNREACHABLE | 3 | HTTP 503, unavailable: TSDB not ready; look at its own log
        """)
    void refusalsHaveAKindAndOneLine(int status, String type, String body, Kind kind, int requests, String message) {
        SERVER.stubFor(post(urlPathEqualTo(PATH))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", type)
                        .withBody(body)));
        IngestException thrown = catchThrowableOfType(IngestException.class, () -> read(settings(), 1));
        assertThat(thrown.kind()).isEqualTo(kind);
        assertThat(thrown.getMessage())
                .startsWith("Prometheus at " + SERVER.baseUrl() + "/select/0/prometheus: " + message)
                .doesNotContain("\n");
        // Tried three times when it may pass; else once for each of CPU, memory and kills.
        SERVER.verify(exactly(requests), postRequestedFor(urlPathEqualTo(PATH)));
    }

    @Test
    void aSlowAnswerIsCutOff() {
        SERVER.stubFor(post(urlPathEqualTo(PATH)).willReturn(okJson(matrix(100)).withChunkedDribbleDelay(20, 60_000)));
        IngestException thrown = catchThrowableOfType(
                IngestException.class, () -> read(settings().withTimeout(Duration.ofMillis(200)), 1));
        assertThat(thrown.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(thrown.getMessage()).contains("no whole answer within PT0.2S; raise the timeout");
    }

    @Test
    void nobodyAtTheAddress() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var settings =
                PrometheusSettings.at(URI.create("http://127.0.0.1:" + port)).withBackOff(Duration.ofMillis(2));
        assertThatThrownBy(() -> read(settings, 1))
                .hasMessage(
                        "Prometheus at http://127.0.0.1:%d: connection refused; check --prometheus or the network policy"
                                .formatted(port));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        prometheus:9090           | must be http://host or https://host
        ftp://prometheus          | must be http://host or https://host
        http://me:word@prometheus | must not carry a user
        http://prometheus?a=b     | leave out what follows ? or #
        """)
    void addressesAreCheckedAtOnce(String address, String message) {
        assertThatThrownBy(() -> PrometheusSettings.at(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("word");
    }

    private static ResponseDefinitionBuilder error(int status, String type, String message) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody("{\"status\":\"error\",\"errorType\":\"%s\",\"error\":\"%s\"}".formatted(type, message));
    }
}
