package io.trimtab.service.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.kubernetes.FromProtobuf;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.recommend.expansion.Expansion;
import io.trimtab.recommend.feasible.Feasibility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The messages of Cluster Autoscaler's gRPC expander. Pods and nodes have the same form in the fields of old ({@code pod}, {@code nodeMap}) and in those for their bytes,
 * which it fills from Kubernetes 1.35 on; a pod is read and let go before the next one.
 *
 * @see "kubernetes/autoscaler, cluster-autoscaler/expander/grpcplugin/protos/expander.proto"
 */
final class ExpanderMessages {
    /** Of {@code BestOptionsRequest}. */
    private static final int OPTIONS = 1;

    private static final int NODE_MAP = 2;
    private static final int NODE_BYTES_MAP = 3;

    /** Of an entry of these maps. */
    private static final int KEY = 1;

    private static final int VALUE = 2;

    /** Of {@code Option}. */
    private static final int NODE_GROUP_ID = 1;

    private static final int NODE_COUNT = 2;
    private static final int DEBUG = 3;
    private static final int POD = 4;
    private static final int POD_BYTES = 5;

    private final PriceBook prices;

    ExpanderMessages(PriceBook prices) {
        this.prices = prices;
    }

    /**
     * @param unreadable what cannot be judged, and why
     */
    record Request(List<Expansion> expansions, List<String> unreadable) {}

    /** @throws InvalidProtocolBufferException if the bytes are no such request */
    Request read(byte[] bytes) throws InvalidProtocolBufferException {
        List<ByteString> options = new ArrayList<>();
        Map<String, ByteString> nodes = new HashMap<>();
        Map<String, ByteString> nodeBytes = new HashMap<>();
        fields(UnsafeByteOperations.unsafeWrap(bytes), (number, in) -> {
            switch (number) {
                case OPTIONS -> options.add(in.readBytes());
                case NODE_MAP -> entry(in.readBytes(), nodes);
                case NODE_BYTES_MAP -> entry(in.readBytes(), nodeBytes);
                default -> {
                    return false;
                }
            }
            return true;
        });
        nodes.putAll(nodeBytes);
        List<Expansion> expansions = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (ByteString option : options) {
            Offered offered = new Offered(option);
            try {
                expansions.add(expansion(offered, nodes));
            } catch (IllegalArgumentException e) {
                unreadable.add("%s: %s".formatted(offered.group, e.getMessage()));
            }
        }
        return new Request(expansions, unreadable);
    }

    /** @return a {@code BestOptionsResponse} with one option, of which only the name of the group is looked at */
    static byte[] answer(String group, int nodes, String words) {
        try {
            ByteArrayOutputStream option = new ByteArrayOutputStream();
            CodedOutputStream its = CodedOutputStream.newInstance(option);
            its.writeString(NODE_GROUP_ID, group);
            its.writeInt32(NODE_COUNT, nodes);
            its.writeString(DEBUG, words);
            its.flush();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(all);
            out.writeByteArray(OPTIONS, option.toByteArray());
            out.flush();
            return all.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written", e);
        }
    }

    private Expansion expansion(Offered offered, Map<String, ByteString> nodes) throws InvalidProtocolBufferException {
        ByteString bytes = Optional.ofNullable(nodes.get(offered.group))
                .orElseThrow(() -> new IllegalArgumentException("the request has no node of this group"));
        Node node = FromProtobuf.node(bytes);
        boolean spot = node.capacityType() == CapacityType.SPOT;
        Map<String, Resources> pods = new HashMap<>();
        for (ByteString pod : offered.pods()) {
            Pod read = FromProtobuf.pod(pod);
            String name = "%s/%s %s".formatted(read.id().namespace(), read.id().name(), read.uid());
            pods.put(name, Feasibility.counted(read));
        }
        return new Expansion(
                offered.group,
                offered.count,
                prices.price(node.instanceType(), node.capacity(), spot).perHour(),
                node.allocatable(),
                pods);
    }

    private static void entry(ByteString bytes, Map<String, ByteString> into) throws InvalidProtocolBufferException {
        Entry entry = new Entry();
        fields(bytes, (number, in) -> {
            switch (number) {
                case KEY -> entry.key = in.readString();
                case VALUE -> entry.value = in.readBytes();
                default -> {
                    return false;
                }
            }
            return true;
        });
        into.put(entry.key, entry.value);
    }

    private static final class Entry {
        private String key = "";
        private ByteString value = ByteString.EMPTY;
    }

    /** What one group would do. */
    private static final class Offered {
        private String group = "";
        private int count;
        private final List<ByteString> typed = new ArrayList<>();
        private final List<ByteString> bytes = new ArrayList<>();

        Offered(ByteString option) throws InvalidProtocolBufferException {
            fields(option, (number, in) -> {
                switch (number) {
                    case NODE_GROUP_ID -> group = in.readString();
                    case NODE_COUNT -> count = in.readInt32();
                    case POD -> typed.add(in.readBytes());
                    case POD_BYTES -> bytes.add(in.readBytes());
                    default -> {
                        return false;
                    }
                }
                return true;
            });
        }

        List<ByteString> pods() {
            return bytes.isEmpty() ? typed : bytes;
        }
    }

    private interface FieldReader {
        /** @return whether it has read the field */
        boolean read(int number, CodedInputStream in) throws IOException;
    }

    private static void fields(ByteString message, FieldReader reader) throws InvalidProtocolBufferException {
        CodedInputStream in = message.newCodedInput();
        in.enableAliasing(true);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag())
                if (!reader.read(WireFormat.getTagFieldNumber(tag), in)) in.skipField(tag);
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
    }
}
