package io.trimtab.service.account;

import io.trimtab.cost.account.CollectedHour;
import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.Observation;
import io.trimtab.cost.account.Observation.Use;
import io.trimtab.cost.account.PodHour;
import io.trimtab.cost.account.PodTally;
import io.trimtab.cost.account.PriceOrigin;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The hour under way as bytes. Each text and each pod's identity stands once, where it is first needed: what was collected and what was seen last name the same pods. */
public final class HourForm {
    private HourForm() {}

    public static byte[] bytes(CollectedHour hour) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new Writer(new DataOutputStream(bytes)).hour(hour);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if it is no such hour */
    static CollectedHour read(byte[] content) {
        try {
            return new Reader(new DataInputStream(new ByteArrayInputStream(content))).hour();
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("this is no collected hour: " + e.getMessage(), e);
        }
    }

    private static final class Writer {
        private final DataOutputStream out;
        private final Map<String, Integer> texts = new HashMap<>();
        private final Map<PodHour.Pod, Integer> pods = new HashMap<>();

        Writer(DataOutputStream out) {
            this.out = out;
        }

        void hour(CollectedHour hour) throws IOException {
            moment(hour.hour());
            out.writeLong(hour.millis());
            out.writeInt(hour.nodes().size());
            for (CollectedHour.Node node : hour.nodes()) {
                node(node.node());
                moment(node.start());
                moment(node.end());
                out.writeLong(node.millis());
                out.writeLong(node.carriedMillis());
                out.writeInt(node.pods().size());
                for (PodTally pod : node.pods()) tally(pod);
            }
            Observation last = hour.last();
            moment(last.at());
            out.writeBoolean(last.carried());
            out.writeInt(last.nodes().size());
            for (Observation.Node node : last.nodes()) node(node);
            out.writeInt(last.pods().size());
            for (Observation.Pod pod : last.pods()) seen(pod);
        }

        private void node(Observation.Node node) throws IOException {
            NodeHour.Node id = node.id();
            for (String text :
                    List.of(id.name(), id.instanceType(), id.region(), id.zone(), id.capacityType(), id.pool()))
                text(text);
            resources(node.capacity());
            moment(node.createdAt());
            text(node.pricePerHour().toString());
            text(node.origin().name());
        }

        private void tally(PodTally pod) throws IOException {
            pod(pod.pod());
            moment(pod.start());
            moment(pod.end());
            units(pod.cpu());
            units(pod.memory());
            out.writeLong(pod.gpuCharged());
            out.writeLong(pod.carriedMillis());
        }

        private void seen(Observation.Pod pod) throws IOException {
            pod(pod.id());
            text(pod.node());
            moment(pod.startedAt());
            moment(pod.endsAt());
            resources(pod.requested());
            out.writeDouble(pod.use().cores());
            out.writeDouble(pod.use().bytes());
        }

        private void pod(PodHour.Pod pod) throws IOException {
            if (isKnown(pods, pod)) return;
            for (String text : List.of(pod.namespace(), pod.controllerKind(), pod.controller(), pod.name(), pod.uid()))
                text(text);
            out.writeInt(pod.labels().size());
            for (var label : new TreeMap<>(pod.labels()).entrySet()) {
                text(label.getKey());
                text(label.getValue());
            }
        }

        private void text(String text) throws IOException {
            if (!isKnown(texts, text)) out.writeUTF(text);
        }

        /** Its number comes in any case; a new one has the next. */
        private <T> boolean isKnown(Map<T, Integer> all, T one) throws IOException {
            Integer number = all.putIfAbsent(one, all.size());
            out.writeInt(number == null ? all.size() - 1 : number);
            return number != null;
        }

        private void resources(Resources resources) throws IOException {
            out.writeLong(resources.cpu().value());
            out.writeLong(resources.memory().value());
            out.writeLong(resources.gpu().value());
        }

        private void units(PodTally.Units units) throws IOException {
            out.writeLong(units.requested());
            out.writeLong(units.used());
            out.writeLong(units.charged());
        }

        private void moment(Instant moment) throws IOException {
            out.writeLong(moment.getEpochSecond());
            out.writeInt(moment.getNano());
        }
    }

    private static final class Reader {
        private final DataInputStream in;
        private final List<String> texts = new ArrayList<>();
        private final List<PodHour.Pod> pods = new ArrayList<>();

        Reader(DataInputStream in) {
            this.in = in;
        }

        private interface Part<T> {
            T read() throws IOException;
        }

        CollectedHour hour() throws IOException {
            Instant hour = moment();
            long millis = in.readLong();
            List<CollectedHour.Node> nodes = list(this::collected);
            Instant at = moment();
            boolean carried = in.readBoolean();
            List<Observation.Node> seen = list(this::node);
            return new CollectedHour(hour, millis, nodes, new Observation(at, seen, list(this::seen), carried));
        }

        private <T> List<T> list(Part<T> part) throws IOException {
            int size = in.readInt();
            List<T> list = new ArrayList<>();
            for (int i = 0; i < size; i++) list.add(part.read());
            return list;
        }

        private CollectedHour.Node collected() throws IOException {
            return new CollectedHour.Node(node(), moment(), moment(), in.readLong(), in.readLong(), list(this::tally));
        }

        private Observation.Node node() throws IOException {
            return new Observation.Node(
                    new NodeHour.Node(text(), text(), text(), text(), text(), text()),
                    resources(),
                    moment(),
                    new BigDecimal(text()),
                    PriceOrigin.valueOf(text()));
        }

        private PodTally tally() throws IOException {
            return new PodTally(pod(), moment(), moment(), units(), units(), in.readLong(), in.readLong());
        }

        private Observation.Pod seen() throws IOException {
            return new Observation.Pod(
                    pod(), text(), moment(), moment(), resources(), new Use(in.readDouble(), in.readDouble()));
        }

        private PodHour.Pod pod() throws IOException {
            return known(pods, () -> {
                String namespace = text();
                String kind = text();
                String controller = text();
                String name = text();
                String uid = text();
                Map<String, String> labels = new HashMap<>();
                int size = in.readInt();
                for (int i = 0; i < size; i++) labels.put(text(), text());
                return new PodHour.Pod(namespace, kind, controller, name, uid, labels);
            });
        }

        private String text() throws IOException {
            return known(texts, in::readUTF);
        }

        private <T> T known(List<T> all, Part<T> part) throws IOException {
            int number = in.readInt();
            if (number < all.size()) return all.get(number);
            T one = part.read();
            all.add(one);
            return one;
        }

        private Resources resources() throws IOException {
            return new Resources(new MilliCores(in.readLong()), new Bytes(in.readLong()), new GpuMilli(in.readLong()));
        }

        private PodTally.Units units() throws IOException {
            return new PodTally.Units(in.readLong(), in.readLong(), in.readLong());
        }

        private Instant moment() throws IOException {
            return Instant.ofEpochSecond(in.readLong(), in.readInt());
        }
    }
}
