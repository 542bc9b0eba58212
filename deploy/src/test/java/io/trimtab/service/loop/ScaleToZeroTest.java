package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.service.config.Settings;
import io.trimtab.service.testbed.CutWire;
import io.trimtab.service.testbed.PeerDefinitions;
import io.trimtab.service.testbed.PolicyDefinitions;
import io.trimtab.service.testbed.PrometheusServer;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import io.trimtab.service.view.ZeroView;
import io.trimtab.service.zero.WakeEvent;
import io.trimtab.service.zero.ZeroLoop;
import io.trimtab.service.zero.ZeroObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** KEDA's objects as they are, on a real API server without KEDA: down to zero and back by a real Prometheus, by the time of day, by events. */
@WithTestbed
class ScaleToZeroTest {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final int WAKES = 40;

    @TempDir
    private Path folder;

    private final AtomicInteger orders = new AtomicInteger();
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final AtomicReference<String> token = new AtomicReference<>("");
    private KubernetesClient client;
    private Testbed testbed;
    private HttpServer shop;
    private Cluster cluster;
    private ZeroLoop loop;

    @BeforeEach
    void start(Testbed fresh) throws Exception {
        testbed = fresh;
        client = fresh.client();
        PeerDefinitions.keda().install(client);
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/metrics", exchange -> {
            byte[] body = "orders_waiting %d\n".formatted(orders.get()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        shop.createContext("/orders", exchange -> {
            boolean known = ("Bearer " + token.get())
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body =
                    "{\"orders\":{\"waiting\":%d}}".formatted(orders.get()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, known ? body.length : -1);
            if (known) exchange.getResponseBody().write(body);
            exchange.close();
        });
        shop.start();
        serve(Mode.APPLY);
    }

    private void serve(Mode mode) {
        cluster = RealCluster.connect(
                new Settings.Source.Real(
                        new Settings.Kubernetes(Optional.of(testbed.kubeconfig())),
                        new Settings.Prometheus(URI.create("http://127.0.0.1:1"), Optional.empty(), Map.of()),
                        Duration.ofHours(1),
                        Duration.ofMinutes(1)),
                mode,
                PriceBook.shipped(),
                PushedSamples.inHalfOf(0));
        cluster.watch();
        ZeroLoop.Parts parts = cluster.zero().orElseThrow();
        InstantSource moved = () -> InstantSource.system().instant().plus(ahead.get());
        loop = new ZeroLoop(
                new ZeroLoop.Parts(
                        parts.cluster(),
                        parts.triggers(),
                        parts.authentication(),
                        parts.asking(),
                        parts.actuator(),
                        parts.status(),
                        moved,
                        parts.time()),
                ZeroObserver.NONE);
        loop.start();
    }

    @AfterEach
    void stop() {
        loop.close();
        cluster.close();
        shop.stop(0);
        client.genericKubernetesResources("keda.sh/v1alpha1", "ScaledObject").delete();
        client.apps().deployments().delete();
        client.close();
    }

    @Test
    void aMetricOfARealPrometheusWakesAndRestsAWorkloadAndAnOutageChangesNothing() throws Exception {
        Path noRules = Files.writeString(folder.resolve("rules.yaml"), "groups: []\n");
        URI target = URI.create("http://127.0.0.1:" + shop.getAddress().getPort());
        try (PrometheusServer prometheus = PrometheusServer.scraping("shop", target, noRules);
                CutWire wire = CutWire.to(prometheus.uri().getPort())) {
            deployment("web", 0);
            scaledObject("web", 20, """
                - type: prometheus
                  metadata: {serverAddress: 'http://127.0.0.1:%d', query: sum(orders_waiting), threshold: "10"}
                """.formatted(wire.port()));
            awaitView("web", view -> view.state().equals("asleep"));

            orders.set(35);
            awaitReplicas("web", 4);
            wire.cut();
            ZeroView down = awaitView("web", view -> view.triggers().getFirst().failed() > 3);
            assertThat(down.triggers().getFirst().trouble()).contains("127.0.0.1:" + wire.port());
            ahead.set(Duration.ofHours(1));
            awaitCondition("web", "Ready", "False", "TriggerError");
            assertThat(replicas("web")).isEqualTo(4);

            orders.set(0);
            wire.mend();
            awaitCondition("web", "Ready", "True", "ScaledObjectReady");
            awaitReplicas("web", 0);
            awaitCondition("web", "Active", "False", "ScalerNotActive");
        }
    }

    @Test
    void theTimeOfDayWakesAndRestsAWorkload() {
        deployment("office", 0);
        Instant nine = Instant.parse("2027-03-01T08:00:00Z");
        moveTo(nine.minus(Duration.ofHours(3)));
        scaledObject("office", 300, """
            - type: cron
              metadata: {timezone: Europe/Berlin, start: 0 9 * * 1-5, end: 0 18 * * 1-5, desiredReplicas: "3"}
            """);
        awaitView("office", view -> view.state().equals("asleep"));
        moveTo(nine.plusSeconds(1));
        awaitReplicas("office", 3);
        Instant closing = nine.plus(Duration.ofHours(9));
        moveTo(closing.minusSeconds(5));
        awaitView("office", view -> lastActive(view).isAfter(closing.minusSeconds(6)));
        moveTo(closing.plusSeconds(1));
        awaitView("office", view -> view.reasons().toString().contains("cool-down ends"));
        assertThat(replicas("office")).isEqualTo(3);
        moveTo(closing.plusSeconds(400));
        awaitReplicas("office", 0);
    }

    @Test
    void anEventWakesWithinAQuarterOfASecond() {
        deployment("orders", 0);
        scaledObject("orders", 0, """
            - type: cloudevents
              metadata: {type: order.placed, window: 1s}
            """);
        // An event of a second is gone before what refuses it at the start, such as a kind that is not listed yet.
        awaitView(
                "orders",
                view -> view.state().equals("asleep") && view.refusal().isEmpty());
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < WAKES; i++) {
            Instant sent = InstantSource.system().instant();
            assertThat(loop.wake(new WakeEvent("" + i, "/shop", "order.placed", Optional.empty())))
                    .containsExactly(testbed.namespace() + "/Deployment/orders");
            awaitReplicas("orders", 1);
            waits.add(Duration.between(sent, InstantSource.system().instant()));
            ahead.updateAndGet(before -> before.plusSeconds(10));
            awaitReplicas("orders", 0);
            // Two writes each time; more than 20 a second would wait for the limit.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
        }
        Collections.sort(waits);
        Duration slowest = waits.get(WAKES - 1);
        System.err.printf(
                "events: wake to scaled Deployment p50 %d ms, slowest %d ms%n",
                waits.get(WAKES / 2).toMillis(), slowest.toMillis());
        assertThat(loop.wake(new WakeEvent("x", "/shop", "order.lost", Optional.empty())))
                .isEmpty();
    }

