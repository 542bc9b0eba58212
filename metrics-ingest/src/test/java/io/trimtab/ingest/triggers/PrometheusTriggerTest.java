package io.trimtab.ingest.triggers;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.triggers.Trigger.MetricType;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers' form is that of Prometheus 2.42. */
class PrometheusTriggerTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.5Z");
    private static final String PATH = "/tenant/api/v1/query";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.options().dynamicPort())
            .build();

    private final Triggers triggers = Triggers.reading(namespace -> List.of());

    @AfterEach
    void disconnect() {
        triggers.close();
    }

    /** @param more {@code name: value} pairs with semicolons between; a value of {@code -} takes the field away */
    private static TriggerSpec spec(String more) {
        Map<String, String> metadata = new HashMap<>(
                Map.of("serverAddress", SERVER.baseUrl() + "/tenant/", "query", "sum(up)", "threshold", "5"));
        put(metadata, more);
        return new TriggerSpec(
                "prometheus",
                Optional.empty(),
                Optional.ofNullable(metadata.remove("type")),
                metadata,
                Optional.empty());
    }

    private static void put(Map<String, String> metadata, String more) {
        Arrays.stream(more.split(";"))
                .map(String::strip)
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split(": ", 2))
                .forEach(pair -> {
                    if (pair[1].equals("-")) metadata.remove(pair[0]);
                    else metadata.put(pair[0], pair[1]);
                });
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        put(parameters, text);
        return parameters;
    }

    private Trigger open(String more, String authentication) {
        return triggers.open(spec(more), "shop", parameters(authentication));
    }

    private BigDecimal read(String more) throws IngestException {
        return open(more, "").reader().read(NOW);
    }

    private static void answer(ResponseDefinitionBuilder answer) {
        SERVER.stubFor(get(urlPathEqualTo(PATH)).willReturn(answer));
    }

    private static String vector(String elements) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[%s]}}".formatted(elements);
    }

    private static String element(String value) {
        return "{\"metric\":{\"job\":\"web\"},\"value\":[1764000000.5,%s]}".formatted(value);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        a number                | -                       | {"metric":{},"value":[1,"7.25"]} | 7.25
        negative as it is       | -                       | {"metric":{},"value":[1,"-3"]}   | -3
        large                   | -                       | {"metric":{},"value":[1,"1e+21"]} | 1E+21
        nothing is 0            | -                       | -                                | 0
        nothing is an error     | ignoreNullValues: false | -                                | the query gives no value
        no value is 0           | -                       | {"metric":{},"value":[]}         | 0
        null is 0               | -                       | {"metric":{},"value":[1,null]}   | 0
        null is an error        | ignoreNullValues: f     | {"metric":{},"value":[1,null]}   | the query gives no value
        NaN is 0                | -                       | {"metric":{},"value":[1,"NaN"]}  | 0
        NaN is an error         | ignoreNullValues: false | {"metric":{},"value":[1,"NaN"]}  | the query gives NaN
        infinity is 0           | -                       | {"metric":{},"value":[1,"+Inf"]} | 0
        infinity is an error    | ignoreNullValues: false | {"metric":{},"value":[1,"-Inf"]} | the query gives -Inf
        a histogram has none    | -                       | {"metric":{},"histogram":[1,{}]} | 0
        two elements            | -                       | {"metric":{},"value":[1,"1"]},{"metric":{},"value":[1,"2"]} | the query gives 2 elements; write metadata.query so that it gives one
        no number               | -                       | {"metric":{},"value":[1,"much"]} | the value "much" is no number
        three parts             | -                       | {"metric":{},"value":[1,"1",2]}  | the answer has a value that is not a moment and a number
        """)
    void makesOfAnAnswer(String name, String more, String elements, String expected) throws Exception {
        answer(okJson(vector(elements == null ? "" : elements)));
        Trigger trigger = open(more == null ? "" : more, "");
        if (expected.matches("[-+.\\dE]+")) {
            assertThat(trigger.reader().read(NOW)).isEqualTo(new BigDecimal(expected));
        } else {
            IngestException e = catchThrowableOfType(
                    IngestException.class, () -> trigger.reader().read(NOW));
            assertThat(e.kind()).isEqualTo(Kind.MALFORMED);
            assertThat(e).hasMessageStartingWith("Prometheus at %s/tenant: %s".formatted(SERVER.baseUrl(), expected));
        }
    }

    @Test
    void asksAsKedaDoes() throws Exception {
        answer(okJson(vector(element("\"1\""))));
        String more = "query: sum(a{b=\"c d\"}); namespace: tenant a; customHeaders: X-Scope-OrgID=t=1, B=c;"
                + " queryParameters: dedup=true,partial_response=no way; authModes: bearer";
        Trigger trigger = open(more, "bearerToken: secret");
        assertThat(trigger.reader().read(NOW)).isEqualTo(BigDecimal.ONE);
        SERVER.verify(getRequestedFor(urlPathEqualTo(PATH))
                .withQueryParam("query", equalTo("sum(a{b=\"c d\"})"))
                .withQueryParam("time", equalTo("2026-11-24T12:00:00Z"))
                .withQueryParam("namespace", equalTo("tenant a"))
                .withQueryParam("dedup", equalTo("true"))
                .withQueryParam("partial_response", equalTo("no way"))
                .withHeader("X-Scope-OrgID", equalTo("t=1"))
                .withHeader("B", equalTo("c"))
                .withHeader("Authorization", equalTo("Bearer secret")));
        assertThat(trigger.reader().source()).isEqualTo(SERVER.baseUrl() + "/tenant");
        assertThat(trigger.notSupported()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        authModes: bearer        | token: t                               | Authorization | Bearer t
        authMode: basic          | username: u; password: p:w             | Authorization | Basic dTpwOnc=
        authModes: basic         | username: u                            | Authorization | Basic dTo=
        -                        | authModes: basic; username: u          | Authorization | Basic dTo=
        authModes: custom        | customAuthHeader: X-Key; customAuthValue: v | X-Key    | v
        authModes: bearer,custom | bearerToken: t; customAuthHeader: X-Key; customAuthValue: v | X-Key | v
        """)
    void authenticates(String more, String authentication, String header, String expected) throws Exception {
        answer(okJson(vector(element("\"1\""))));
        open(more == null ? "" : more, authentication).reader().read(NOW);
        SERVER.verify(getRequestedFor(urlPathEqualTo(PATH)).withHeader(header, equalTo(expected)));
    }

    @Test
    void takesThresholds() {
        Trigger usual = open("", "");
        assertThat(usual.threshold()).isEqualTo("5");
        assertThat(usual.activationThreshold()).isZero();
        assertThat(usual.metricType()).isEqualTo(MetricType.AVERAGE_VALUE);
        Trigger other = open("threshold: 2.5e1; activationThreshold: -1; type: Value", "");
        assertThat(other.threshold()).isEqualByComparingTo("25");
        assertThat(other.activationThreshold()).isEqualTo("-1");
        assertThat(other.metricType()).isEqualTo(MetricType.VALUE);
    }

    @Test
    void readersOfTheSameAreEqualAndHideWhatIsSecret() {
        TriggerReader one =
                open("authModes: bearer; threshold: 1", "bearerToken: hush").reader();
        assertThat(one)
                .isEqualTo(open("authModes: bearer; threshold: 2", "bearerToken: hush")
                        .reader());
        assertThat(one)
                .hasSameHashCodeAs(
                        open("authModes: bearer", "bearerToken: hush").reader());
        assertThat(one)
                .isNotEqualTo(open("authModes: bearer", "bearerToken: other").reader());
        assertThat(one)
                .isNotEqualTo(open("authModes: bearer; query: up", "bearerToken: hush")
                        .reader());
        assertThat(one)
                .isNotEqualTo(open("authModes: bearer; timeout: 1s", "bearerToken: hush")
                        .reader());
        TriggerReader custom = open(
                        "customHeaders: X-Key=hush; queryParameters: key=hush; authModes: basic",
                        "username: u; password: hush")
                .reader();
        assertThat(one.toString() + custom).contains("/tenant").doesNotContain("hush");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        query: -                        | - | metadata.query must be there
        threshold: -                    | - | metadata.threshold must be there
        threshold: five                 | - | metadata.threshold (five) must be a number of at least 0.001
        threshold: 0                    | - | metadata.threshold (0) must be a number of at least 0.001
        threshold: 1e999                | - | metadata.threshold (1e999) must be a number of at least 0.001
        threshold: NaN                  | - | metadata.threshold (NaN) must be a number of at least 0.001
        activationThreshold: x          | - | metadata.activationThreshold (x) must be a number
        serverAddress: -                | - | metadata.serverAddress must be there
        serverAddress: prometheus:9090  | - | metadata.serverAddress (prometheus:9090) must be http://host or https://host, with an optional port and path
        serverAddress: http://a b       | - | metadata.serverAddress (http://a b) must be an address such as http://prometheus:9090
        serverAddress: http://u:hush@a/ | - | metadata.serverAddress (http://a/) must be without a user; give it by a TriggerAuthentication and authModes basic
        serverAddress: http://a/?key=hush | - | metadata.serverAddress (http://a/) must be without what follows ? or #; give parameters as queryParameters
        ignoreNullValues: maybe         | - | metadata.ignoreNullValues (maybe) must be true or false
        timeout: soon                   | - | metadata.timeout (soon) must be a duration such as 500ms or 2s, or a number of milliseconds
        timeout: 1h                     | - | metadata.timeout (1h) must be at most 30s
        customHeaders: a=b,hush         | - | metadata.customHeaders must be name=value pairs with commas between, pair 2 is not
        customHeaders: Host=a           | - | metadata or authentication parameters give a header that cannot be sent; its name must be a token, not one of Connection, Content-Length, Expect, Host and Upgrade, and its value one line
        type: Utilization               | - | metricType (Utilization) of a prometheus trigger must be AverageValue or Value
        authModes: magic                | - | metadata.authModes (magic) must be one of basic, bearer, custom, tls
        authModes: oauth                | - | metadata.authModes (oauth) must be one of basic, bearer, custom, tls; it is not supported here yet
        authModes: basic,bearer         | - | metadata.authModes (basic,bearer) must be only one of basic and bearer
        authModes: bearer               | - | authentication parameter bearerToken must be there for the authMode bearer; give it by a TriggerAuthentication
        authModes: basic                | password: hush | authentication parameter username must be there for the authMode basic; give it by a TriggerAuthentication
        authModes: custom               | customAuthHeader: a | authentication parameter customAuthValue must be there for the authMode custom; give it by a TriggerAuthentication
        authModes: tls                  | cert: hush | authentication parameter key must be there for the authMode tls; give it by a TriggerAuthentication
        authModes: tls                  | cert: hush; key: hush | authentication parameter cert must be certificates in PEM
        -                               | ca: hush | authentication parameter ca must be certificates in PEM
        """)
    void saysWhatIsWrongWithIt(String more, String authentication, String expected) {
        assertThatThrownBy(() -> open(more == null ? "" : more, authentication == null ? "" : authentication))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(expected);
    }

    @Test
    void namesWhatItDoesNotRead() {
        Trigger trigger = open("awsRegion: eu; metricName: old", "bearerToken: t");
        assertThat(trigger.notSupported())
                .containsExactly(
                        "metadata.awsRegion: not read yet; requests are not signed for AWS",
                        "metadata.metricName: no field of a prometheus trigger, in KEDA either",
                        "authentication parameter bearerToken: not used by a prometheus trigger with these authModes");
        assertThatThrownBy(() -> triggers.open(
                        new TriggerSpec("kafka", Optional.empty(), Optional.empty(), Map.of(), Optional.empty()),
                        "shop",
                        Map.of()))
                .hasMessage("type (kafka) is not read here; the known ones are kubernetes-workload, metrics-api,"
                        + " prometheus");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        400 | {"status":"error","errorType":"bad_data","error":"parse\\n error"} | REJECTED    | HTTP 400, bad_data: parse error; check the trigger's metadata
        401 | no                                                                | REJECTED    | HTTP 401; it asks for authentication; give metadata.authModes and an authenticationRef
        403 | {}                                                                | REJECTED    | HTTP 403; it asks for authentication; give metadata.authModes and an authenticationRef
        404 | <html>                                                            | REJECTED    | HTTP 404; check the path of metadata.serverAddress
        429 | -                                                                 | UNREACHABLE | HTTP 429; look at its own log; it is down or overloaded
        500 | {"status":"error","errorType":"internal","error":"x"}             | UNREACHABLE | HTTP 500, internal: x; look at its own log; it is down or overloaded
        503 | -                                                                 | UNREACHABLE | HTTP 503; look at its own log; it is down or overloaded
        200 | <html>                                                            | MALFORMED   | the answer Unexpected character
        200 | {}                                                                | MALFORMED   | the answer has no result; check
        200 | {"data":{"resultType":"vector","result":[{                        | MALFORMED   | the answer Unexpected end
        200 | {"data":{"resultType":"scalar","result":[1,"2"]}}                 | MALFORMED   | the query gives a scalar; write metadata.query so that it gives a vector, as vector(...) does
        200 | {"data":{"resultType":"matrix","result":[]}}                      | MALFORMED   | the query gives a matrix; write
        200 | {"status":"error","errorType":"execution","error":"x"}            | REJECTED    | HTTP 200, execution: x; check
        """)
    void saysWhyThereIsNoNumber(int status, String body, Kind kind, String expected) {
        answer(aResponse().withStatus(status).withBody(body == null ? "" : body));
        IngestException e = catchThrowableOfType(IngestException.class, () -> read(""));
        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e).hasMessageStartingWith("Prometheus at %s/tenant: %s".formatted(SERVER.baseUrl(), expected));
    }

    @Test
    void namesTheAuthenticationThatIsNotAccepted() {
        answer(aResponse().withStatus(401));
        TriggerReader reader = open("authModes: bearer", "bearerToken: hush").reader();
        assertThatThrownBy(() -> reader.read(NOW))
                .hasMessageContaining(
                        "it does not accept the authentication by bearer; check the TriggerAuthentication")
                .message()
                .doesNotContain("hush");
    }

    @Test
    void followsNoRedirect() {
        answer(aResponse().withStatus(302).withHeader("Location", SERVER.baseUrl() + "/login"));
        assertThatThrownBy(() -> read(""))
                .hasMessageContaining("HTTP 302; give the final address as metadata.serverAddress");
        SERVER.verify(0, getRequestedFor(urlPathEqualTo("/login")));
    }

    @Test
    void readsNoEndlessAnswer() {
        answer(okJson(vector(element("\"%s\"".formatted("9".repeat(HttpSources.MOST_BYTES))))));
        IngestException e = catchThrowableOfType(IngestException.class, () -> read(""));
        assertThat(e.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(e)
                .hasMessageContaining("the answer is larger than 1048576 bytes; check that metadata.serverAddress");
    }

    @Test
    void waitsForTheWholeAnswerNoLongerThanItsTimeout() {
        answer(okJson(vector(element("\"1\""))).withFixedDelay(2000));
        assertThatThrownBy(() -> read("timeout: 100ms")).hasMessageContaining("no whole answer within 100 ms; raise");
        answer(okJson(vector(element("\"1\""))).withChunkedDribbleDelay(20, 2000));
        IngestException e = catchThrowableOfType(IngestException.class, () -> read("timeout: 300"));
        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e).hasMessageContaining("no whole answer within 300 ms; raise metadata.timeout");
    }

    @ParameterizedTest
    @CsvSource({"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "MALFORMED_RESPONSE_CHUNK"})
    void aBrokenConnectionIsUnreachable(Fault fault) {
        answer(aResponse().withFault(fault));
        IngestException e = catchThrowableOfType(IngestException.class, () -> read(""));
        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e).hasMessageEndingWith("; check metadata.serverAddress and the network policy");
    }

    @Test
    void nobodyThereIsUnreachable() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> read("serverAddress: http://127.0.0.1:" + port))
                .hasMessage(
                        "Prometheus at http://127.0.0.1:%d: connection refused; check metadata.serverAddress and the network policy"
                                .formatted(port));
        assertThatThrownBy(() -> read("serverAddress: http://nobody.invalid"))
                .hasMessageContaining("its name is not known; check");
    }
}
