package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeMappingTest {
    private static Node node(String labels, String spec, String status) {
        String yaml =
                "---\n{kind: Node, metadata: {name: n, creationTimestamp: \"2026-11-24T10:00:00Z\", labels: {%s}}, spec: {%s}, status: {%s}}"
                        .formatted(labels, spec, status);
        return NodeMapping.node(UsedFields.serialization().unmarshal(yaml, io.fabric8.kubernetes.api.model.Node.class));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        karpenter.sh/capacity-type: spot               | SPOT
        karpenter.sh/capacity-type: on-demand          | ON_DEMAND
        eks.amazonaws.com/capacityType: SPOT           | SPOT
        eks.amazonaws.com/capacityType: ON_DEMAND      | ON_DEMAND
        cloud.google.com/gke-spot: "true"              | SPOT
        cloud.google.com/gke-spot: "false"             | ON_DEMAND
        cloud.google.com/gke-preemptible: "true"       | SPOT
        kubernetes.azure.com/scalesetpriority: spot    | SPOT
        kubernetes.azure.com/scalesetpriority: regular | ON_DEMAND
        spot: "true"                                   | ON_DEMAND
        """)
    void readsHowItIsBought(String label, CapacityType expected) {
        assertThat(node(label, "", "").capacityType()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        karpenter.sh/nodepool: general             | general
        eks.amazonaws.com/nodegroup: ng-1          | ng-1
        cloud.google.com/gke-nodepool: default     | default
        kubernetes.azure.com/agentpool: system     | system
        a: b                                       | ''
        """)
    void readsThePool(String label, String expected) {
        assertThat(node(label, "", "").pool()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}/{1}")
    @CsvSource({"MachineSet, md-0-x7k2p, md-0", "Machine, md-0-x7k2p, ''", "MachineSet, alone, alone"})
    void readsTheMachineDeployment(String kind, String name, String expected) {
        var made = new io.fabric8.kubernetes.api.model.NodeBuilder()
                .withNewMetadata()
                .withName("n")
                .withCreationTimestamp("2026-11-24T10:00:00Z")
                .addToAnnotations("cluster.x-k8s.io/owner-kind", kind)
                .addToAnnotations("cluster.x-k8s.io/owner-name", name)
                .endMetadata()
                .build();
        assertThat(NodeMapping.node(made).pool()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        {key: dedicated, value: db, effect: NoSchedule}  | Taint[key=dedicated, value=db, effect=NO_SCHEDULE]
        {key: gpu, effect: NoExecute}                    | Taint[key=gpu, value=, effect=NO_EXECUTE]
        {key: soft, value: x, effect: PreferNoSchedule}  | -
        """)
    void readsTaintsThatKeepPodsOff(String taint, String expected) {
        assertThat(node("", "taints: [%s]".formatted(taint), "").taints())
                .extracting(String::valueOf)
                .isEqualTo(expected == null ? java.util.List.of() : java.util.List.of(expected));
    }

    @Test
    void readsWhatItIs() {
        Node node = node(
                "node.kubernetes.io/instance-type: m7i.large, topology.kubernetes.io/region: eu-central-1,"
                        + " topology.kubernetes.io/zone: eu-central-1a",
                "unschedulable: true",
                "capacity: {cpu: \"2\", memory: 8Gi, nvidia.com/gpu: \"1\", pods: \"29\"}, allocatable: {cpu: 1930m,"
                        + " memory: 7Gi, nvidia.com/gpu: \"1\", pods: \"29\"}, conditions: [{type: Ready, status:"
                        + " \"True\"}]");
        assertThat(node.instanceType() + " " + node.region() + " " + node.zone())
                .isEqualTo("m7i.large eu-central-1 eu-central-1a");
        assertThat(node.capacity().cpu()).hasToString("2");
        assertThat(node.capacity().gpu()).hasToString("1");
        assertThat(node.allocatable().cpu()).hasToString("1930m");
        assertThat(node.maxPods()).isEqualTo(29);
        assertThat(node.ready()).isTrue();
        assertThat(node.schedulable()).isFalse();
    }

    @Test
    void saysUnknownWhereNothingIsSaid() {
        Node node = node(
                "beta.kubernetes.io/instance-type: old",
                "",
                "capacity: {cpu: \"2\"}, conditions: [{type: Ready, status: Unknown}]");
        assertThat(node.instanceType()).isEqualTo("old");
        assertThat(node.region()).isEqualTo(Node.UNKNOWN);
        assertThat(node.allocatable().cpu()).hasToString("2");
        assertThat(node.maxPods()).isEqualTo(110);
        assertThat(node.ready()).isFalse();
        assertThat(node.schedulable()).isTrue();
    }
}
