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

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import io.trimtab.ingest.model.TriggerSpec;
import java.math.BigDecimal;
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

class MetricsApiTriggerTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

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
    private Trigger open(String more, String authentication) {
        Map<String, String> metadata = new HashMap<>(Map.of(
                "url", SERVER.baseUrl() + "/stats?shard=1", "valueLocation", "queue.depth", "targetValue", "10"));
        put(metadata, more);
        Map<String, String> parameters = new HashMap<>();
        put(parameters, authentication);
        return triggers.open(
                new TriggerSpec("metrics-api", Optional.empty(), Optional.empty(), metadata, Optional.empty()),
                "shop",
                parameters);
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

    private static void answer(String body) {
        SERVER.stubFor(get(urlPathEqualTo("/stats")).willReturn(okJson(body)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        -                                 | {"queue": {"depth": 7.50}}       | 7.50
        -                                 | {"queue": {"depth": -2}}         | -2
        -                                 | {"queue": {"depth": "12"}}       | 12
        -                                 | {"queue": {"depth": "1500m"}}    | 1.500
        -                                 | {"queue": {"depth": "2Ki"}}      | 2048
        valueLocation: queue.#            | {"queue": [1, 2, 3]}             | 3
        format: yaml                      | queue: {depth: 4}                | 4
        format: yaml; valueLocation: queue.1 | 'queue: [8, "9k"]'            | 9000
        -                                 | {"queue": {"depth": "many"}}     | there is a text that is no number at queue.depth; let metadata.valueLocation lead to a number
        -                                 | {"queue": {"depth": true}}       | there is a boolean at queue.depth
        -                                 | {"queue": {"depth": null}}       | there is null at queue.depth
        -                                 | {"queue": {}}                    | there is nothing at queue.depth
        -                                 | {"queue": {"depth": 1e999}}      | there is 1e999 at queue.depth
        -                                 | [1                               | the answer is no JSON: Unexpected end-of-input
        -                                 | <html>                           | the answer is no JSON: Unexpected character
        -                                 | ''                               | the answer is no JSON: is empty
        format: yaml                      | 'queue: {depth'                  | the answer is no YAML: while parsing
        format: yaml                      | 'a: &a 1\nqueue: {depth: *a}'    | there is an alias
        """)
    void makesOfAnAnswer(String more, String body, String expected) throws Exception {
        answer(body.replace("\\n", "\n"));
        TriggerReader reader = open(more == null ? "" : more, "").reader();
        if (expected.matches("[-.\\d]+")) {
            assertThat(reader.read(NOW)).isEqualByComparingTo(new BigDecimal(expected));
        } else {
            IngestException e = catchThrowableOfType(IngestException.class, () -> reader.read(NOW));
            assertThat(e.kind()).isEqualTo(Kind.MALFORMED);
            assertThat(e).hasMessageStartingWith("metrics-api at %s/stats: %s".formatted(SERVER.baseUrl(), expected));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        authMode: apiKey                                    | apiKey: hush               | X-API-KEY     | hush        | -
        authModes: apiKey; keyParamName: X-Token            | apiKey: hush               | X-Token       | hush        | -
        authMode: apiKey; apiKey: open; method: query       | -                          | -             | -           | api_key
        authMode: apiKey; method: query; keyParamName: key  | apiKey: open               | -             | -           | key
        authMode: basic                                     | username: u; password: p   | Authorization | Basic dTpw  | -
        authMode: bearer                                    | token: t                   | Authorization | Bearer t    | -
        """)
    void authenticates(String more, String authentication, String header, String value, String parameter)
            throws Exception {
        answer("{\"queue\": {\"depth\": 1}}");
        TriggerReader reader =
                open(more, authentication == null ? "" : authentication).reader();
        reader.read(NOW);
        RequestPatternBuilder asked = getRequestedFor(urlPathEqualTo("/stats")).withQueryParam("shard", equalTo("1"));
        if (header != null) asked = asked.withHeader(header, equalTo(value));
        if (parameter != null) asked = asked.withQueryParam(parameter, equalTo("open"));
        SERVER.verify(asked);
        assertThat(reader.toString()).doesNotContain("hush").doesNotContain("open");
        assertThat(reader.source()).isEqualTo(SERVER.baseUrl() + "/stats");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        url: -                 | metadata.url must be there
        url: ftp://a           | metadata.url (ftp://a) must be http://host or https://host, with an optional port and path
        valueLocation: -       | metadata.valueLocation must be there
        valueLocation: a.*     | metadata.valueLocation (a.*) must be names and numbers with dots between, a # at most at its end; it has an unescaped *
        targetValue: -         | metadata.targetValue must be there
        targetValue: 0         | metadata.targetValue (0) must be a number of at least 0.001
        activationTargetValue: x | metadata.activationTargetValue (x) must be a number
        format: xml            | metadata.format (xml) must be json or yaml; xml is not supported yet
        format: prometheus     | metadata.format (prometheus) must be json or yaml; prometheus is not supported yet
        format: csv            | metadata.format (csv) must be json or yaml
        authMode: custom       | metadata.authModes (custom) must be one of apiKey, basic, bearer, tls; it is not supported here yet
        authMode: apiKey       | authentication parameter apiKey must be there for the authMode apiKey; give it by a TriggerAuthentication
        authMode: apiKey; apiKey: a; method: body | metadata.method (body) must be header or query
        authMode: apiKey; apiKey: a; keyParamName: Host | metadata or authentication parameters give a header that cannot be sent; its name must be a token, not one of Connection, Content-Length, Expect, Host and Upgrade, and its value one line
        aggregateFromKubeServiceEndpoints: true | metadata.aggregateFromKubeServiceEndpoints (true) must be false; only the one address of metadata.url is read, asking each endpoint is not supported yet
        """)
    void saysWhatIsWrongWithIt(String more, String expected) {
        assertThatThrownBy(() -> open(more, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(expected);
    }

    @Test
    void aValueThatIsTakenForAnotherIsEqual() {
        TriggerReader one = open("targetValue: 1", "").reader();
        assertThat(one)
                .isEqualTo(open("targetValue: 2; activationTargetValue: 3", "").reader());
        assertThat(one).isNotEqualTo(open("valueLocation: queue.age", "").reader());
        assertThat(one).isNotEqualTo(open("format: yaml", "").reader());
        assertThat(open("aggregationType: sum; valuePath: x", "").notSupported())
                .containsExactly(
                        "metadata.aggregationType: not used; one address is read, so there is nothing to aggregate",
                        "metadata.valuePath: no field of a metrics-api trigger, in KEDA either");
    }

    @Test
    void refusalsNameTheAuthenticationAndHideIt() {
        SERVER.stubFor(get(urlPathEqualTo("/stats")).willReturn(aResponse().withStatus(403)));
        TriggerReader reader =
                open("authMode: apiKey; method: query", "apiKey: hush").reader();
        IngestException e = catchThrowableOfType(IngestException.class, () -> reader.read(NOW));
        assertThat(e.kind()).isEqualTo(Kind.REJECTED);
        assertThat(e)
                .hasMessage(
                        "metrics-api at %s/stats: HTTP 403; it does not accept the authentication by apiKey; check the"
                                + " TriggerAuthentication",
                        SERVER.baseUrl());
    }
}
