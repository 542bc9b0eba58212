package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.trimtab.ingest.model.Mode;
import io.trimtab.service.api.OpenApiDocument;
import io.trimtab.service.config.Settings;
import io.trimtab.service.testbed.PeerDefinitions;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is answered about one workload from the watches, between the rounds: there is one round and no other. */
class WorkloadNowTest {
    private Testbed testbed;
    private KubernetesClient client;

    @BeforeEach
    void runWeb(Testbed fresh) {
        testbed = fresh;
        client = fresh.client();
        testbed.addNode(testbed.namespace(), "4", "8Gi", Map.of());
        client.load(Testbed.class.getResourceAsStream("deployment.yaml"))
                .inNamespace(testbed.namespace())
                .create();
        client.load(Testbed.class.getResourceAsStream("autoscaler.yaml"))
                .inNamespace(testbed.namespace())
                .create();
        client.apps().deployments().withName("web").waitUntilReady(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    /**
     * Only the watch can have shown it: the pod is deleted as soon as it is patched, so that no listing has it, informers have no resync, and there is no other
     * round. The time is printed and not asserted, since a busy machine says nothing about it; the bar is 2 s on a quiet one.
     */
    @Test
    @WithTestbed
    void aTerminationIsSeenAtOnceThoughItsPodIsGone() throws Exception {
        String path = "/api/v1/workloads/%s/Deployment/web".formatted(testbed.namespace());
        try (Served service = serve()) {
            JsonNode before = service.await(path, answer -> answer.path("pods").size() == 2);
            assertThat(before.path("terminations")).isEmpty();
            String pod = before.path("pods").path(0).path("name").asText();
            long patched = System.nanoTime();
            client.pods()
                    .withName(pod)
                    .subresource("status")
                    .patch(
                            PatchContext.of(PatchType.STRATEGIC_MERGE),
                            "{\"status\":{\"containerStatuses\":[{\"name\":\"web\",\"restartCount\":3,\"state\":{\"terminated\":{\"reason\":\"OOMKilled\",\"exitCode\":137,\"finishedAt\":\"2026-01-01T00:00:00Z\"}}}]}}");
            client.pods().withName(pod).withGracePeriod(0).delete();
            JsonNode seen =
                    service.await(path, answer -> !answer.path("terminations").isEmpty());
            System.out.printf(
                    "a termination was in the answer %d ms after its patch was begun%n",
                    Duration.ofNanos(System.nanoTime() - patched).toMillis());
            assertThat(client.pods().withName(pod).get())
                    .as("what a listing would show")
                    .isNull();
            new OpenApiDocument().check("/api/v1/workloads/{id}", seen);
            JsonNode termination = seen.path("terminations").path(0);
            assertThat(seen.path("terminations")).hasSize(1);
            assertThat(termination.path("pod").asText()).isEqualTo(pod);
            assertThat(termination.path("reason").asText()).isEqualTo("OOMKilled");
            assertThat(termination.path("exitCode").asInt()).isEqualTo(137);
            assertThat(termination.path("restarts").asInt()).isEqualTo(3);
            assertThat(termination.path("memoryRequest").asText()).isEqualTo("128Mi");
            assertThat(termination.path("at").asText()).isEqualTo("2026-01-01T00:00:00Z");
        }
    }

    @Test
    @WithTestbed
    void showsWhatHasASayInIt() throws Exception {
        client.policy()
                .v1()
                .podDisruptionBudget()
                .resource(new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .endMetadata()
                        .withNewSpec()
                        .withMinAvailable(new IntOrString(1))
                        .withNewSelector()
                        .addToMatchLabels("app", "web")
                        .endSelector()
                        .endSpec()
                        .build())
                .create();
        client.limitRanges()
                .resource(new LimitRangeBuilder()
                        .withNewMetadata()
                        .withName("usual")
                        .endMetadata()
                        .withNewSpec()
                        .addNewLimit()
                        .withType("Container")
                        .addToMax("memory", new Quantity("4Gi"))
                        .endLimit()
                        .endSpec()
                        .build())
                .create();
        try (Served service = serve()) {
            JsonNode answer = service.await(
                    "/api/v1/workloads/%s/Deployment/web".formatted(testbed.namespace()),
                    // Each kind is listed by itself, in no order.
                    it -> it.path("disruptionBudgets")
                                            .path(0)
                                            .path("disruptionsAllowed")
                                            .asInt()
                                    == 1
                            && !it.path("scaledBy").isEmpty()
                            && !it.path("namespaceLimits").isEmpty());
            assertThat(answer.path("disruptionBudgets")
                            .path(0)
                            .path("minAvailable")
                            .asText())
                    .isEqualTo("1");
            assertThat(answer.path("scaledBy").path(0).path("kind").asText()).isEqualTo("HorizontalPodAutoscaler");
            JsonNode limits = answer.path("namespaceLimits").path(0);
            assertThat(limits.path("kind").asText()).isEqualTo("LimitRange");
            assertThat(limits.path("says").path(0).asText()).startsWith("limits at most: cpu ");
            assertThat(answer.path("workload").path("runningPods").asInt()).isEqualTo(2);
            assertThat(answer.has("runtimeUsage")).isFalse();
            JsonNode asked = service.await(
                    "/api/v1/workloads/%s/Deployment/web?runtimeUsage=true".formatted(testbed.namespace()), it -> true);
            new OpenApiDocument().check("/api/v1/workloads/{id}", asked);
            assertThat(asked.path("runtimeUsage").path("gaps").path(0).asText())
                    .contains("no store of metrics")
                    .contains("--prometheus");
        }
    }

    /** A kind of its own, as Argo's Rollout has it: it owns pods and its scale says how many there should be. */
    @Test
    @WithTestbed
    void aKindOfItsOwnIsFollowedUpwardAndItsScaleRead() throws Exception {
        CustomResourceDefinition definition = client.getKubernetesSerialization()
                .unmarshal(WorkloadNowTest.class.getResourceAsStream("flotilla.yaml"), CustomResourceDefinition.class);
        PeerDefinitions definitions = new PeerDefinitions(List.of(definition));
        definitions.install(client);
        try (Served service = serve()) {
            GenericKubernetesResource flotilla =
                    client.getKubernetesSerialization().unmarshal("""
                        apiVersion: test.trimtab.io/v1
                        kind: Flotilla
                        metadata: {name: fleet}
                        spec: {replicas: 5}
                        """, GenericKubernetesResource.class);
            GenericKubernetesResource made =
                    client.resource(flotilla).inNamespace(testbed.namespace()).create();
            client.pods()
                    .resource(new PodBuilder()
                            .withNewMetadata()
                            .withName("fleet-1")
                            .addToOwnerReferences(new OwnerReferenceBuilder()
                                    .withApiVersion("test.trimtab.io/v1")
                                    .withKind("Flotilla")
                                    .withName("fleet")
                                    .withUid(made.getMetadata().getUid())
                                    .withController(true)
                                    .build())
                            .endMetadata()
                            .withNewSpec()
                            .addNewContainer()
                            .withName("ship")
                            .withImage("ship")
                            .endContainer()
                            .endSpec()
                            .build())
                    .create();
            JsonNode answer = service.await(
                    "/api/v1/workloads/%s/Flotilla/fleet".formatted(testbed.namespace()),
                    it -> it.path("workload").path("replicas").asInt() == 5);
            assertThat(answer.path("pods")).hasSize(1);
        } finally {
            definitions.remove(client);
        }
    }

    private Served serve() {
        return Served.start(new Settings(
                0,
                "127.0.0.1",
                Mode.OBSERVE,
                Duration.ofDays(1),
                new Settings.Source.Real(
                        new Settings.Kubernetes(Optional.of(testbed.kubeconfig())),
                        Optional.empty(),
                        Duration.ofHours(1),
                        Duration.ofMinutes(1),
                        Optional.empty(),
                        Optional.empty())));
    }
}
