package io.trimtab.service.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource.Quantity;
import io.kubernetes.client.proto.V1;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Asks as Cluster Autoscaler does, with the messages that it sends. */
public final class ExpanderRequest {
    private static final int OPTIONS = 1;
    private static final MethodDescriptor<byte[], byte[]> BEST_OPTIONS = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("grpcplugin.Expander/BestOptions")
            .setRequestMarshaller(new Plain())
            .setResponseMarshaller(new Plain())
            .build();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Form form;

    /** The fields that Cluster Autoscaler fills: of old, and for Kubernetes 1.35 and later. */
    public enum Form {
        TYPED(2, 4),
        BYTES(3, 5);

        private final int nodes;
        private final int pods;

        Form(int nodes, int pods) {
            this.nodes = nodes;
            this.pods = pods;
        }
    }

    public ExpanderRequest(Form form) {
        this.form = form;
    }

    /** What one group would add. */
    public ExpanderRequest option(String group, int nodes, List<ByteString> pods) {
        write(bytes, OPTIONS, message(option -> {
            option.writeString(1, group);
            option.writeInt32(2, nodes);
            option.writeString(3, "as its estimator says");
            for (ByteString pod : pods) option.writeBytes(form.pods, pod);
        }));
        return this;
    }

    /** A node as one of the group would be. */
    public ExpanderRequest node(String group, ByteString node) {
        write(bytes, form.nodes, message(entry -> {
            entry.writeString(1, group);
            entry.writeBytes(2, node);
        }));
        return this;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    /** What an answer says of its one option. */
    public record Answer(String group, int nodes, String debug) {}

    /** @throws io.grpc.StatusRuntimeException if it is refused */
    public static Answer ask(ManagedChannel channel, byte[] request) {
        byte[] answer = ClientCalls.blockingUnaryCall(
                channel,
                BEST_OPTIONS,
                io.grpc.CallOptions.DEFAULT.withMaxOutboundMessageSize(Integer.MAX_VALUE),
                request);
        try {
            CodedInputStream in = CodedInputStream.newInstance(answer);
            if (in.readTag() != ((OPTIONS << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED))
                throw new IOException("no option");
            in.pushLimit(in.readRawVarint32());
            String group = "";
            String debug = "";
            int nodes = 0;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case 1 -> group = in.readString();
                    case 2 -> nodes = in.readInt32();
                    case 3 -> debug = in.readString();
                    default -> throw new IOException("no field " + tag);
                }
            }
            return new Answer(group, nodes, debug);
        } catch (IOException e) {
            throw new IllegalStateException("the answer is no BestOptionsResponse", e);
        }
    }

    /** A pod with one container, and what one of a Deployment has around it. */
    public static ByteString pod(String name, Map<String, String> requests) {
        V1.ResourceRequirements.Builder resources = V1.ResourceRequirements.newBuilder();
        requests.forEach((resource, amount) -> resources
                .putRequests(resource, Quantity.newBuilder().setString(amount).build())
                .putLimits(resource, Quantity.newBuilder().setString(amount).build()));
        V1.Container.Builder container = V1.Container.newBuilder()
                .setName("app")
                .setImage("registry.example.org/shop/" + name.replaceFirst("-\\d+$", "") + ":1.42.0")
                .setResources(resources)
                .addVolumeMounts(V1.VolumeMount.newBuilder()
                        .setName("kube-api-access-x7k2p")
                        .setReadOnly(true)
                        .setMountPath("/var/run/secrets/kubernetes.io/serviceaccount"))
                .addPorts(V1.ContainerPort.newBuilder()
                        .setName("http")
                        .setContainerPort(8080)
                        .setProtocol("TCP"))
                .setTerminationMessagePath("/dev/termination-log")
                .setTerminationMessagePolicy("File")
                .setImagePullPolicy("IfNotPresent");
        for (String variable : List.of("JAVA_TOOL_OPTIONS", "LOG_LEVEL", "DATABASE_URL", "TRACING_ENDPOINT"))
            container.addEnv(V1.EnvVar.newBuilder().setName(variable).setValue("value-of-" + variable));
        return V1.Pod.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder()
                        .setName(name)
                        .setNamespace("shop")
                        .setUid("5b1f0c1e-0000-4000-8000-" + name)
                        .setResourceVersion("123456")
                        .setCreationTimestamp(Meta.Time.newBuilder().setSeconds(1_795_514_400))
                        .putLabels("app.kubernetes.io/name", name.replaceFirst("-\\d+$", ""))
                        .putLabels("pod-template-hash", "7d9c6b5f4")
                        .addOwnerReferences(Meta.OwnerReference.newBuilder()
                                .setApiVersion("apps/v1")
                                .setKind("ReplicaSet")
                                .setName(name.replaceFirst("-\\d+$", "") + "-7d9c6b5f4")
                                .setUid("0c9a51d2-0000-4000-8000-000000000000")
                                .setController(true)))
                .setSpec(V1.PodSpec.newBuilder()
                        .addContainers(container)
                        .setServiceAccountName("default")
                        .setSchedulerName("default-scheduler")
                        .setRestartPolicy("Always")
                        .setDnsPolicy("ClusterFirst"))
                .setStatus(V1.PodStatus.newBuilder()
                        .setPhase("Pending")
                        .addConditions(V1.PodCondition.newBuilder()
                                .setType("PodScheduled")
                                .setStatus("False")
                                .setReason("Unschedulable")
                                .setMessage("0/12 nodes are available: 12 Insufficient cpu.")))
                .build()
                .toByteString();
    }

    /** A node as Cluster Autoscaler makes one for a group. */
    public static ByteString node(String group, String instanceType, Map<String, String> amounts) {
        V1.NodeStatus.Builder status = V1.NodeStatus.newBuilder();
        amounts.forEach((resource, amount) -> status.putCapacity(
                        resource, Quantity.newBuilder().setString(amount).build())
                .putAllocatable(
                        resource, Quantity.newBuilder().setString(amount).build()));
        return V1.Node.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder()
                        .setName("template-node-for-" + group)
                        .putLabels("node.kubernetes.io/instance-type", instanceType))
                .setStatus(status)
                .build()
                .toByteString();
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static ByteString message(Writing writing) {
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteString();
    }

    private static void write(ByteArrayOutputStream to, int field, ByteString message) {
        CodedOutputStream out = CodedOutputStream.newInstance(to);
        try {
            out.writeBytes(field, message);
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
