package io.trimtab.service.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.nodeobjects.NodeObject;
import io.trimtab.recommend.nodeobjects.NodeObject.Buffer;
import io.trimtab.recommend.nodeobjects.NodeObject.DeletionCost;
import io.trimtab.recommend.nodeobjects.NodeObject.MachineMark;
import io.trimtab.recommend.nodeobjects.NodeObject.MachineReplicas;
import io.trimtab.recommend.nodeobjects.NodeObject.PoolWeight;
import io.trimtab.recommend.nodeobjects.NodeObject.PriceOverlay;
import io.trimtab.recommend.nodeobjects.NodeObject.SharingOverlay;
import io.trimtab.service.testbed.PeerDefinitions;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A real API server takes the objects, judged by the definitions of those who read them. */
class NodeObjectsAcceptedTest {
    @Test
    @WithTestbed
    void everyKindIsTaken(Testbed testbed) throws Exception {
        String mine = testbed.namespace();
        List<PeerDefinitions> peers = List.of(PeerDefinitions.karpenter(), PeerDefinitions.clusterApi());
        try (KubernetesClient client = testbed.client()) {
            peers.forEach(peer -> peer.install(client));
            try {
                create(client, others(mine));

                GenericKubernetesResource buffer = applied(
                        client,
                        new Buffer(
                                new WorkloadId(mine, "Deployment", "web"),
                                "general",
                                4,
                                5.7,
                                Duration.ofMinutes(3),
                                2,
                                cores(2)));
                assertThat(buffer.<Object>get("spec", "replicas")).isEqualTo(2);
                assertThat(buffer.<Object>get("spec", "scalableRef", "name")).isEqualTo("web");

                for (String type : List.of("m5.xlarge", "Standard_D4s_v5")) {
                    GenericKubernetesResource price =
                            applied(client, new PriceOverlay(type, CapacityType.SPOT, new BigDecimal("0.0730")));
                    assertThat(price.<Object>get("spec", "price")).isEqualTo("0.073");
                    client.resource(price).delete();
                }
                GenericKubernetesResource sharing =
                        applied(client, new SharingOverlay(mine, "g4dn.xlarge", "nvidia.com/gpu.shared", 1, 4));
                assertThat(String.valueOf(sharing.<Object>get("spec", "capacity", "nvidia.com/gpu.shared")))
                        .isEqualTo("4");
                client.resource(sharing).delete();

                GenericKubernetesResource pool = applied(client, new PoolWeight(mine, Optional.empty(), 2, 0.5));
                assertThat(pool.<Object>get("spec", "weight")).isEqualTo(2);
                assertThat(pool.<Object>get("spec", "disruption", "consolidateAfter"))
                        .as("what others said stays")
                        .isEqualTo("30s");

                GenericKubernetesResource machine = applied(client, new MachineMark(mine, "md-0-x", "node-a", 1));
                assertThat(machine.getMetadata().getAnnotations())
                        .containsEntry("cluster.x-k8s.io/delete-machine", "yes");
                GenericKubernetesResource deployment = applied(client, new MachineReplicas(mine, "md-0", 3, 2, 0, 1));
                assertThat(deployment.<Object>get("spec", "replicas")).isEqualTo(2);
                assertThat(deployment.<Object>get("spec", "clusterName")).isEqualTo("c");
            } finally {
                client.genericKubernetesResources("karpenter.sh/v1", "NodePool")
                        .withName(mine)
                        .delete();
                peers.forEach(peer -> peer.remove(client));
            }
        }
    }

    /** What the definitions forbid is refused, so they are judged by; and nothing is made of what is not there. */
    @Test
    @WithTestbed
    void whatIsWrongIsRefused(Testbed testbed) throws Exception {
        PeerDefinitions karpenter = PeerDefinitions.karpenter();
        try (KubernetesClient client = testbed.client()) {
            karpenter.install(client);
            try {
                assertThatThrownBy(() ->
                                applied(client, new PriceOverlay("m5", CapacityType.SPOT, BigDecimal.TEN.negate())))
                        .isInstanceOf(KubernetesClientException.class)
                        .hasMessageContaining("spec.price");
                assertThatThrownBy(() -> applied(client, new SharingOverlay("p", "m5", "cpu", 1, 4)))
                        .isInstanceOf(KubernetesClientException.class)
                        .hasMessageContaining("invalid resource restricted");
                assertThatThrownBy(() -> applied(client, new PoolWeight("not-there", Optional.empty(), 2, 0.5)))
                        .isInstanceOf(KubernetesClientException.class);
                assertThatThrownBy(() ->
                                applied(client, new DeletionCost(new PodId(testbed.namespace(), "gone"), "n", 1, -1)))
                        .isInstanceOf(KubernetesClientException.class);
            } finally {
                karpenter.remove(client);
            }
        }
    }

