package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource.Quantity;
import io.kubernetes.client.proto.V1;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Requirements;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same pod and the same node are read from protobuf as from JSON, as far as they are read. */
class FromProtobufTest {
    private static final String AS_JSON = """
        metadata: {name: web-1, namespace: shop, uid: u1, creationTimestamp: "2026-11-24T10:00:00Z", labels: {app: web}}
        spec:
          overhead: {cpu: 100m, memory: 64Mi}
          initContainers:
            - {name: migrate, image: m, resources: {requests: {cpu: "4"}}}
            - {name: proxy, image: p, restartPolicy: Always, resources: {requests: {cpu: 50m}}}
            - {name: warm, image: m, resources: {requests: {memory: 3Gi}}}
          containers:
            - name: app
              image: shop/web:1
              resources: {requests: {cpu: 500m, memory: 1Gi, nvidia.com/gpu: "2"}, limits: {memory: 2Gi, nvidia.com/gpu: "2"}}
            - {name: log, image: shop/log:1, resources: {limits: {cpu: 100m, memory: 64Mi}}}
            - {name: idle, image: shop/idle:1}
        """;

    private static final V1.Pod AS_PROTOBUF = V1.Pod.newBuilder()
            .setMetadata(Meta.ObjectMeta.newBuilder()
                    .setName("web-1")
                    .setNamespace("shop")
                    .setUid("u1")
                    .setCreationTimestamp(Meta.Time.newBuilder().setSeconds(1_795_514_400))
                    .putLabels("app", "web"))
            .setSpec(V1.PodSpec.newBuilder()
                    .putOverhead("cpu", amount("100m"))
                    .putOverhead("memory", amount("64Mi"))
                    .addInitContainers(container(
                            "migrate", "m", V1.ResourceRequirements.newBuilder().putRequests("cpu", amount("4"))))
                    .addInitContainers(container(
                                    "proxy",
                                    "p",
                                    V1.ResourceRequirements.newBuilder().putRequests("cpu", amount("50m")))
                            .setRestartPolicy("Always"))
                    .addInitContainers(container(
                            "warm", "m", V1.ResourceRequirements.newBuilder().putRequests("memory", amount("3Gi"))))
                    .addContainers(container(
                            "app",
                            "shop/web:1",
                            V1.ResourceRequirements.newBuilder()
                                    .putRequests("cpu", amount("500m"))
                                    .putRequests("memory", amount("1Gi"))
                                    .putRequests("nvidia.com/gpu", amount("2"))
                                    .putLimits("memory", amount("2Gi"))
                                    .putLimits("nvidia.com/gpu", amount("2"))))
                    .addContainers(container(
                            "log",
                            "shop/log:1",
                            V1.ResourceRequirements.newBuilder()
                                    .putLimits("cpu", amount("100m"))
                                    .putLimits("memory", amount("64Mi"))))
                    .addContainers(container("idle", "shop/idle:1", V1.ResourceRequirements.newBuilder())))
            .build();

    @Test
    void aPodIsReadAsFromJson() throws InvalidProtocolBufferException {
        Pod expected = PodMapping.pod(
                        UsedFields.serialization().unmarshal(AS_JSON, io.fabric8.kubernetes.api.model.Pod.class))
                .pod();

        Pod read = FromProtobuf.pod(AS_PROTOBUF.toByteString());
        assertThat(read).isEqualTo(expected);
        assertThat(read.scheduling().initContainers()).as("the sidecar is none").hasSize(2);
        assertThat(read.containers()).hasSize(4);
    }

    @Test
    void aNodeIsReadForItsPriceAndItsRoom() throws InvalidProtocolBufferException {
        V1.Node node = V1.Node.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder()
                        .setName("template-node-for-gpu")
                        .putLabels("node.kubernetes.io/instance-type", "g5.xlarge")
                        .putLabels("eks.amazonaws.com/capacityType", "SPOT"))
                .setStatus(V1.NodeStatus.newBuilder()
                        .putCapacity("cpu", amount("4"))
                        .putCapacity("memory", amount("16Gi"))
                        .putCapacity("nvidia.com/gpu", amount("1"))
                        .putAllocatable("cpu", amount("3920m"))
                        .putAllocatable("memory", amount("15Gi"))
                        .putAllocatable("nvidia.com/gpu", amount("1"))
                        .putAllocatable("pods", amount("58")))
                .build();