    @Test
    void aPausedObjectStaysAndOneOfTwoForOneWorkloadIsNotFollowed() {
        deployment("web", 2);
        String cron = """
            - type: cron
              metadata: {timezone: UTC, start: 0 0 1 1 *, end: 1 0 1 1 *, desiredReplicas: "1"}
            """;
        moveTo(Instant.parse("2027-06-01T00:00:00Z"));
        scaledObject("web", 0, cron, "autoscaling.keda.sh/paused: \"true\"");
        awaitCondition("web", "Paused", "True", "ScaledObjectPaused");
        assertThat(replicas("web")).isEqualTo(2);

        scaledObject("again", "web", 0, cron, "");
        awaitCondition("web", "Ready", "False", "Contested");
        scaledObject("web", 0, cron);
        awaitCondition("again", "Ready", "False", "Contested");
        moveTo(Instant.parse("2027-06-01T12:00:00Z"));
        awaitView("again", view -> view.trouble().contains("ScaledObject/web"));
        assertThat(replicas("web")).isEqualTo(2);
        object("again", "web", 0, cron, "").delete();
        awaitReplicas("web", 0);
    }

    @Test
    void aRotatedSecretIsReadAnewAndAMissingOneChangesNothing() {
        deployment("web", 2);
        token.set("first");
        client.resource(Serialization.unmarshal("""
            apiVersion: keda.sh/v1alpha1
            kind: TriggerAuthentication
            metadata: {name: shop}
            spec: {secretTargetRef: [{parameter: token, name: shop, key: token}]}
            """, GenericKubernetesResource.class))
                .create();
        scaledObject("web", 0, """
            - type: metrics-api
              authenticationRef: {name: shop}
              metadata: {url: 'http://127.0.0.1:%d/orders', valueLocation: orders.waiting, targetValue: "10", authMode: bearer}
            """.formatted(shop.getAddress().getPort()));
        awaitCondition("web", "Ready", "False", "TriggerError");
        String missing = "Secret " + testbed.namespace() + "/shop does not exist";
        int failed = awaitView(
                        "web", view -> view.triggers().getFirst().trouble().contains(missing))
                .triggers()
                .getFirst()
                .failed();
        awaitView("web", view -> view.triggers().getFirst().failed() > failed + 2);
        assertThat(replicas("web")).isEqualTo(2);

        orders.set(55);
        client.resource(secret("first")).create();
        awaitReplicas("web", 6);
        token.set("second");
        awaitView("web", view -> view.triggers().getFirst().trouble().contains("401"));
        orders.set(95);
        client.resource(secret("second")).update();
        awaitReplicas("web", 10);
    }

