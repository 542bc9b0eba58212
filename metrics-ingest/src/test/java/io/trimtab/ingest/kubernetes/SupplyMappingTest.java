package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.trimtab.ingest.model.DeviceSlice;
import io.trimtab.ingest.model.NodeClaim;
import io.trimtab.ingest.model.NodeDisruption;
import io.trimtab.ingest.model.NodePool;
import io.trimtab.ingest.model.NodeSupply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupplyMappingTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Instant CREATED = Instant.parse("2026-11-01T00:00:00Z");

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
            metadata: {name: general-x7, labels: {karpenter.sh/nodepool: general}, creationTimestamp: "2026-11-01T00:00:00Z"}
            spec: {expireAfter: 48h}
            status:
              nodeName: node-a
              conditions:
                - {type: Initialized, status: "True", lastTransitionTime: "2026-11-01T00:02:00Z"}
            """)))
                .isEqualTo(new NodeClaim(
                        "general-x7",
                        "general",
                        "node-a",
                        new NodeClaim.Life(
                                CREATED,
                                Optional.of(CREATED.plusSeconds(120)),
                                Optional.of(CREATED.plus(Duration.ofHours(48))))));
        assertThat(SupplyMapping.nodeClaim(parsed("kind: NodeClaim\nmetadata: {name: a}")))
                .isEqualTo(new NodeClaim("a", "", ""));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a pod came since | Never | {lastPodEventTime: "2026-11-01T00:05:00Z", conditions: [{type: Initialized, status: "True", lastTransitionTime: "2026-11-01T00:02:00Z"}]} | PT5M -
        not ready yet    | 1h30m | {conditions: [{type: Initialized, status: "False", lastTransitionTime: "2026-11-01T00:02:00Z"}]}                                          | - PT1H30M
        nothing known    | 1h    | {}                                                                                                                                      | - PT1H
        """)
    void readsTheLifeOfANode(String name, String expireAfter, String status, String expected) {
        NodeClaim.Life life = SupplyMapping.nodeClaim(parsed("""
            kind: NodeClaim
            metadata: {name: a, creationTimestamp: "2026-11-01T00:00:00Z"}
            spec: {expireAfter: %s}
            status: %s
            """.formatted(expireAfter, status)))
                .life();

        assertThat("%s %s"
                        .formatted(
                                word(life.settledAt().map(at -> Duration.between(CREATED, at))),
                                word(life.expiresAt().map(at -> Duration.between(CREATED, at)))))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing said   | {}                                                           | WHEN_EMPTY_OR_UNDERUTILIZED PT0S 10% []
        all said       | {consolidationPolicy: Balanced, consolidateAfter: 1m30s, budgets: [{nodes: "3", reasons: [Empty], schedule: "0 9 * * 1-5", duration: 8h}]} | BALANCED PT1M30S 3 [Empty] 0 9 * * 1-5 PT8H
        never          | {consolidationPolicy: WhenEmpty, consolidateAfter: Never}    | WHEN_EMPTY - 10% []
        no bound       | {budgets: []}                                                | WHEN_EMPTY_OR_UNDERUTILIZED PT0S
        a new policy   | {consolidationPolicy: Sometimes}                             | WHEN_EMPTY PT0S 10% []
        a number       | {budgets: [{nodes: 5}, {}]}                                  | WHEN_EMPTY_OR_UNDERUTILIZED PT0S 5 [] 10% []
        no budget      | {budgets: [all]}                                             | WHEN_EMPTY_OR_UNDERUTILIZED PT0S all []
        a wrong length | {budgets: [{nodes: 5, schedule: "@daily", duration: long}]} | WHEN_EMPTY_OR_UNDERUTILIZED PT0S 5 [] @daily
        """)
    void readsHowNodesMayGo(String name, String disruption, String expected) {
        NodeDisruption it = SupplyMapping.nodePool(parsed(
                        "kind: NodePool\nmetadata: {name: general}\nspec: {weight: 7, disruption: " + disruption + "}"))
                .disruption();
        StringBuilder words = new StringBuilder("%s %s".formatted(it.consolidation(), word(it.after())));
        for (NodeDisruption.Budget budget : it.budgets()) {
            words.append(" ").append(budget.nodes()).append(" ").append(budget.reasons());
            budget.schedule().ifPresent(line -> words.append(" ").append(line));
            budget.duration().ifPresent(length -> words.append(" ").append(length));
        }
        assertThat(words.toString()).isEqualTo(expected);
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
