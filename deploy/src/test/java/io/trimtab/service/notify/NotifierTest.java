package io.trimtab.service.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trimtab.service.state.Section;
import io.trimtab.service.view.BudgetsView;
import io.trimtab.service.view.BudgetsView.Mover;
import io.trimtab.service.view.BudgetsView.Row;
import io.trimtab.service.view.BudgetsView.State;
import io.trimtab.service.view.BudgetsView.Unusual;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver that answers what it is told to, and what comes to it. */
class NotifierTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant MONTH = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);

    @TempDir
    private Path folder;

    private record Received(String id, String time, String signature, String type, byte[] body) {}

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private HttpServer server;
    private Webhook webhook;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", this::take);
        server.start();
        Path secret = folder.resolve("secret");
        Files.writeString(secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
        webhook = new Webhook(
                URI.create(
                        "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort())),
                Optional.of(secret),
                InstantSource.fixed(NOW),
                Collections.nCopies(3, Duration.ofMillis(20)));
    }

    @AfterEach
    void stop() {
        webhook.close();
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        received.add(new Received(
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                headers.getFirst("Content-Type"),
                exchange.getRequestBody().readAllBytes()));
        Integer answer = answers.poll();
        exchange.sendResponseHeaders(answer == null ? 204 : answer, -1);
        exchange.close();
    }

    private Received next() throws InterruptedException {
        Received next = received.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("what is sent").isNotNull();
        return next;
    }

    private void nothingMore() throws InterruptedException {
        assertThat(received.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    /** The example of Standard Webhooks' own libraries. */
    @Test
    void signsAsStandardWebhooksDoes() {
        assertThat(Signature.of(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1_614_265_330,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aBreachIsTold() throws Exception {
        new Notifier(Optional.of(webhook)).accept(view(240, State.BREACH_EXPECTED, "1000"));
        Received told = next();
        assertThat(told.type()).isEqualTo("application/cloudevents+json");
        JsonNode event = JSON.readTree(told.body());
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("type").asText()).isEqualTo("io.trimtab.budget.breach-expected");
        assertThat(event.path("subject").asText()).isEqualTo("namespace/shop");
        assertThat(event.path("time").asText()).startsWith("2026-11-11T00:00");
        assertThat(event.at("/data/budget").asInt()).isEqualTo(1000);
        assertThat(event.path("id").asText()).isEqualTo(told.id());
        assertThat(told.time()).isEqualTo("1614265330");
        assertThat(told.signature())
                .isEqualTo(
                        Signature.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", told.id(), 1_614_265_330, told.body()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the same an hour later      | 241 | BREACH_EXPECTED | 1000 | 0
        the same two weeks later    | 576 | BREACH_EXPECTED | 1000 | 0
        now it is used up           | 241 | BREACHED        | 1000 | 1
        another budget              | 241 | BREACH_EXPECTED | 1100 | 1
        it lasts                    | 241 | WITHIN          | 1100 | 0
        """)
    void isToldOnce(String name, int hour, State state, String budget, int more) throws Exception {
        Notifier notifier = new Notifier(Optional.of(webhook));
        notifier.accept(view(240, State.BREACH_EXPECTED, "1000"));
        next();
        awaitKnown(notifier);
        // Another process goes on from what this one kept.
        Section kept = notifier.section();
        Notifier restarted = new Notifier(Optional.of(webhook));
        restarted.section().restore().from(kept.version(), kept.save().get());
        restarted.accept(view(hour, state, budget));
        for (int i = 0; i < more; i++) next();
        nothingMore();
    }

    @Test
    void whatIsUnusualIsToldAgainAfterItWasAway() throws Exception {
        Notifier notifier = new Notifier(Optional.of(webhook));
        notifier.accept(unusual(600));
        notifier.accept(unusual(605));
        assertThat(JSON.readTree(next().body()).at("/data/workloads/0/workload").asText())
                .isEqualTo("shop/Deployment/web");
        nothingMore();
        awaitKnown(notifier);
        notifier.accept(unusual(612));
        next();
    }

    @ParameterizedTest(name = "{0}: {1} more attempts")
    @CsvSource({"204, 0", "500, 1", "503, 1", "429, 1", "408, 1", "400, 0", "410, 0", "301, 0"})
    void whatMayHealIsTriedAgainWithTheSameId(int status, int more) throws Exception {
        answers.add(status);
        new Notifier(Optional.of(webhook)).accept(view(240, State.BREACHED, "1000"));
        String id = next().id();
        for (int i = 0; i < more; i++) assertThat(next().id()).isEqualTo(id);
        nothingMore();
    }

    @Test
    void attemptsEnd() throws Exception {
        answers.addAll(Collections.nCopies(10, 500));
        new Notifier(Optional.of(webhook)).accept(view(240, State.BREACHED, "1000"));
        for (int i = 0; i < 4; i++) next();
        nothingMore();
    }

    /** As where the secret or the address was wrong. */
    @ParameterizedTest(name = "answered with {0}")
    @ValueSource(ints = {400, 204})
    void whatWasNotTakenIsToldAnewWithTheNextView(int first) throws Exception {
        answers.add(first);
        Notifier notifier = new Notifier(Optional.of(webhook));
        notifier.accept(view(240, State.BREACHED, "1000"));
        next();
        nothingMore();
        notifier.accept(view(241, State.BREACHED, "1000"));
        if (first == 400) next();
        nothingMore();
    }

    @Test
    void withoutAWebhookNothingIsTakenForTold() throws Exception {
        Notifier nobody = new Notifier(Optional.empty());
        nobody.accept(view(240, State.BREACHED, "1000"));
        Notifier restarted = new Notifier(Optional.of(webhook));
        restarted
                .section()
                .restore()
                .from(nobody.section().version(), nobody.section().save().get());
        restarted.accept(view(241, State.BREACHED, "1000"));
        next();
    }

    /** The answer may come after what was sent is seen here. */
    private static void awaitKnown(Notifier notifier) throws Exception {
        byte[] nothing = new Notifier(Optional.empty()).section().save().get();
        for (int i = 0; i < 500 && notifier.section().save().get().length <= nothing.length; i++) Thread.sleep(10);
    }

    private static BudgetsView view(int hour, State state, String budget) {
        Row row = new Row(
                "namespace",
                "shop",
                BigDecimal.TEN,
                null,
                new BigDecimal(budget),
                state,
                state == State.WITHIN ? null : MONTH.plus(Duration.ofHours(500)));
        return view(hour, List.of(row), List.of());
    }

    private static BudgetsView unusual(int hour) {
        Mover mover = new Mover("shop/Deployment/web", BigDecimal.TWO, BigDecimal.ONE);
        return view(
                hour,
                List.of(),
                List.of(new Unusual("namespace", "shop", MONTH, BigDecimal.TWO, BigDecimal.ONE, List.of(mover))));
    }

    private static BudgetsView view(int hour, List<Row> rows, List<Unusual> unusual) {
        return new BudgetsView(
                MONTH,
                MONTH.plus(Duration.ofHours(hour)),
                MONTH.plus(Duration.ofDays(30)),
                "USD",
                rows,
                unusual,
                List.of());
    }
}
