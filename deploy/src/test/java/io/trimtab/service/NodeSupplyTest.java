package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.kubernetes.KubernetesInventory;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.NodeClaim;
import io.trimtab.ingest.model.NodePool;
import io.trimtab.ingest.model.NodeSupply;
import io.trimtab.service.testbed.PeerDefinitions;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Where nodes come from, in a real control plane; Karpenter's and Cluster API's kinds are there by name only. */
class NodeSupplyTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    @WithTestbed
    void followsWhatMakesNodes(Testbed testbed) throws Exception {
        String mine = testbed.namespace();
        try (KubernetesClient client = testbed.client();
                var inventory = new KubernetesInventory(client, InstantSource.fixed(NOW), Duration.ofMinutes(5))) {
            PeerDefinitions definitions = new PeerDefinitions(List.of(
                    PeerDefinitions.byName("karpenter.sh", "v1", "NodePool", "Cluster"),
                    PeerDefinitions.byName("karpenter.sh", "v1", "NodeClaim", "Cluster"),
                    PeerDefinitions.byName("cluster.x-k8s.io", "v1beta2", "MachineDeployment", "Namespaced")));
            definitions.install(client);
            try {
                testbed.addNode(mine, "2", "8Gi", Map.of("karpenter.sh/nodepool", mine));
                create(client, """
                    apiVersion: karpenter.sh/v1
                    kind: NodePool
                    metadata: {name: %1$s}
                    spec: {limits: {cpu: 100, memory: 400Gi}}
                    """.formatted(mine));
                create(client, """
                    apiVersion: karpenter.sh/v1
                    kind: NodeClaim
                    metadata: {name: %1$s-x7, labels: {karpenter.sh/nodepool: %1$s}}
                    spec: {expireAfter: 720h}
                    """.formatted(mine));
                create(client, """
                    apiVersion: cluster.x-k8s.io/v1beta2
                    kind: MachineDeployment
                    metadata:
                      name: md-0
                      namespace: %1$s
                      annotations:
                        cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size: "1"
                        cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size: "9"
                    spec: {replicas: 4}
                    """.formatted(mine));
                create(client, """
                    apiVersion: resource.k8s.io/v1
                    kind: ResourceSlice
                    metadata: {name: %1$s-gpu}
                    spec:
                      driver: gpu.example.com
                      nodeName: %1$s
                      pool: {name: %1$s, generation: 1, resourceSliceCount: 1}
                      devices: [{name: gpu-0}, {name: gpu-1}]
                    """.formatted(mine));
                inventory.start();
                NodeSupply supply = await(
                        inventory,
                        it -> it.pools().size() == 2
                                && it.claims().size() == 1
                                && it.devices().containsKey(mine));
                assertThat(supply.pools())
                        .containsExactly(
                                new NodePool(
                                        "MachineDeployment",
                                        mine,
                                        "md-0",
                                        Optional.of(4),
                                        Optional.of(1),
                                        Optional.of(9),
                                        CpuAndMemory.NONE),
                                new NodePool(
                                        "NodePool",
                                        "",
                                        mine,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        new CpuAndMemory(
                                                Optional.of(MilliCores.parse("100")),
                                                Optional.of(Bytes.parse("400Gi")))));
                NodeClaim claim = supply.claims().getFirst();
                Instant created = claim.life().createdAt();
                assertThat(claim)
                        .isEqualTo(new NodeClaim(
                                mine + "-x7",
                                mine,
                                "",
                                new NodeClaim.Life(
                                        created, Optional.empty(), Optional.of(created.plus(Duration.ofHours(720))))));
                assertThat(supply.starting(mine)).isEqualTo(1);
                assertThat(supply.devices().get(mine)).isEqualTo(Map.of("gpu.example.com", 2));
                assertThat(inventory.lastKnown(NOW).nodes())
                        .filteredOn(node -> node.name().equals(mine))
                        .singleElement()
                        .extracting(Node::pool)
                        .isEqualTo(mine);
                client.genericKubernetesResources("karpenter.sh/v1", "NodeClaim")
                        .withName(mine + "-x7")
                        .delete();
                await(inventory, it -> it.claims().isEmpty());
            } finally {
                client.genericKubernetesResources("resource.k8s.io/v1", "ResourceSlice")
                        .withName(mine + "-gpu")
                        .delete();
                definitions.remove(client);
            }
        }
    }

    private static void create(KubernetesClient client, String yaml) {
        client.resource(client.getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class))
                .create();
    }

    /** Until all is listed and it is as it should be, 20 s at most; then the last answer fails the test. */
    private static NodeSupply await(KubernetesInventory inventory, Predicate<NodeSupply> enough) throws Exception {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        NodeSupply supply = inventory.lastKnown(NOW).supply();
        while (!(inventory.hasSynced() && enough.test(supply)) && System.nanoTime() < giveUp) {
            Thread.sleep(50);
            supply = inventory.lastKnown(NOW).supply();
        }
        assertThat(supply).matches(enough);
        return supply;
    }
}
