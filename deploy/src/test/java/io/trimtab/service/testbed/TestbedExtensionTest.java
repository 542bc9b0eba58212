package io.trimtab.service.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithTestbed
class TestbedExtensionTest {
    private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);

    private Testbed testbed;
    private KubernetesClient client;

    @BeforeEach
    void connect(Testbed ofThisTest) {
        testbed = ofThisTest;
        client = testbed.client();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void saysHowLongTheStartTook(ControlPlane controlPlane) {
        System.out.printf(
                "control plane: ready after %d ms%n", controlPlane.startTime().toMillis());
        assertThat(controlPlane.startTime()).isPositive();
        assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("37");
    }

    @Test
    @WithTestbed
    void aMethodMayHaveItsOwnNamespace() {
        assertThat(testbed.namespace()).endsWith("-a-method-may-have-its-own-namespace");
        assertThat(client.getNamespace()).isEqualTo(testbed.namespace());
        assertThat(client.pods().list().getItems()).isEmpty();
    }

    @Test
    void closeRemovesTheNamespaceItsPodsAndNodes() throws Exception {
        try (Testbed other = Testbed.open(testbed.kubeconfig(), "closed-again")) {
            other.addNode("closed-again", "1", "1Gi", Map.of());
            create("deployment.yaml", other.namespace());
            client.apps()
                    .deployments()
                    .inNamespace("closed-again")
                    .withName("web")
                    .waitUntilReady(30, TimeUnit.SECONDS);
            assertThat(client.namespaces().withName("closed-again").get()).isNotNull();
        }
        Namespace closing = client.namespaces().withName("closed-again").get();
        assertThat(closing)
                .satisfiesAnyOf(
                        gone -> assertThat(gone).isNull(),
                        going -> assertThat(going.getStatus().getPhase()).isEqualTo("Terminating"));
        assertThat(client.nodes().withName("closed-again").get()).isNull();
        assertThat(client.pods().inNamespace("closed-again").list().getItems()).isEmpty();
    }

    @Test
    @WithTestbed
    void aNodeBecomesReadyWithItsOwnCapacity() {
        testbed.addNode("ready", "2", "8Gi", Map.of("node.kubernetes.io/instance-type", "m5.large"));
        Node ready = client.nodes().withName("ready").waitUntilReady(30, TimeUnit.SECONDS);
        assertThat(ready.getStatus().getAllocatable()).containsEntry("cpu", new Quantity("2"));
    }

    @Test
    @WithTestbed
    void podsOfADeploymentRunOnItAndAreResizedInPlace() {
        testbed.addNode("resized", "2", "8Gi", Map.of());
        create("deployment.yaml", testbed.namespace());
        client.apps().deployments().withName("web").waitUntilReady(30, TimeUnit.SECONDS);
        Pod pod = client.pods().withLabel("app", "web").list().getItems().getFirst();
        assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
        assertThat(pod.getSpec().getNodeName()).isEqualTo("resized");

        client.pods()
                .withName(pod.getMetadata().getName())
                .subresource("resize")
                .patch(STRATEGIC, cpuRequest("1"));
        Pod resized = client.pods()
                .withName(pod.getMetadata().getName())
                .waitUntilCondition(
                        now -> resources(now).getRequests().get("cpu").equals(new Quantity("1")), 30, TimeUnit.SECONDS);
        assertThat(resized.getSpec().getContainers().getFirst().getResources()).isEqualTo(resources(resized));
        assertThat(resized.getMetadata().getUid()).isEqualTo(pod.getMetadata().getUid());

        assertThatThrownBy(() -> client.pods()
                        .withName(pod.getMetadata().getName())
                        .subresource("resize")
                        .patch(STRATEGIC, cpuRequest("3")))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("enough allocatable resources: cpu");
    }

    @Test
    @WithTestbed
    void theStockHorizontalPodAutoscalerLooksAtItsObjects() {
        create("deployment.yaml", testbed.namespace());
        create("autoscaler.yaml", testbed.namespace());
        HorizontalPodAutoscaler seen = client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .withName("web")
                .waitUntilCondition(
                        now -> now != null
                                && now.getStatus() != null
                                && now.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("ScalingActive")),
                        30,
                        TimeUnit.SECONDS);
        assertThat(seen.getStatus().getConditions())
                .anySatisfy(condition -> assertThat(condition.getReason()).isEqualTo("SucceededGetScale"))
                .anySatisfy(condition -> assertThat(condition.getReason()).isEqualTo("FailedGetExternalMetric"));
    }

    @Test
    @WithTestbed
    void aServiceAccountMayDoOnlyWhatItsRoleSays() {
        testbed.grant("reader", "view");
        try (KubernetesClient reader = testbed.asServiceAccount("reader")) {
            assertThat(reader.pods().list().getItems()).isEmpty();
            assertThatThrownBy(() -> reader.pods().inNamespace("kube-system").list())
                    .hasMessageContaining("cannot list resource \"pods\"");
            assertThatThrownBy(() -> reader.pods().delete()).isInstanceOf(KubernetesClientException.class);
        }
    }

    private void create(String file, String namespace) {
        client.load(TestbedExtensionTest.class.getResourceAsStream(file))
                .inNamespace(namespace)
                .create();
    }

    private static String cpuRequest(String cpu) {
        return """
            {"spec": {"containers": [{"name": "web", "resources": {"requests": {"cpu": "%s"}}}]}}
            """.formatted(cpu);
    }

    /** What the pod's first container really runs with. */
    private static ResourceRequirements resources(Pod pod) {
        return pod.getStatus().getContainerStatuses().getFirst().getResources();
    }
}
