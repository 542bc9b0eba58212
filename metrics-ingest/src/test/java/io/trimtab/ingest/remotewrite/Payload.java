package io.trimtab.ingest.remotewrite;

import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Writes the two messages of remote write, field by field, with whatever a test wants to be wrong in them. */
public final class Payload {
    public static final String VERSION_1 = "application/x-protobuf;proto=prometheus.WriteRequest";
    public static final String VERSION_2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

    /** A sample. */
    public record Point(long atMillis, double amount) {}

    /**
     * A series.
     *
     * @param labels names and values, in the order in which they are written
     */
    public record Row(List<Map.Entry<String, String>> labels, List<Point> points) {
        /** With the labels in order, as a sender writes them. */
        public static Row of(Map<String, String> labels, Point... points) {
            return new Row(List.copyOf(new TreeMap<>(labels).entrySet()), List.of(points));
        }

        /** Of a container. */
        public static Row of(String metric, String namespace, String pod, String container, Point... points) {
            return of(Map.of("__name__", metric, "namespace", namespace, "pod", pod, "container", container), points);
        }
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** The message of version 1.0. */
    public static byte[] version1(List<Row> rows) {
        Payload request = new Payload();
        rows.forEach(row -> request.message(1, series -> {
            row.labels()
                    .forEach(label -> series.message(
                            1, pair -> pair.text(1, label.getKey()).text(2, label.getValue())));
            row.points().forEach(point -> series.message(2, sample -> sample.point(point)));
        }));
        return request.toBytes();
    }

    /** The message of version 2.0. */
    public static byte[] version2(List<Row> rows) {
        Map<String, Integer> symbols = new LinkedHashMap<>();
        symbols.put("", 0);
        List<List<Integer>> references = new ArrayList<>();
        for (Row row : rows) {
            List<Integer> of = new ArrayList<>();
            row.labels()
                    .forEach(label -> List.of(label.getKey(), label.getValue()).forEach(text -> {
                        symbols.putIfAbsent(text, symbols.size());
                        of.add(symbols.get(text));
                    }));
            references.add(of);
        }
        Payload request = new Payload();
        symbols.keySet().forEach(symbol -> request.text(4, symbol));
        for (int i = 0; i < rows.size(); i++) {
            List<Integer> of = references.get(i);
            List<Point> points = rows.get(i).points();
            request.message(5, series -> {
                series.message(1, packed -> of.forEach(packed::varint));
                points.forEach(point -> series.message(2, sample -> sample.point(point)));
            });
        }
        return request.toBytes();
    }

    /** As a snappy block. */
    public static byte[] snappy(byte[] message) {
        SnappyJavaCompressor snappy = new SnappyJavaCompressor();
        byte[] block = new byte[snappy.maxCompressedLength(message.length)];
        return Arrays.copyOf(block, snappy.compress(message, 0, message.length, block, 0, block.length));
    }

    public Payload text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    public Payload bytes(int field, byte[] content) {
        varint(field << 3 | 2).varint(content.length);
        bytes.writeBytes(content);
        return this;
    }

    public Payload message(int field, Consumer<Payload> content) {
        Payload inner = new Payload();
        content.accept(inner);
        return bytes(field, inner.toBytes());
    }

    public Payload point(Point point) {
        return fixed64(1, Double.doubleToRawLongBits(point.amount())).number(2, point.atMillis());
    }

    public Payload number(int field, long value) {
        return varint(field << 3).varint(value);
    }

    public Payload fixed64(int field, long value) {
        varint(field << 3 | 1);
        for (int i = 0; i < Long.BYTES; i++) bytes.write((int) (value >>> (8 * i)));
        return this;
    }

    public Payload varint(long value) {
        long left = value;
        for (; (left & ~0x7fL) != 0; left >>>= 7) bytes.write((int) (left & 0x7f | 0x80));
        bytes.write((int) left);
        return this;
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}
