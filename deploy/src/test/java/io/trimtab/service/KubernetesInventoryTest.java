package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.trimtab.actuate.guard.PodCounts;
import io.trimtab.actuate.guard.Situation;
import io.trimtab.ingest.kubernetes.KubernetesInventory;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.policy.Governance;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The watches, in a real control plane. Each test has a node and a Deployment {@code web} of 2 pods with an autoscaler. */
class KubernetesInventoryTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private KubernetesClient client;
    private String namespace;
    private WorkloadId web;

    @BeforeEach
    void runWeb(Testbed testbed) {
        client = testbed.client();
        namespace = testbed.namespace();
        web = new WorkloadId(namespace, "Deployment", "web");
        testbed.addNode(
                namespace,
                "2",
                "8Gi",
                Map.of("node.kubernetes.io/instance-type", "m5.large", "karpenter.sh/capacity-type", "spot"));
        client.load(Testbed.class.getResourceAsStream("deployment.yaml"))
                .inNamespace(namespace)
                .create();
        client.load(Testbed.class.getResourceAsStream("autoscaler.yaml"))
                .inNamespace(namespace)
                .create();
        client.apps().deployments().withName("web").waitUntilReady(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    @WithTestbed
    void followsTheCluster() throws Exception {
        try (var inventory = new KubernetesInventory(client, InstantSource.fixed(NOW), Duration.ofMinutes(5))) {
            inventory.start();
            await(inventory::hasSynced, synced -> synced);
            ClusterSnapshot snapshot = inventory.snapshot(NOW);
            await(inventory::problems, List::isEmpty);
            assertThat(own(snapshot)).hasSize(2).allSatisfy(pod -> {
                assertThat(pod.owner()).contains(web);
                assertThat(pod.node()).contains(namespace);
                assertThat(pod.readyAt()).isPresent();
                assertThat(pod.requested().cpu()).hasToString("200m");
            });
            assertThat(snapshot.workloads())
                    .filteredOn(workload -> workload.id().namespace().equals(namespace))
                    .singleElement()
                    .satisfies(workload -> {
                        assertThat(workload.id()).isEqualTo(web);
                        assertThat(workload.replicas()).isEqualTo(2);
                    });
            assertThat(snapshot.nodes())
                    .filteredOn(node -> node.name().equals(namespace))
                    .singleElement()
                    .satisfies(node -> {
                        assertThat(node.instanceType()).isEqualTo("m5.large");
                        assertThat(node.capacityType()).isEqualTo(CapacityType.SPOT);
                        assertThat(node.ready()).isTrue();
                    });
            assertThat(snapshot.autoscalers())
                    .anySatisfy(autoscaler -> assertThat(autoscaler.target()).isEqualTo(web));

            assertThat(inventory.workload(web))
                    .isEqualTo(snapshot.workloads().stream()
                            .filter(workload -> workload.id().equals(web))
                            .findFirst());
            assertThat(inventory.workload(new WorkloadId(namespace, "StatefulSet", "web")))
                    .isEmpty();
            assertThat(inventory.pods(namespace)).containsExactlyInAnyOrderElementsOf(own(snapshot));
            assertThat(inventory.pods("nowhere")).isEmpty();

            String pod = own(snapshot).getFirst().id().name();
            client.pods()
                    .withName(pod)
                    .subresource("resize")
                    .patch(
                            PatchContext.of(PatchType.STRATEGIC_MERGE),
                            "{\"spec\":{\"containers\":[{\"name\":\"web\",\"resources\":{\"requests\":{\"cpu\":\"300m\"}}}]}}");
            await(
                    () -> inventory.snapshot(NOW),
                    it -> own(it).stream()
                            .anyMatch(seen -> seen.requested().cpu().toString().equals("300m")));

            client.pods()
                    .withName(pod)
                    .subresource("status")
                    .patch(
                            PatchContext.of(PatchType.STRATEGIC_MERGE),
                            "{\"status\":{\"containerStatuses\":[{\"name\":\"web\",\"lastState\":{\"terminated\":{\"reason\":\"OOMKilled\",\"exitCode\":137,\"finishedAt\":\"2029-12-31T23:00:00Z\"}}}]}}");
            await(
                    () -> inventory.killsSeenAfter(Instant.EPOCH),
                    kills -> kills.stream()
                            .anyMatch(kill -> kill.container().pod().name().equals(pod)
                                    && kill.at().equals(Instant.parse("2029-12-31T23:00:00Z"))
                                    && kill.memoryRequest().toString().equals("128Mi")));

            client.namespaces()
                    .withName(namespace)
                    .edit(it -> new NamespaceBuilder(it)
                            .editMetadata()
                            .addToAnnotations("trimtab.io/pause", "true")
                            .endMetadata()
                            .build());
            await(
                    () -> inventory.snapshot(NOW),
                    it -> Situation.of(PodCounts.of(it), web, Governance.of(it, Mode.APPLY))
                            .paused());

            client.apps().deployments().withName("web").scale(0);
            await(() -> inventory.snapshot(NOW), it -> own(it).isEmpty());
        }
    }

    /** A listing is answered 500 at a time. */
    @Test
    @WithTestbed
    void aLongListingArrivesWhole() throws Exception {
        int many = 620;
        for (int i = 0; i < many; i++) {
            client.apps()
                    .statefulSets()
                    .resource(new StatefulSetBuilder()
                            .withNewMetadata()
                            .withName("asleep-" + i)
                            .endMetadata()
                            .withNewSpec()
                            .withReplicas(0)
                            .withNewSelector()
                            .addToMatchLabels("app", "asleep")
                            .endSelector()
                            .withNewTemplate()
                            .withNewMetadata()
                            .addToLabels("app", "asleep")
                            .endMetadata()
                            .withNewSpec()
                            .addNewContainer()
                            .withName("app")
                            .withImage("app")
                            .endContainer()
                            .endSpec()
                            .endTemplate()
                            .endSpec()
                            .build())
                    .create();
        }
        try (var inventory = new KubernetesInventory(client, InstantSource.fixed(NOW), Duration.ofMinutes(5))) {
            inventory.start();
            await(inventory::hasSynced, synced -> synced);
            assertThat(inventory.snapshot(NOW).workloads())
                    .filteredOn(workload -> workload.id().namespace().equals(namespace)
                            && workload.id().kind().equals("StatefulSet"))
                    .hasSize(many);
        }
    }

    @Test
    @WithTestbed
    void aKindThatMayNotBeReadIsAGapAndTheRestGoesOn(Testbed testbed) throws Exception {
        String name = namespace + "-reader";
        client.rbac()
                .clusterRoles()
                .resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .addNewRule()
                        .addToApiGroups(
                                "",
                                "apps",
                                "batch",
                                "policy",
                                "scheduling.k8s.io",
                                "autoscaling.k8s.io",
                                "karpenter.sh",
                                "cluster.x-k8s.io",
                                "resource.k8s.io",
                                "monitoring.coreos.com",
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
            await(inventory::hasSynced, synced -> synced);
            assertThat(own(await(() -> inventory.snapshot(NOW), it -> own(it).size() == 2)))
                    .allMatch(pod -> pod.owner().filter(web::equals).isPresent());
            List<String> problems = await(inventory::problems, lines -> lines.size() == 1);
            assertThat(problems.getFirst())
                    .contains(": horizontalpodautoscalers never listed, tried since 2030-01-01T00:00:00Z: ")
                    .contains("cannot list resource \"horizontalpodautoscalers\"")
                    .endsWith("; grant list and watch on horizontalpodautoscalers to Trimtab's service account");
            assertThat(inventory.snapshot(NOW).autoscalers()).isEmpty();
        } finally {
            client.rbac().clusterRoleBindings().withName(name).delete();
            client.rbac().clusterRoles().withName(name).delete();
        }
    }

    private List<Pod> own(ClusterSnapshot snapshot) {
        return snapshot.pods().stream()
                .filter(pod -> pod.id().namespace().equals(namespace))
                .toList();
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