    /** Of ten pods the one whose node goes is the one that a scale-down deletes. */
    @Test
    @WithTestbed
    void aScaleDownDeletesThePodThatIsNamed(Testbed testbed) throws Exception {
        String mine = testbed.namespace();
        testbed.addNode(mine, "8", "16Gi", Map.of());
        try (KubernetesClient client = testbed.client()) {
            create(client, """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: %s}
                spec:
                  replicas: 10
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      containers: [{name: web, image: any, resources: {requests: {cpu: 10m}}}]
                """.formatted(mine));
            List<Pod> ready = await(client, mine, 10);
            Pod chosen = ready.get(7);

            applied(
                    client,
                    new DeletionCost(new PodId(mine, chosen.getMetadata().getName()), mine, 1, -1));
            client.apps().deployments().inNamespace(mine).withName("web").scale(9);

            List<String> left = await(client, mine, 9).stream()
                    .map(pod -> pod.getMetadata().getName())
                    .toList();
            assertThat(left).doesNotContain(chosen.getMetadata().getName());
        }
    }

    /** As many that are ready, for 60 s at most. */
    private static List<Pod> await(KubernetesClient client, String namespace, int count) throws InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        List<Pod> ready = new ArrayList<>();
        while (System.nanoTime() < giveUp) {
            List<Pod> all = client.pods().inNamespace(namespace).list().getItems();
            ready = all.stream()
                    .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                    .filter(pod -> pod.getStatus().getConditions().stream()
                            .anyMatch(it -> it.getType().equals("Ready")
                                    && it.getStatus().equals("True")))
                    .collect(Collectors.toList());
            if (ready.size() == count && all.size() == count) return ready;
            Thread.sleep(100);
        }
        assertThat(ready).hasSize(count);
        return ready;
    }

    private static GenericKubernetesResource applied(KubernetesClient client, NodeObject object) {
        GenericKubernetesResource document = client.getKubernetesSerialization()
                .unmarshal(NodeObjectForm.of(object).yaml(), GenericKubernetesResource.class);
        return client.resource(document)
                .fieldManager("trimtab")
                .forceConflicts()
                .serverSideApply();
    }

    private static void create(KubernetesClient client, String documents) {
        for (String document : documents.split("---\n")) {
            HasMetadata object =
                    client.getKubernetesSerialization().unmarshal(document, GenericKubernetesResource.class);
            client.resource(object).create();
        }
    }

    private static Resources cores(int count) {
        return new Resources(new MilliCores(count * 1000L), new Bytes(1L << 30), GpuMilli.ZERO);
    }

    private static String others(String namespace) {
        return """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: %1$s}
            spec:
              disruption: {consolidateAfter: 30s}
              template:
                spec:
                  nodeClassRef: {group: example.com, kind: Machine, name: any}
                  requirements: [{key: kubernetes.io/arch, operator: In, values: [amd64]}]
            ---
            apiVersion: cluster.x-k8s.io/v1beta2
            kind: MachineDeployment
            metadata: {name: md-0, namespace: %1$s}
            spec:
              clusterName: c
              replicas: 3
              selector: {matchLabels: {pool: md-0}}
              template:
                metadata: {labels: {pool: md-0}}
                spec:
                  clusterName: c
                  bootstrap: {dataSecretName: any}
                  infrastructureRef: {apiGroup: example.com, kind: Machine, name: any}
            ---
            apiVersion: cluster.x-k8s.io/v1beta2
            kind: Machine
            metadata: {name: md-0-x, namespace: %1$s}
            spec:
              clusterName: c
              bootstrap: {dataSecretName: any}
              infrastructureRef: {apiGroup: example.com, kind: Machine, name: any}
            """.formatted(namespace);
    }
}
