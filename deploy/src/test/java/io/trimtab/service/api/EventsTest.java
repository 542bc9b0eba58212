package io.trimtab.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.trimtab.service.config.SenderToken;
import io.trimtab.service.config.SenderTokens;
import io.trimtab.service.zero.WakeEvent;
import io.trimtab.service.zero.Wakes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent to {@code /api/v1/events} over HTTP; only events of type {@code order} are waited for. */
class EventsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    @TempDir
    private Path folder;

    private final List<WakeEvent> taken = new CopyOnWriteArrayList<>();
    private Optional<ApplicationContext> context = Optional.empty();

    @AfterEach
    void stop() {
        context.ifPresent(ApplicationContext::close);
    }

    @Test
    void takesAStructuredEvent() throws Exception {
        HttpResponse<String> answer = send(
                STRUCTURED,
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"order\",\"subject\":\"eu\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(taken).containsExactly(new WakeEvent("1", "/shop", "order", Optional.of("eu")));
        assertThat(json(answer)).isEqualTo(JSON.readTree("""
            {"accepted":1,"woken":["shop/Deployment/web"],"forNobody":[]}\
            """));
    }

    @Test
    void takesABinaryEventWhateverItsData() throws Exception {
        HttpResponse<String> answer = send(
                "image/png",
                "not a picture",
                Map.of("ce-specversion", "1.0", "ce-id", "2", "ce-source", "/shop", "ce-type", "order"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(taken).containsExactly(new WakeEvent("2", "/shop", "order", Optional.empty()));
    }

    @Test
    void takesABinaryEventWithoutData() throws Exception {
        HttpResponse<String> answer = send(
                "application/json",
                "",
                Map.of("ce-specversion", "1.0", "ce-id", "3", "ce-source", "/shop", "ce-type", "order"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(taken).containsExactly(new WakeEvent("3", "/shop", "order", Optional.empty()));
    }

    @Test
    void takesABatchAndSaysWhatWasForNobody() throws Exception {
        HttpResponse<String> answer = send(BATCH, """
            [{"specversion":"1.0","id":"1","source":"/shop","type":"order"},
             {"specversion":"1.0","id":"2","source":"/shop","type":"refund"}]\
            """);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(json(answer)).isEqualTo(JSON.readTree("""
            {"accepted":2,"woken":["shop/Deployment/web"],"forNobody":["2"]}\
            """));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        application/cloudevents+json       | {                                                           | no CloudEvent
        application/cloudevents+json       | {"specversion":"1.0","id":"1","source":"/shop"}             | type
        application/cloudevents+json       | {"specversion":"9.9","id":"1","source":"/s","type":"order"} | 9.9
        application/cloudevents-batch+json | {"specversion":"1.0"}                                       | JSON array
        application/cloudevents-batch+json | [{"specversion":"1.0","id":"1"}]                            | no CloudEvent
        application/json                   | {"hello":"world"}                                           | ce-id
        text/plain                         | hello                                                       | ce-id
        text/plain                         | ""                                                          | ce-id
        application/cloudevents+json       | ""                                                          | no CloudEvent
        application/cloudevents-batch+json | ""                                                          | JSON array
        application/cloudevents-batch+json | [null]                                                      | JSON object
        """)
    void refusesWhatIsNoEvent(String contentType, String body, String words) throws Exception {
        HttpResponse<String> answer = send(contentType, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("detail").asText()).contains(words);
        assertThat(taken).isEmpty();
    }

    @Test
    void refusesTenMegabytes() throws Exception {
        String data = "x".repeat(10 << 20);
        HttpResponse<String> answer = send(
                STRUCTURED,
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"order\",\"data\":\"" + data
                        + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(taken).isEmpty();
    }

    @Test
    void asksForTheTokenAndTakesTheRotatedOne() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "first\n");
        int port = serve(Optional.of(token));
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"order\"}";

        assertThat(send(port, STRUCTURED, event, Map.of()).statusCode()).isEqualTo(401);
        assertThat(send(port, STRUCTURED, event, Map.of("Authorization", "Bearer wrong"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(port, STRUCTURED, event, Map.of("Authorization", "Bearer first"))
                        .statusCode())
                .isEqualTo(202);
        Files.writeString(token, "second");
        assertThat(send(port, STRUCTURED, event, Map.of("Authorization", "Bearer first"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(port, STRUCTURED, event, Map.of("Authorization", "Bearer second"))
                        .statusCode())
                .isEqualTo(202);
        Files.delete(token);
        assertThat(send(port, STRUCTURED, event, Map.of("Authorization", "Bearer second"))
                        .statusCode())
                .as("without its file nobody is admitted")
                .isEqualTo(401);
        assertThat(taken).hasSize(2);
    }

    private HttpResponse<String> send(String contentType, String body) throws Exception {
        return send(contentType, body, Map.of());
    }

    private HttpResponse<String> send(String contentType, String body, Map<String, String> headers) throws Exception {
        return send(serve(Optional.empty()), contentType, body, headers);
    }

    private static HttpResponse<String> send(int port, String contentType, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/api/v1/events"))
                    .header("Content-Type", contentType)
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            headers.forEach(request::header);
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private int serve(Optional<Path> token) {
        Wakes wakes = event -> {
            taken.add(event);
            return event.type().equals("order") ? List.of("shop/Deployment/web") : List.of();
        };
        Set<Class<?>> ours = Set.of(EventsController.class, ProblemHandlers.class);
        ApplicationContext started = ApplicationContext.builder()
                .properties(Map.of(
                        "micronaut.server.port",
                        -1,
                        "micronaut.server.host",
                        "127.0.0.1",
                        "micronaut.server.max-request-size",
                        64 << 20))
                .singletons(
                        wakes,
                        new SenderTokens(
                                new SenderToken("--events-token-file", token),
                                new SenderToken("--write-token-file", Optional.empty())))
                .banner(false)
                .beansPredicate(bean ->
                        !bean.getBeanType().getName().startsWith("io.trimtab") || ours.contains(bean.getBeanType()))
                .start();
        context = Optional.of(started);
        return started.getBean(EmbeddedServer.class).start().getPort();
    }
}