    @Test
    void whatIsSetAndNotSupportedIsNamedInTheStatus() {
        deployment("web", 1);
        client.resource(Serialization.unmarshal("""
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: web}
            spec:
              scaleTargetRef: {name: web}
              pollingInterval: 1
              advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleDown: {stabilizationWindowSeconds: 60}}}}
              triggers: [{type: cron, metadata: {timezone: UTC, start: 0 0 * * *, end: 59 23 * * *, desiredReplicas: "1"}}]
            """, GenericKubernetesResource.class))
                .create();
        awaitCondition("web", "Ready", "True", "PartlySupported");
        assertThat(condition("web", "Ready").orElseThrow().get("message").toString())
                .contains("horizontalPodAutoscalerConfig");
    }

    @Test
    void aPolicysTriggersAndSleepScaleItsWorkloads() throws Exception {
        PolicyDefinitions.install(client);
        moveTo(Instant.parse("2027-06-01T12:00:00Z"));
        deployment("orders", 0);
        deployment("tool", 2);
        policy("orders", "triggers: [{type: cloudevents, metadata: {type: order}}], cooldown: 5m");
        policy("tool", "sleep: [{schedule: 0 20 * * *, until: 0 7 * * *, timezone: UTC}]");
        awaitView(
                "ScalingPolicy/orders",
                view -> view.state().equals("asleep") && view.refusal().isEmpty());
        loop.wake(new WakeEvent("1", "/shop", "order", Optional.empty()));
        awaitReplicas("orders", 1);

        awaitView("ScalingPolicy/tool", view -> view.state().equals("awake"));
        moveTo(Instant.parse("2027-06-01T20:00:01Z"));
        awaitReplicas("tool", 0);
        moveTo(Instant.parse("2027-06-02T07:00:01Z"));
        awaitReplicas("tool", 1);
        client.genericKubernetesResources("trimtab.io/v1alpha1", "ScalingPolicy")
                .delete();
    }

    private void policy(String name, String zero) {
        client.resource(Serialization.unmarshal("""
            apiVersion: trimtab.io/v1alpha1
            kind: ScalingPolicy
            metadata: {name: %s}
            spec:
              mode: Apply
              workloads: {selector: {matchLabels: {app: %s}}}
              zero: {enabled: true, %s}
            """.formatted(name, name, zero), GenericKubernetesResource.class))
                .create();
    }