        Node read = FromProtobuf.node(node.toByteString());
        assertThat(read.name()).isEqualTo("template-node-for-gpu");
        assertThat(read.instanceType()).isEqualTo("g5.xlarge");
        assertThat(read.capacityType()).isEqualTo(CapacityType.SPOT);
        assertThat(read.capacity())
                .isEqualTo(new Resources(new MilliCores(4000), new Bytes(16L << 30), new GpuMilli(1000)));
        assertThat(read.allocatable())
                .isEqualTo(new Resources(new MilliCores(3920), new Bytes(15L << 30), new GpuMilli(1000)));
        assertThat(read.maxPods()).isEqualTo(58);
    }

    @ParameterizedTest(name = "{0} of CPU, {1} of memory")
    @CsvSource({
        "1, 1Gi, 1000, 1073741824",
        "1500m, 128974848, 1500, 128974848",
        "0.5, 129e6, 500, 129000000",
        "100u, 129M, 1, 129000000",
        "1e3, 0.5Gi, 1000000, 536870912",
        "2k, 128974848000m, 2000000, 128974848",
        "0, 1, 0, 1"
    })
    void readsAmountsAsTheyAreWritten(String cpu, String memory, long milli, long bytes) throws Exception {
        Requirements read = onlyContainer(V1.ResourceRequirements.newBuilder()
                .putRequests("cpu", amount(cpu))
                .putRequests("memory", amount(memory)));
        assertThat(read.cpuRequest()).contains(new MilliCores(milli));
        assertThat(read.memoryRequest()).contains(new Bytes(bytes));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"-1", "many", "1.2.3", "9e30", "1 Gi"})
    void refusesWhatIsNoAmount(String amount) {
        var asked = V1.ResourceRequirements.newBuilder().putRequests("memory", amount(amount));
        assertThatThrownBy(() -> onlyContainer(asked)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Such as a bare pod that a person made. */
    @Test
    void aPodThatSaysNothingAsksForNothing() throws InvalidProtocolBufferException {
        Pod read = FromProtobuf.pod(ByteString.EMPTY);
        assertThat(read.containers()).isEmpty();
        assertThat(read.scheduling().overhead()).isEqualTo(Resources.ZERO);
        assertThat(read.node()).isEqualTo(Optional.empty());
    }

    @Test
    void refusesBytesThatAreCutOrOfAnotherKind() {
        ByteString whole = AS_PROTOBUF.toByteString();
        List<ByteString> bad = Stream.of(
                        whole.substring(0, whole.size() - 1),
                        whole.substring(0, whole.size() / 2),
                        whole.concat(ByteString.copyFromUtf8("\n\u007fx")),
                        ByteString.copyFromUtf8("{\"kind\": \"Pod\"}"))
                .toList();
        assertThat(bad)
                .allSatisfy(bytes -> assertThatThrownBy(() -> FromProtobuf.pod(bytes))
                        .isInstanceOf(InvalidProtocolBufferException.class));
        assertThatThrownBy(() -> FromProtobuf.node(ByteString.copyFromUtf8("{\"kind\": \"Node\"}")))
                .isInstanceOf(InvalidProtocolBufferException.class);
    }

    private static Requirements onlyContainer(V1.ResourceRequirements.Builder resources)
            throws InvalidProtocolBufferException {
        V1.Pod pod = V1.Pod.newBuilder()
                .setSpec(V1.PodSpec.newBuilder().addContainers(container("app", "app", resources)))
                .build();
        return FromProtobuf.pod(pod.toByteString()).containers().getFirst().requirements();
    }

    private static V1.Container.Builder container(
            String name, String image, V1.ResourceRequirements.Builder resources) {
        return V1.Container.newBuilder().setName(name).setImage(image).setResources(resources);
    }

    private static Quantity amount(String text) {
        return Quantity.newBuilder().setString(text).build();
    }
}
