package io.trimtab.ingest.kubernetes;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Pods and nodes in the protobuf form of Kubernetes, as programs of Go send them to each other. Only what a pod asks for and what a node offers is read. */
public final class FromProtobuf {
    private FromProtobuf() {}

    /**
     * @param bytes of a {@code k8s.io.api.core.v1.Pod}
     * @throws IllegalArgumentException if an amount is none, such as a negative one
     */
    public static Pod pod(ByteString bytes) throws InvalidProtocolBufferException {
        V1.Pod pod = V1.Pod.parseFrom(bytes);
        V1.PodSpec spec = pod.getSpec();
        return PodMapping.pod(new PodBuilder()
                        .withMetadata(metadata(pod.getMetadata()))
                        .withNewSpec()
                        .withContainers(containers(spec.getContainersList()))
                        .withInitContainers(containers(spec.getInitContainersList()))
                        .withOverhead(amounts(spec.getOverheadMap()))
                        .endSpec()
                        .build())
                .pod();
    }

    /**
     * @param bytes of a {@code k8s.io.api.core.v1.Node}
     * @throws IllegalArgumentException if an amount is none, such as a negative one
     */
    public static Node node(ByteString bytes) throws InvalidProtocolBufferException {
        V1.Node node = V1.Node.parseFrom(bytes);
        return NodeMapping.node(new NodeBuilder()
                .withMetadata(metadata(node.getMetadata()))
                .withNewStatus()
                .withCapacity(amounts(node.getStatus().getCapacityMap()))
                .withAllocatable(amounts(node.getStatus().getAllocatableMap()))
                .endStatus()
                .build());
    }

    private static ObjectMeta metadata(Meta.ObjectMeta metadata) {
        return new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withLabels(metadata.getLabelsMap())
                .withAnnotations(metadata.getAnnotationsMap())
                .withCreationTimestamp(
                        moment(metadata.getCreationTimestamp().getSeconds()).toString())
                .build();
    }

    private static Instant moment(long epochSecond) {
        try {
            return Instant.ofEpochSecond(epochSecond);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("its creation (%d) is no moment".formatted(epochSecond), e);
        }
    }

    private static List<Container> containers(List<V1.Container> containers) {
        return containers.stream()
                .map(container -> new ContainerBuilder()
                        .withName(container.getName())
                        .withImage(container.getImage())
                        .withRestartPolicy(container.getRestartPolicy())
                        .withNewResources()
                        .withRequests(amounts(container.getResources().getRequestsMap()))
                        .withLimits(amounts(container.getResources().getLimitsMap()))
                        .endResources()
                        .build())
                .toList();
    }

    private static Map<String, Quantity> amounts(Map<String, io.kubernetes.client.proto.Resource.Quantity> amounts) {
        return amounts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> Quantity.parse(entry.getValue().getString())));
    }
}
