package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.trimtab.actuate.kubernetes.PolicyStatusWriter;
import io.trimtab.ingest.kubernetes.policy.ClusterScalingPolicy;
import io.trimtab.ingest.kubernetes.policy.PolicyMapping;
import io.trimtab.ingest.kubernetes.policy.ScalingPolicy;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Mode;
import io.trimtab.recommend.policy.Governance;
import io.trimtab.recommend.policy.PolicyOutcome;
import io.trimtab.service.api.OpenApiDocument;
import io.trimtab.service.config.Settings;
import io.trimtab.service.testbed.PolicyDefinitions;
import io.trimtab.service.testbed.PrometheusServer;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Policies beside a running service, on a real API server and a real Prometheus. The Deployments {@code web} and {@code other} have 2 pods each that ask for 1 core
 * and 2 GiB and have used 300m and 900 MiB for 26 hours; without a policy 343m are recommended where no autoscaler stands on CPU. An autoscaler wants 20 % of the CPU request of {@code web}, so 3 replicas.
 */
@WithTestbed
class PoliciesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration HISTORY = Duration.ofHours(26);

    @TempDir
    private Path folder;

    private Testbed testbed;
    private KubernetesClient client;
    private PrometheusServer prometheus;

    @BeforeEach
    void run(Testbed fresh) throws Exception {
        testbed = fresh;
        client = fresh.client();
        PolicyDefinitions.install(client);
        if (client.nodes().withName(fresh.namespace()).get() == null)
            fresh.addNode(fresh.namespace(), "16", "64Gi", Map.of("node.kubernetes.io/instance-type", "m5.4xlarge"));
        client.load(PoliciesTest.class.getResourceAsStream("real-pair.yaml"))
                .inNamespace(fresh.namespace())
                .create();
        var web = client.apps()
                .deployments()
                .withName("web")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"labels\": {\"tier\": \"web\"}}}");
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName("other")
                        .endMetadata()
                        .withSpec(web.getSpec())
                        .editSpec()
                        .withNewSelector()
                        .addToMatchLabels("app", "other")
                        .endSelector()
                        .editTemplate()
                        .editMetadata()
                        .withLabels(Map.of("app", "other"))
                        .endMetadata()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        for (String name : List.of("web", "other", "bystander"))
            client.apps().deployments().withName(name).waitUntilReady(60, TimeUnit.SECONDS);
        List<Pod> used =
                Stream.of("web", "other").flatMap(app -> pods(app).stream()).toList();
        ReadyPods.forAnHour(client, used);
        prometheus = PrometheusServer.withHistory(
                SteadyUsage.write(folder.resolve("history.om"), used, HISTORY, 0.3, 900 << 20));
    }

    @AfterEach
    void stop() throws Exception {
        prometheus.close();
        client.resources(ScalingPolicy.class).delete();
        client.resources(ClusterScalingPolicy.class).delete();
        client.apps().deployments().delete();
        client.autoscaling().v2().horizontalPodAutoscalers().delete();
        client.pods().withTimeout(30, TimeUnit.SECONDS).delete();
        client.close();
    }

    @Test
    void aPolicyDecidesAndIsToldWhatBecameOfItUntilItIsDeleted() throws Exception {
        try (Served service = start(Mode.RECOMMEND)) {
            awaitCpu(service, "other", "343m", "");
            create(
                    "web",
                    "{workloads: {selector: {matchLabels: {tier: web}}}, requests: {cpu: {min: 2}}, replicas: {max:"
                            + " 2}}");
            String policy = "ScalingPolicy " + testbed.namespace() + "/web";
            awaitCpu(service, "web", "2", policy);
            awaitCpu(service, "other", "343m", "");
            JsonNode replicas = recommendation(service, "web", "replicas");
            assertThat(replicas.path("kind").asText()).isEqualTo("Hold");
            assertThat(replicas.path("reasons").path(0).path("message").asText())
                    .isEqualTo("3 replicas are above the maximum of %s, 2".formatted(policy));

            ScalingPolicy written = awaitCondition("web", "Ready", "True", "Understood");
            assertThat(written.getStatus().workloads()).isEqualTo(1);
            assertThat(written.getStatus().recommendations()).isEqualTo(1);
            assertThat(written.getStatus().savingPerMonth().now()).matches("-?\\d+\\.\\d\\d");
            assertThat(condition(written, "Conflict").getStatus()).isEqualTo("False");

            String answer = service.get("/api/v1/policies").body();
            new OpenApiDocument().check("/api/v1/policies", JSON.readTree(answer));
            JsonNode shown = JSON.readTree(answer).path("items").path(0);
            assertThat(shown.path("id").asText()).isEqualTo(policy);
            assertThat(shown.path("selector").asText()).isEqualTo("tier=web");
            assertThat(shown.path("workloads").asInt()).isEqualTo(1);
            assertThat(service.get("/policies").body()).contains("1 policy", "✓ ready");
            assertThat(service.await("/api/v1/workloads?namespace=" + testbed.namespace(), page -> true)
                            .path("items")
                            .findValuesAsText("policy"))
                    .containsExactlyInAnyOrder("", "", policy);

            client.resources(ScalingPolicy.class).withName("web").delete();
            awaitRecommendation(
                    service, "web", "web", it -> it.path("policy").asText().isEmpty());
        }
    }

    @Test
    void twoThatTieSaySoAndTheirWorkloadIsLeftAlone() throws Exception {
        try (Served service = start(Mode.APPLY)) {
            awaitCpu(service, "other", "343m", "");
        }
        create("a", "{mode: Apply, workloads: {selector: {matchLabels: {tier: web}}}}");
        create("b", "{mode: Apply, workloads: {selector: {matchExpressions: [{key: tier, operator: Exists}]}}}");
        create("rest", "{acts: {windows: [{schedule: 0 2 * * *, for: 1h, timezone: Europe/Bonn}]}}");
        try (Served service = start(Mode.APPLY)) {
            for (String name : List.of("a", "b")) {
                ScalingPolicy policy = awaitCondition(name, "Conflict", "True", "Tie");
                assertThat(condition(policy, "Conflict").getMessage())
                        .contains("ties with ScalingPolicy %s/%s for 1 workload"
                                .formatted(testbed.namespace(), name.equals("a") ? "b" : "a"));
                assertThat(condition(policy, "Ready").getStatus()).isEqualTo("False");
                assertThat(policy.getStatus().workloads()).isZero();
            }
            ScalingPolicy odd = awaitCondition("rest", "Ready", "False", "NotUnderstood");
            assertThat(condition(odd, "Ready").getMessage())
                    .isEqualTo("spec.acts.windows[0].timezone (Europe/Bonn) is no time zone that is known here, such as"
                            + " Europe/Berlin");
            JsonNode web = recommendation(service, "web", "web");
            assertThat(web.path("kind").asText()).isEqualTo("Hold");
            assertThat(web.path("reasons").path(0).path("code").asText()).isEqualTo("Contested");
            JsonNode other = recommendation(service, "other", "web");
            assertThat(other.path("kind").asText()).isEqualTo("Hold");
            assertThat(other.path("reasons").path(0).path("message").asText())
                    .contains("ScalingPolicy %s/rest is not ready: spec.acts.windows[0].timezone"
                            .formatted(testbed.namespace()));
            assertThat(service.get("/policies").body()).contains("✗ Tie", "✗ NotUnderstood");
        }
        assertThat(cpuOf("web")).containsOnly("1");
    }

    @Test
    void applyByAPolicyActsOnlyThere() throws Exception {
        createClusterWide("base", "{mode: Recommend}");
        create(
                "web",
                "{mode: Apply, workloads: {selector: {matchLabels: {tier: web}}}, requests: {cpu: {min: 2}}, replicas:"
                        + " {max: 2}}");
        try (Served service = start(Mode.APPLY)) {
            awaitOutcome(service, "web", "applied");
            JsonNode other = awaitOutcome(service, "other", "skipped");
            assertThat(other.path("outcome").asText()).contains("the mode is Recommend");
            assertThat(other.path("policy").asText()).isEqualTo("ClusterScalingPolicy base");
        }
        assertThat(cpuOf("web")).containsOnly("2");
        assertThat(cpuOf("other")).containsOnly("1");
    }

    @Test
    void whoeverStartsObserveGetsItEverywhereAndNoPolicyIsWrittenTo() throws Exception {
        create("web", "{mode: Apply}");
        try (Served service = start(Mode.OBSERVE)) {
            JsonNode web = awaitRecommendation(service, "web", "web", it -> true);
            assertThat(web.path("kind").asText()).isEqualTo("Hold");
            assertThat(web.path("reasons").path(0).path("code").asText()).isEqualTo("OnlyObserved");
            JsonNode policy = service.await(
                            "/api/v1/policies", page -> page.path("total").asInt() == 1)
                    .path("items")
                    .path(0);
            assertThat(policy.path("mode").asText()).isEqualTo("Apply");
            assertThat(policy.path("modeInForce").asText()).isEqualTo("Observe");
            long rounds = cycles(service);
            service.await("/api/v1/status", status -> status.path("cycles").asLong() > rounds + 1);
        }
        assertThat(client.resources(ScalingPolicy.class).withName("web").get().getStatus())
                .isNull();
    }

    @Test
    void aStatusIsWrittenOnceAndARefusalIsSaidUntilItIsOver() throws Exception {
        create("web", "{mode: Apply}");
        var now = InstantSource.fixed(Instant.parse("2030-01-01T00:00:00Z"));
        try (KubernetesClient stranger = testbed.asServiceAccount("stranger");
                var refused = new PolicyStatusWriter(stranger, now);
                var writer = new PolicyStatusWriter(client, now)) {
            refused.start();
            refused.publish(outcomes().values());
            await(() -> !refused.problems().isEmpty());
            assertThat(refused.problems())
                    .singleElement()
                    .asString()
                    .startsWith("the status of ScalingPolicy %s/web was not written: forbidden ("
                            .formatted(testbed.namespace()))
                    .contains("grant patch on scalingpolicies.trimtab.io/status to Trimtab's service account");
            refused.publish(List.of());
            assertThat(refused.problems()).isEmpty();

            writer.start();
            writer.publish(outcomes().values());
            await(() -> policy("web").getStatus() != null);
            assertThat(condition(policy("web"), "Ready").getLastTransitionTime())
                    .isEqualTo("2030-01-01T00:00:00Z");
            String version = policy("web").getMetadata().getResourceVersion();
            for (int i = 0; i < 3; i++) {
                writer.publish(outcomes().values());
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
            }
            assertThat(policy("web").getMetadata().getResourceVersion()).isEqualTo(version);
        }
    }

    private Map<?, PolicyOutcome> outcomes() {
        var snapshot = new ClusterSnapshot(
                Instant.EPOCH,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(PolicyMapping.policy(policy("web"))));
        return Governance.of(snapshot, Mode.APPLY).outcomes(List.of());
    }

    private ScalingPolicy policy(String name) {
        return client.resources(ScalingPolicy.class).withName(name).get();
    }

    private void create(String name, String spec) {
        createAs("ScalingPolicy", "{name: %s, namespace: %s}".formatted(name, testbed.namespace()), spec);
    }

    private void createClusterWide(String name, String spec) {
        createAs("ClusterScalingPolicy", "{name: %s}".formatted(name), spec);
    }

    private void createAs(String kind, String metadata, String spec) {
        client.resource(client.getKubernetesSerialization()
                        .unmarshal("""
                            apiVersion: trimtab.io/v1alpha1
                            kind: %s
                            metadata: %s
                            spec: %s
                            """.formatted(kind, metadata, spec), GenericKubernetesResource.class))
                .create();
    }

    private Served start(Mode mode) {
        return Served.start(new Settings(
                0,
                "127.0.0.1",
                mode,
                Duration.ofSeconds(2),
                new Settings.Source.Real(
                        new Settings.Kubernetes(Optional.of(testbed.kubeconfig())),
                        new Settings.Prometheus(prometheus.uri(), Optional.empty(), Map.of()),
                        HISTORY,
                        SteadyUsage.STEP)));
    }

    private void awaitCpu(Served service, String workload, String cpu, String policy) throws Exception {
        awaitRecommendation(
                service,
                workload,
                "web",
                it -> it.path("patch").asText().contains("cpu: \"" + cpu + "\"")
                        && it.path("policy").asText().equals(policy));
    }

    private JsonNode awaitOutcome(Served service, String workload, String outcome) throws Exception {
        return awaitRecommendation(
                service, workload, "web", it -> it.path("outcome").asText().startsWith(outcome));
    }

    private JsonNode awaitRecommendation(Served service, String workload, String subject, Predicate<JsonNode> wanted)
            throws Exception {
        JsonNode page = service.await(
                "/api/v1/recommendations?limit=1000&namespace=" + testbed.namespace(),
                answer -> find(answer, workload, subject).filter(wanted).isPresent());
        return find(page, workload, subject).orElseThrow();
    }

    private JsonNode recommendation(Served service, String workload, String subject) throws Exception {
        return awaitRecommendation(service, workload, subject, it -> true);
    }

    private static Optional<JsonNode> find(JsonNode page, String workload, String subject) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .filter(it -> it.path("workload").asText().equals(workload)
                        && it.path("subject").asText().equals(subject))
                .findFirst();
    }

    private static long cycles(Served service) throws Exception {
        return JSON.readTree(service.get("/api/v1/status").body())
                .path("cycles")
                .asLong();
    }

    private ScalingPolicy awaitCondition(String name, String type, String status, String reason) {
        return client.resources(ScalingPolicy.class)
                .withName(name)
                .waitUntilCondition(
                        it -> it != null
                                && it.getStatus() != null
                                && condition(it, type).getStatus().equals(status)
                                && condition(it, type).getReason().equals(reason),
                        60,
                        TimeUnit.SECONDS);
    }

    private static Condition condition(ScalingPolicy policy, String type) {
        return policy.getStatus().conditions().stream()
                .filter(it -> it.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private List<String> cpuOf(String app) {
        return pods(app).stream()
                .map(pod ->
                        pod.getSpec().getContainers().getFirst().getResources().getRequests())
                .map(requests -> requests.getOrDefault("cpu", new Quantity("0")).toString())
                .toList();
    }

    private List<Pod> pods(String app) {
        return client.pods().withLabel("app", app).list().getItems();
    }

    private static void await(BooleanSupplier question) {
        for (int i = 0; i < 200 && !question.getAsBoolean(); i++)
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(question.getAsBoolean()).isTrue();
    }
}
