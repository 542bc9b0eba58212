package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.trimtab.ingest.model.DeviceSlice;
import io.trimtab.ingest.model.NodeClaim;
import io.trimtab.ingest.model.NodePool;
import io.trimtab.ingest.model.NodeSupply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupplyMappingTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        quantities              | {limits: {cpu: 100500m, memory: 10Gi}} | - 100500m 10Gi
        numbers                 | {limits: {cpu: 8}}                     | - 8 -
        no limits               | {}                                     | - - -
        told how many           | {replicas: 3}                          | 3 - -
        """)
    void readsANodePool(String name, String spec, String expected) {
        NodePool pool = SupplyMapping.nodePool(parsed("kind: NodePool\nmetadata: {name: general}\nspec: " + spec));
        assertThat("%s %s %s"
                        .formatted(
                                word(pool.replicas()),
                                word(pool.limits().cpu()),
                                word(pool.limits().memory())))
                .isEqualTo(expected);
    }

    @Test
    void readsAMachineDeployment() {
        NodePool pool = SupplyMapping.machineDeployment(parsed("""
            kind: MachineDeployment
            metadata:
              name: md-0
              namespace: fleet
              annotations:
                cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size: "1"
                cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size: "9"
            spec: {replicas: 4}
            """));
        assertThat(pool.namespace()).isEqualTo("fleet");
        assertThat(List.of(pool.minSize(), pool.replicas(), pool.maxSize()))
                .containsExactly(Optional.of(1), Optional.of(4), Optional.of(9));
    }

    @Test
    void readsANodeClaim() {
        assertThat(SupplyMapping.nodeClaim(parsed("""
            kind: NodeClaim
            metadata: {name: general-x7, labels: {karpenter.sh/nodepool: general}}
            status: {nodeName: node-a}
            """))).isEqualTo(new NodeClaim("general-x7", "general", "node-a"));
        assertThat(SupplyMapping.nodeClaim(parsed("kind: NodeClaim\nmetadata: {name: a}")))
                .isEqualTo(new NodeClaim("a", "", ""));
    }

    @Test
    void readsAResourceSlice() {
        assertThat(SupplyMapping.resourceSlice(parsed("""
            kind: ResourceSlice
            metadata: {name: node-a-gpu}
            spec:
              driver: gpu.example.com
              nodeName: node-a
              pool: {name: node-a, generation: 2, resourceSliceCount: 1}
              devices: [{name: gpu-0}, {name: gpu-1}]
            """)))
                .isEqualTo(new DeviceSlice("node-a-gpu", "gpu.example.com", "node-a", 2, "node-a", 2));
    }

    @Test
    void slicesOfAnOlderGenerationDoNotCount() {
        var supply = new NodeSupply(
                List.of(),
                List.of(new NodeClaim("a", "general", ""), new NodeClaim("b", "general", "node-a")),
                List.of(
                        new DeviceSlice("old", "gpu", "p", 1, "node-a", 8),
                        new DeviceSlice("new-1", "gpu", "p", 2, "node-a", 2),
                        new DeviceSlice("new-2", "gpu", "p", 2, "node-a", 1),
                        new DeviceSlice("nic", "nic", "p", 1, "node-a", 4),
                        new DeviceSlice("far", "gpu", "q", 1, "", 4)));
        assertThat(supply.devices()).isEqualTo(Map.of("node-a", Map.of("gpu", 3, "nic", 4)));
        assertThat(supply.starting("general")).isEqualTo(1);
    }

    private static GenericKubernetesResource parsed(String yaml) {
        return YAML.unmarshal("apiVersion: a/v1\n" + yaml, GenericKubernetesResource.class);
    }

    private static String word(Optional<?> value) {
        return value.map(Object::toString).orElse("-");
    }
}