    @Test
    void withoutApplyTheDecisionIsShownAndNotWritten() {
        loop.close();
        cluster.close();
        serve(Mode.RECOMMEND);
        deployment("web", 0);
        scaledObject("web", 0, """
            - type: cron
              metadata: {timezone: UTC, start: 0 0 * * *, end: 59 23 * * *, desiredReplicas: "2"}
            """);
        moveTo(Instant.parse("2027-06-01T12:00:00Z"));
        ZeroView view = awaitView("web", it -> it.action().equals("activate"));

        assertThat(view.desired()).isEqualTo(2);
        assertThat(view.refusal()).contains("Recommend");
        assertThat(replicas("web")).isZero();
    }

    private static Instant lastActive(ZeroView view) {
        return Optional.ofNullable(view.lastActive()).orElse(Instant.EPOCH);
    }

    private Secret secret(String value) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("shop")
                .withNamespace(testbed.namespace())
                .endMetadata()
                .withStringData(Map.of("token", value))
                .build();
    }

    private void moveTo(Instant moment) {
        ahead.set(Duration.between(InstantSource.system().instant(), moment));
    }

    private void deployment(String name, int replicas) {
        Deployment deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage("app")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        client.apps().deployments().resource(deployment).create();
    }

    private void scaledObject(String name, int cooldownSeconds, String triggers, String... annotations) {
        scaledObject(name, name, cooldownSeconds, triggers, String.join("\n", annotations));
    }

    private void scaledObject(String name, String target, int cooldownSeconds, String triggers, String annotations) {
        object(name, target, cooldownSeconds, triggers, annotations)
                .fieldManager("test")
                .forceConflicts()
                .serverSideApply();
    }

    private io.fabric8.kubernetes.client.dsl.NamespaceableResource<GenericKubernetesResource> object(
            String name, String target, int cooldownSeconds, String triggers, String annotations) {
        return client.resource(Serialization.unmarshal(
                """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata:
                  name: %s
                  annotations: {%s}
                spec:
                  scaleTargetRef: {name: %s}
                  pollingInterval: 1
                  cooldownPeriod: %d
                  triggers:
                %s
                """.formatted(name, annotations, target, cooldownSeconds, triggers.indent(4)),
                GenericKubernetesResource.class));
    }

    private int replicas(String name) {
        return client.apps().deployments().withName(name).get().getSpec().getReplicas();
    }

    private void awaitReplicas(String name, int wanted) {
        Instant until = InstantSource.system().instant().plus(PATIENCE);
        while (replicas(name) != wanted) {
            assertThat(InstantSource.system().instant())
                    .as("%s has not %d replicas: %s", name, wanted, loop.states())
                    .isBefore(until);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    private ZeroView awaitView(String name, Predicate<ZeroView> wanted) {
        String object = name.contains("/") ? name : "ScaledObject/" + name;
        for (int i = 0; ; i++) {
            Optional<ZeroView> view = loop.states().stream()
                    .filter(it -> it.namespace().equals(testbed.namespace())
                            && it.object().equals(object))
                    .findFirst();
            if (view.filter(wanted).isPresent()) return view.get();
            assertThat(i).as("%s is still %s", object, view).isLessThan(600);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private void awaitCondition(String name, String type, String status, String reason) {
        for (int i = 0; ; i++) {
            Optional<Map<?, ?>> condition = condition(name, type);
            boolean there = condition
                    .filter(it -> status.equals(it.get("status")) && reason.equals(it.get("reason")))
                    .isPresent();
            if (there) return;
            assertThat(i).as("%s of %s is still %s", type, name, condition).isLessThan(600);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private Optional<Map<?, ?>> condition(String name, String type) {
        GenericKubernetesResource object = client.genericKubernetesResources("keda.sh/v1alpha1", "ScaledObject")
                .withName(name)
                .get();
        if (!(object.get("status", "conditions") instanceof List<?> conditions)) return Optional.empty();
        for (Object each : conditions)
            if (each instanceof Map<?, ?> condition && type.equals(condition.get("type")))
                return Optional.of(condition);
        return Optional.empty();
    }
}
