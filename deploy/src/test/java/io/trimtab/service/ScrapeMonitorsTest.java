package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.trimtab.ingest.kubernetes.KubernetesInventory;
import io.trimtab.ingest.kubernetes.UsedFields;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.ScrapeMonitor;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.service.api.OpenApiDocument;
import io.trimtab.service.config.Settings;
import io.trimtab.service.testbed.PeerDefinitions;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has a workload scraped, in a real control plane; the Prometheus Operator's kinds are there by name only. */
class ScrapeMonitorsTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final PeerDefinitions definitions = new PeerDefinitions(List.of(
            PeerDefinitions.byName("monitoring.coreos.com", "v1", "PodMonitor", "Namespaced"),
            PeerDefinitions.byName("monitoring.coreos.com", "v1", "ServiceMonitor", "Namespaced")));

    private KubernetesClient client;
    private String namespace;
    private WorkloadId web;

    @BeforeEach
    void runWeb(Testbed testbed) {
        client = testbed.client();
        namespace = testbed.namespace();
        web = new WorkloadId(namespace, "Deployment", "web");
        definitions.install(client);
        client.load(Testbed.class.getResourceAsStream("deployment.yaml"))
                .inNamespace(namespace)
                .create();
        client.services()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .addToLabels("team", "shop")
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", "web")
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        monitor(
                "PodMonitor",
                "pods",
                "{trimtab.io/latency-metric: web_seconds}",
                "{selector: {matchLabels: {app: web}}}");
        monitor("PodMonitor", "others", "{}", "{selector: {matchLabels: {app: other}}}");
        monitor("ServiceMonitor", "services", "{}", "{selector: {matchLabels: {team: shop}}}");
    }

    @AfterEach
    void remove() {
        definitions.remove(client);
        client.close();
    }

    @Test
    @WithTestbed
    void followsThemAndTheServicesBetween(Testbed testbed) throws Exception {
        // As the service reads, so with the fields that it keeps.
        try (KubernetesClient reader = new KubernetesClientBuilder()
                        .withConfig(client.getConfiguration())
                        .withKubernetesSerialization(UsedFields.serialization())
                        .build();
                var inventory = new KubernetesInventory(reader, InstantSource.fixed(NOW), Duration.ofMinutes(5))) {
            inventory.start();
            List<ScrapeMonitor> found = await(() -> monitors(inventory), it -> it.size() == 2);
            assertThat(found)
                    .extracting(ScrapeMonitor::toString)
                    .containsExactly(
                            "PodMonitor %s/pods".formatted(namespace),
                            "ServiceMonitor %s/services".formatted(namespace));
            assertThat(found.getFirst().annotations()).isEqualTo(Map.of("trimtab.io/latency-metric", "web_seconds"));

            client.apps().deployments().withName("web").scale(0);
            client.pods().withLabel("app", "web").waitUntilCondition(pod -> pod == null, 30, TimeUnit.SECONDS);
            assertThat(monitors(inventory)).as("asleep, by its template").hasSize(2);

            client.services().withName("web").delete();
            await(() -> monitors(inventory), it -> it.size() == 1);
            client.genericKubernetesResources("monitoring.coreos.com/v1", "PodMonitor")
                    .inNamespace(namespace)
                    .withName("pods")
                    .delete();
            await(() -> monitors(inventory), List::isEmpty);
        }
    }

    @Test
    @WithTestbed
    void showsWhoSelectedItAndWhatItsRequestsAreCountedBy(Testbed testbed) throws Exception {
        try (Served service = serve(testbed)) {
            JsonNode answer = service.await(
                    "/api/v1/workloads/%s/Deployment/web".formatted(namespace),
                    it -> it.path("monitors").size() == 2);
            new OpenApiDocument().check("/api/v1/workloads/{id}", answer);
            assertThat(answer.path("monitors"))
                    .hasToString(
                            "[{\"kind\":\"PodMonitor\",\"namespace\":\"%1$s\",\"name\":\"pods\"},{\"kind\":\"ServiceMonitor\",\"namespace\":\"%1$s\",\"name\":\"services\"}]"
                                    .formatted(namespace));
            JsonNode requests = answer.path("requestMetrics").path(0);
            assertThat(requests.path("of").asText()).isEqualTo("requests");
            assertThat(requests.path("names").toString()).contains("http_requests_total");
            assertThat(requests.path("by").asText())
                    .endsWith("since PodMonitor %s/pods selects it".formatted(namespace));
            assertThat(answer.path("requestMetrics").path(1))
                    .hasToString(
                            "{\"of\":\"latency\",\"names\":[\"web_seconds\"],\"by\":\"annotation trimtab.io/latency-metric of PodMonitor %s/pods\"}"
                                    .formatted(namespace));
        }
    }

    /** As after an upgrade from a release that asked for fewer rights. */
    @Test
    @WithTestbed
    void whatMayNotBeReadIsNamedAndTheRestGoesOn(Testbed testbed) throws Exception {
        String name = namespace + "-reader";
        client.rbac()
                .clusterRoles()
                .resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .addNewRule()
                        .addToApiGroups("")
                        .addToResources(
                                "pods",
                                "nodes",
                                "namespaces",
                                "limitranges",
                                "persistentvolumeclaims",
                                "resourcequotas")
                        .addToVerbs("list", "watch")
                        .endRule()
                        .addNewRule()
                        .addToApiGroups(
                                "apps",
                                "batch",
                                "autoscaling",
                                "policy",
                                "scheduling.k8s.io",
                                "autoscaling.k8s.io",
                                "karpenter.sh",
                                "cluster.x-k8s.io",
                                "resource.k8s.io",
                                "trimtab.io")
                        .addToResources("*")
                        .addToVerbs("list", "watch")
                        .endRule()
                        .build())
                .create();
        client.rbac()
                .clusterRoleBindings()
                .resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", name)
                        .addNewSubject("", "ServiceAccount", "reader", namespace)
                        .build())
                .create();
        try (KubernetesClient reader = testbed.asServiceAccount("reader");
                var inventory = new KubernetesInventory(reader, InstantSource.fixed(NOW), Duration.ofMinutes(5))) {
            inventory.start();
            List<String> problems = await(inventory::problems, lines -> lines.size() == 3);
            assertThat(problems)
                    .anyMatch(it -> it.endsWith("; grant list and watch on services to Trimtab's service account"))
                    .anyMatch(it -> it.contains("grant list and watch on podmonitors.monitoring.coreos.com to"))
                    .anyMatch(it -> it.contains("grant list and watch on servicemonitors.monitoring.coreos.com to"));
            await(inventory::hasSynced, synced -> synced);
            assertThat(inventory.state(web)).hasValueSatisfying(it -> {
                assertThat(it.workload()).isPresent();
                assertThat(it.monitors()).isEmpty();
            });
        } finally {
            client.rbac().clusterRoleBindings().withName(name).delete();
            client.rbac().clusterRoles().withName(name).delete();
        }
    }

    private static Served serve(Testbed testbed) {
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

    private List<ScrapeMonitor> monitors(KubernetesInventory inventory) {
        return inventory.state(web).map(it -> it.monitors()).orElse(List.of());
    }

    private void monitor(String kind, String name, String annotations, String spec) {
        client.resource(client.getKubernetesSerialization()
                        .unmarshal(
                                """
                                apiVersion: monitoring.coreos.com/v1
                                kind: %s
                                metadata: {name: %s, namespace: %s, annotations: %s}
                                spec: %s
                                """.formatted(kind, name, namespace, annotations, spec),
                                GenericKubernetesResource.class))
                .create();
    }

    /** Asks until the answer is as it should be, 20 s at most; then the last answer fails the test. */
    private static <A> A await(Callable<A> question, Predicate<A> enough) throws Exception {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        A answer = question.call();
        while (!enough.test(answer) && System.nanoTime() < giveUp) {
            Thread.sleep(50);
            answer = question.call();
        }
        assertThat(answer).matches(enough);
        return answer;
    }
}
