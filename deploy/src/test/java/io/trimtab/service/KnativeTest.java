package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.ingest.model.Mode;
import io.trimtab.service.config.Settings;
import io.trimtab.service.testbed.PeerDefinitions;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A model that KServe serves by Knative, as their controllers write it, in a real control plane; their kinds are there by name only. */
class KnativeTest {
    private static final String SERVING = "serving.knative.dev/v1";

    private final PeerDefinitions definitions = new PeerDefinitions(List.of(
            PeerDefinitions.byName("serving.knative.dev", "v1", "Service", "Namespaced"),
            PeerDefinitions.byName("serving.knative.dev", "v1", "Configuration", "Namespaced"),
            PeerDefinitions.byName("serving.knative.dev", "v1", "Revision", "Namespaced"),
            PeerDefinitions.byName("serving.kserve.io", "v1beta1", "InferenceService", "Namespaced")));

    private Testbed testbed;
    private KubernetesClient client;

    @BeforeEach
    void install(Testbed fresh) {
        testbed = fresh;
        client = fresh.client();
        testbed.addNode(testbed.namespace(), "4", "8Gi", Map.of());
        definitions.install(client);
    }

    @AfterEach
    void remove() {
        client.apps().deployments().delete();
        definitions.remove(client);
        client.close();
    }

    @Test
    @WithTestbed
    void theServiceIsTheWorkloadWhicheverRevisionRuns() throws Exception {
        GenericKubernetesResource model = made("serving.kserve.io/v1beta1", "InferenceService", "iris", List.of());
        GenericKubernetesResource service = made(SERVING, "Service", "iris-predictor", List.of(owner(model)));
        GenericKubernetesResource configuration =
                made(SERVING, "Configuration", "iris-predictor", List.of(owner(service)));
        Deployment first = revision(configuration, "iris-predictor-00001", 2);
        String path = "/api/v1/workloads/%s/Service/iris-predictor".formatted(testbed.namespace());
        try (Served served = serve()) {
            JsonNode answer = served.await(
                    path, it -> it.path("pods").size() == 2 && it.path("owners").size() == 1);
            assertThat(answer.path("owners").path(0).asText())
                    .isEqualTo("%s/InferenceService/iris".formatted(testbed.namespace()));
            assertThat(answer.path("workload").path("replicas").asInt()).isEqualTo(2);

            revision(configuration, "iris-predictor-00002", 1);
            client.apps().deployments().resource(first).scale(0);
            JsonNode next = served.await(
                    path,
                    it -> it.path("pods").size() == 1
                            && it.path("workload").path("replicas").asInt() == 1);
            assertThat(next.path("pods").path(0).path("name").asText()).startsWith("iris-predictor-00002-deployment-");
            assertThat(served.get("/api/v1/workloads/%s/Deployment/iris-predictor-00002-deployment"
                                    .formatted(testbed.namespace()))
                            .statusCode())
                    .as("a revision is no workload of its own")
                    .isEqualTo(404);

            client.apps()
                    .deployments()
                    .withName("iris-predictor-00002-deployment")
                    .scale(0);
            JsonNode asleep = served.await(
                    path,
                    it -> it.path("pods").isEmpty()
                            && it.path("workload").path("replicas").asInt() == 0);
            assertThat(asleep.path("workload").path("containers")).hasSize(1);
            assertThat(asleep.path("owners")).hasSize(1);
        }
    }

    private Deployment revision(GenericKubernetesResource configuration, String name, int replicas) {
        GenericKubernetesResource revision = made(SERVING, "Revision", name, List.of(owner(configuration)));
        Deployment plain = client.apps()
                .deployments()
                .load(Testbed.class.getResourceAsStream("deployment.yaml"))
                .item();
        Map<String, String> labels = Map.of(
                "serving.knative.dev/service", configuration.getMetadata().getName(),
                "serving.knative.dev/configuration", configuration.getMetadata().getName(),
                "serving.knative.dev/revision", name);
        Deployment deployment = new DeploymentBuilder(plain)
                .editMetadata()
                .withName(name + "-deployment")
                .addToLabels(labels)
                .addToOwnerReferences(owner(revision))
                .endMetadata()
                .editSpec()
                .withReplicas(replicas)
                .editSelector()
                .withMatchLabels(Map.of("serving.knative.dev/revision", name))
                .endSelector()
                .editTemplate()
                .editMetadata()
                .withLabels(labels)
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
        return client.apps().deployments().resource(deployment).create();
    }

    private GenericKubernetesResource made(String apiVersion, String kind, String name, List<OwnerReference> owners) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion(apiVersion);
        object.setKind(kind);
        object.setMetadata(new ObjectMeta());
        object.getMetadata().setName(name);
        object.getMetadata().setNamespace(testbed.namespace());
        object.getMetadata().setOwnerReferences(owners);
        return client.resource(object).create();
    }

    private static OwnerReference owner(GenericKubernetesResource object) {
        return new OwnerReferenceBuilder()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
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
