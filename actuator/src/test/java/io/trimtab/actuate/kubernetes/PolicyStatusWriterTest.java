package io.trimtab.actuate.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.LimitRule;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.ingest.model.PolicyStatus;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.policy.PolicyOutcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When it writes and what; whether an API server takes it is tested in the deploy module, with a real one. */
class PolicyStatusWriterTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.5Z");
    private static final PolicyId WEB = new PolicyId(PolicyId.NAMESPACED, "shop", "web");
    private static final PolicyId BASE = new PolicyId(PolicyId.CLUSTER_WIDE, "", "base");

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Instant> moments = new CopyOnWriteArrayList<>();
    private volatile int answer = 200;
    private HttpServer server;
    private KubernetesClient client;
    private PolicyStatusWriter writer;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withRequestRetryBackoffLimit(0)
                        .withAutoConfigure(false)
                        .build())
                .build();
        writer = new PolicyStatusWriter(client, InstantSource.fixed(NOW));
        writer.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean patch = exchange.getRequestMethod().equals("PATCH");
        if (patch) {
            requests.add("PATCH " + exchange.getRequestURI().getPath() + " " + body);
            moments.add(InstantSource.system().instant());
        }
        int status = patch ? answer : 200;
        String[] path =
                exchange.getRequestURI().getPath().replace("/status", "").split("/");
        byte[] answered = (status == 200
                        ? "{\"apiVersion\":\"trimtab.io/v1alpha1\",\"kind\":\"ScalingPolicy\",\"metadata\":{\"name\":\"%s\"}}"
                                .formatted(path[path.length - 1])
                        : "{\"apiVersion\":\"v1\",\"kind\":\"Status\",\"code\":%d,\"message\":\"not for you\"}"
                                .formatted(status))
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, answered.length);
        exchange.getResponseBody().write(answered);
        exchange.close();
    }

    @AfterEach
    void stop() {
        writer.close();
        client.close();
        server.stop(0);
    }

    @Test
    void writesAllThatIsKnownToTheStatusOfItsKind() {
        writer.publish(List.of(outcome(WEB, "5.129", Optional.empty()), outcome(BASE, "-0.001", Optional.empty())));
        await(() -> requests.size() == 2);
        assertThat(requests.get(0))
                .startsWith("PATCH /apis/trimtab.io/v1alpha1/namespaces/shop/scalingpolicies/web/status ")
                .contains("\"now\":\"5.12\"", "\"currency\":\"USD\"", "\"workloads\":4", "\"recommendations\":3")
                .contains(
                        "\"type\":\"Ready\"",
                        "\"status\":\"True\"",
                        "\"observedGeneration\":7",
                        "\"reason\":\"Understood\"",
                        "\"lastTransitionTime\":\"2026-11-24T12:00:00Z\"");
        assertThat(requests.get(1))
                .startsWith("PATCH /apis/trimtab.io/v1alpha1/clusterscalingpolicies/base/status ")
                .contains("\"now\":\"-0.01\"");
    }

    @Test
    void whatIsThereAlreadyIsNotWrittenAndAConditionKeepsItsTime() {
        Instant before = Instant.parse("2026-11-01T00:00:00Z");
        PolicyStatus there = status("5.00").since(Optional.empty(), before);
        writer.publish(List.of(outcome(WEB, "5.001", Optional.of(there))));
        writer.publish(List.of(outcome(WEB, "6", Optional.of(there))));
        await(() -> !requests.isEmpty());
        assertThat(requests).singleElement().asString().contains("\"now\":\"6.00\"", before.toString());
        writer.publish(List.of(outcome(WEB, "6", Optional.of(there))));
        pause();
        assertThat(requests).as("the watch has not shown it yet").hasSize(1);
        PolicyStatus somebodyElses = status("1.00").since(Optional.empty(), before);
        writer.publish(List.of(outcome(WEB, "6", Optional.of(somebodyElses))));
        await(() -> requests.size() == 2);
    }

    @Test
    void whatIsRefusedIsSaidAndTriedAgainAfterTheNextRound() {
        answer = 403;
        writer.publish(List.of(outcome(WEB, "5", Optional.empty())));
        await(() -> !writer.problems().isEmpty());
        assertThat(writer.problems())
                .containsExactly(
                        "the status of ScalingPolicy shop/web was not written: forbidden (not for you); grant patch on"
                            + " scalingpolicies.trimtab.io/status to Trimtab's service account, or look at the quota"
                            + " or admission rule named");
        answer = 200;
        pause();
        assertThat(requests).hasSize(1);
        writer.publish(List.of(outcome(WEB, "5", Optional.empty())));
        await(() -> writer.problems().isEmpty());
        assertThat(requests).hasSize(2);
    }

    @Test
    void writesAFewASecond() {
        writer.publish(List.of("a", "b", "c", "d", "e").stream()
                .map(name -> outcome(new PolicyId(PolicyId.NAMESPACED, "shop", name), "1", Optional.empty()))
                .toList());
        await(() -> requests.size() == 5);
        assertThat(moments.getLast()).isAfter(moments.getFirst().plusMillis(800));
    }

    private static PolicyOutcome outcome(PolicyId id, String saving, Optional<PolicyStatus> there) {
        Money nothing = Money.zero(Money.USD);
        Policy.Requests requests = new Policy.Requests(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new LimitRule.Ratio(),
                new LimitRule.Ratio(),
                true,
                true);
        Policy policy = new Policy(
                id,
                7,
                NOW,
                Map.of(),
                new Policy.Spec(
                        Mode.APPLY,
                        Policy.Scope.EVERYTHING,
                        Policy.Objective.DEFAULT,
                        requests,
                        Policy.Replicas.UNBOUND,
                        Policy.Zero.OFF,
                        Policy.Acts.DEFAULT),
                List.of(),
                there);
        return new PolicyOutcome(policy, status(saving), new Impact(nothing, nothing));
    }

    private static PolicyStatus status(String saving) {
        return new PolicyStatus(
                List.of(new PolicyStatus.Condition("Ready", true, 7, "Understood", "all is well", Optional.empty())),
                4,
                3,
                new BigDecimal(saving),
                "USD");
    }

    /** Longer than from one write to the next. */
    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(600));
    }

    private static void await(BooleanSupplier question) {
        for (int i = 0; i < 400 && !question.getAsBoolean(); i++)
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25));
        assertThat(question.getAsBoolean()).isTrue();
    }
}
