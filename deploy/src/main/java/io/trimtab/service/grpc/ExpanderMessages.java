package io.trimtab.service.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.kubernetes.FromProtobuf;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.recommend.expansion.Expansion;
import io.trimtab.recommend.feasible.Feasibility;
import io.trimtab.recommend.plan.Machines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The messages of Cluster Autoscaler's gRPC expander. Pods and nodes have the same form in the fields of old ({@code pod}, {@code nodeMap}) and in those for their bytes,
 * which it fills from Kubernetes 1.35 on.
 *
 * @see "kubernetes/autoscaler, cluster-autoscaler/expander/grpcplugin/protos/expander.proto"
 */
final class ExpanderMessages {
    /** Of {@code BestOptionsRequest}, and of its answer. */
    private static final int OPTIONS = 1;

    private static final int OPTIONS_TAG = (OPTIONS << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int NODE_MAP_TAG = (2 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int NODE_BYTES_MAP_TAG = (3 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;

    /** Of an entry of these maps. */
    private static final int KEY_TAG = (1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private static final int VALUE_TAG = (2 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;

    /** Of {@code Option}. */
    private static final int NODE_GROUP_ID = 1;

    private static final int NODE_COUNT = 2;
    private static final int DEBUG = 3;
    private static final int NODE_GROUP_ID_TAG = (NODE_GROUP_ID << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int NODE_COUNT_TAG = (NODE_COUNT << 3) | WireFormat.WIRETYPE_VARINT;
    private static final int POD_TAG = (4 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int POD_BYTES_TAG = (5 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private static final int BUFFER_BYTES = 64 << 10;

    /** Options, and nodes, of one question. */
    private static final int MOST_GROUPS = 1_000;

    /** 25,000 pods of which 20 groups would carry each; of two bytes each there could be 64 million. */
    private static final int MOST_MENTIONS = 500_000;

    private static final int MOST_DISTINCT_BYTES = 64 << 20;

    /** What is kept of a pod beside its bytes, about. */
    private static final int BYTES_BESIDE = 500;

    private final PriceBook prices;

    ExpanderMessages(PriceBook prices) {
        this.prices = prices;
    }

    /** What was asked. */
    sealed interface Question {
        /** @param unreadable options that cannot be judged, and why */
        record Understood(List<Expansion> expansions, List<String> unreadable) implements Question {}

        /** These bytes are no {@code BestOptionsRequest}. */
        record Malformed(String why) implements Question {}
    }

    /** The bytes are let go as they are read, but for those of each pod and node, once. */
    Question read(InputStream bytes) {
        List<Offered> options = new ArrayList<>();
        Map<String, ByteString> nodes = new HashMap<>();
        Map<String, ByteString> nodeBytes = new HashMap<>();
        PodReader pods = new PodReader();
        try {
            fields(CodedInputStream.newInstance(bytes, BUFFER_BYTES), (tag, in) -> {
                switch (tag) {
                    case OPTIONS_TAG -> {
                        atMost(MOST_GROUPS, options.size() + 1, "options");
                        options.add(Offered.read(in, pods));
                    }
                    case NODE_MAP_TAG -> entry(in, nodes);
                    case NODE_BYTES_MAP_TAG -> entry(in, nodeBytes);
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            nodes.putAll(nodeBytes);
            return judged(options, nodes);
        } catch (IOException e) {
            return new Question.Malformed(String.valueOf(e.getMessage()));
        }
    }

    private Question judged(List<Offered> options, Map<String, ByteString> nodes)
            throws InvalidProtocolBufferException {
        List<Expansion> expansions = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (Offered offered : options) {
            try {
                expansions.add(expansion(offered, nodes));
            } catch (IllegalArgumentException e) {
                unreadable.add("%s: %s".formatted(offered.group, e.getMessage()));
            }
        }
        return new Question.Understood(expansions, unreadable);
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
        return new Expansion(
                offered.group,
                offered.count,
                prices.price(Machines.of(node)).perHour(),
                node.allocatable(),
                offered.pods());
    }

    private static void entry(CodedInputStream in, Map<String, ByteString> into) throws IOException {
        Entry entry = new Entry();
        message(in, (tag, its) -> {
            switch (tag) {
                case KEY_TAG -> entry.key = its.readString();
                case VALUE_TAG -> entry.value = its.readBytes();
                default -> {
                    return false;
                }
            }
            return true;
        });
        into.put(entry.key, entry.value);
        atMost(MOST_GROUPS, into.size(), "nodes");
    }

    private static void atMost(int most, int found, String what) throws InvalidProtocolBufferException {
        if (found > most) throw new InvalidProtocolBufferException("it has more than %d %s".formatted(most, what));
    }

    private static final class Entry {
        private String key = "";
        private ByteString value = ByteString.EMPTY;
    }

    /** @param objection to what it asks for; empty when there is none */
    private record AskingPod(String name, Resources requested, Optional<String> objection) {}

    /** Each group that would carry a pod brings it along, with the same bytes: it is read once. */
    private static final class PodReader {
        private final Map<ByteString, AskingPod> seen = new HashMap<>();
        private int mentions;
        private int distinctBytes;

        AskingPod read(ByteString bytes) throws InvalidProtocolBufferException {
            atMost(MOST_MENTIONS, ++mentions, "mentions of pods");
            AskingPod known = seen.get(bytes);
            if (known != null) return known;
            distinctBytes += bytes.size() + BYTES_BESIDE;
            atMost(MOST_DISTINCT_BYTES, distinctBytes, "bytes of pods that differ");
            AskingPod read = parsed(bytes);
            seen.put(bytes, read);
            return read;
        }

        private static AskingPod parsed(ByteString bytes) throws InvalidProtocolBufferException {
            try {
                Pod pod = FromProtobuf.pod(bytes);
                String name =
                        "%s/%s %s".formatted(pod.id().namespace(), pod.id().name(), pod.uid());
                return new AskingPod(name, Feasibility.counted(pod), Optional.empty());
            } catch (IllegalArgumentException e) {
                return new AskingPod("", Resources.ZERO, Optional.of(String.valueOf(e.getMessage())));
            }
        }
    }

    /** What one group would do. */
    private static final class Offered {
        private String group = "";
        private int count;
        private final List<AskingPod> typed = new ArrayList<>();
        private final List<AskingPod> bytes = new ArrayList<>();

        static Offered read(CodedInputStream in, PodReader pods) throws IOException {
            Offered offered = new Offered();
            message(in, (tag, its) -> {
                switch (tag) {
                    case NODE_GROUP_ID_TAG -> offered.group = its.readString();
                    case NODE_COUNT_TAG -> offered.count = its.readInt32();
                    case POD_TAG -> offered.typed.add(pods.read(its.readBytes()));
                    case POD_BYTES_TAG -> offered.bytes.add(pods.read(its.readBytes()));
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            return offered;
        }

        /** @throws IllegalArgumentException if an amount of one is none */
        Map<String, Resources> pods() {
            Map<String, Resources> pods = new HashMap<>();
            for (AskingPod pod : bytes.isEmpty() ? typed : bytes) {
                pod.objection().ifPresent(why -> {
                    throw new IllegalArgumentException(why);
                });
                pods.put(pod.name(), pod.requested());
            }
            return pods;
        }
    }

    private interface FieldReader {
        /** @return whether it has read the field */
        boolean read(int tag, CodedInputStream in) throws IOException;
    }

    /** A message within another. */
    private static void message(CodedInputStream in, FieldReader reader) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        fields(in, reader);
        if (in.getBytesUntilLimit() != 0) throw new InvalidProtocolBufferException("it is cut off");
        in.popLimit(outer);
    }

    private static void fields(CodedInputStream in, FieldReader reader) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag())
            if (!reader.read(tag, in) && !in.skipField(tag))
                throw new InvalidProtocolBufferException("a group ends that never began");
    }
}
