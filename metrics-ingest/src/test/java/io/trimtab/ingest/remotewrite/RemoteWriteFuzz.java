package io.trimtab.ingest.remotewrite;

import io.trimtab.ingest.fuzz.FuzzTarget;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.pushed.SampleFate;
import io.trimtab.ingest.remotewrite.Payload.Point;
import io.trimtab.ingest.remotewrite.Payload.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Remote write: the first byte says whether a message of version 1 or 2 follows, or the same packed. */
public final class RemoteWriteFuzz implements FuzzTarget {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final int MOST_SERIES = 4096;
    private static final PushedSamples SAMPLES = new PushedSamples(MOST_SERIES);
    private static final RemoteWrite DOOR =
            new RemoteWrite(SAMPLES, InstantSource.fixed(NOW), new ReplicaElection(ReplicaLabels.USUAL));

    /** As Jazzer calls it. */
    public static void fuzzerTestOneInput(byte[] input) throws InterruptedException {
        read(input);
    }

    @Override
    public void run(byte[] input) throws InterruptedException {
        read(input);
    }

    @Override
    public List<byte[]> seeds() {
        List<Row> rows = List.of(
                Row.of("container_cpu_usage_seconds_total", "shop", "web-0", "app", point(30, 1), point(0, 2)),
                Row.of("container_memory_working_set_bytes", "shop", "web-0", "app", point(0, Double.NaN)),
                Row.of("up", "shop", "web-0", "app", point(0, 1)));
        List<Row> replicas = List.of(Row.of(Map.of("__name__", "up", "__replica__", "a", "cluster", "x"), point(0, 1)));
        byte[] one = Payload.version1(rows);
        byte[] two = Payload.version2(rows);
        return List.of(
                first(0, one),
                first(1, two),
                first(2, Payload.snappy(one)),
                first(3, Payload.snappy(two)),
                first(0, one, one),
                first(0, Payload.version1(replicas)),
                first(1, Payload.version2(replicas)),
                first(0, new Payload().bytes(1, repeated("1200", 10_001)).toBytes()),
                first(1, new Payload().bytes(5, repeated("1200", 10_001)).toBytes()));
    }

    private static void read(byte[] input) throws InterruptedException {
        if (input.length == 0) return;
        String type = (input[0] & 1) == 0 ? Payload.VERSION_1 : Payload.VERSION_2;
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        byte[] body = (input[0] & 2) == 0 ? Payload.snappy(rest) : rest;
        Received received = switch (DOOR.write(type, "snappy", body)) {
            case WriteAnswer.Written(Received all) -> all;
            case WriteAnswer.Deduplicated(Received all) -> all;
            case WriteAnswer.Partly(Received part, String reasons) -> part;
            case WriteAnswer.Refused(RequestFault fault, Received part, String detail) -> {
                if (fault == RequestFault.OVERLOADED)
                    throw new AssertionError("a buffer was not given back: " + detail);
                yield part;
            }
        };
        for (SampleFate fate : SampleFate.values())
            if (received.samples().of(fate) < 0) throw new AssertionError("%s counted below 0".formatted(fate));
        if (SAMPLES.series() > 2 * MOST_SERIES) throw new AssertionError("%d series".formatted(SAMPLES.series()));
    }

    private static Point point(int secondsAgo, double amount) {
        return new Point(NOW.minusSeconds(secondsAgo).toEpochMilli(), amount);
    }

    private static byte[] repeated(String hex, int count) {
        return HexFormat.of().parseHex(hex.repeat(count));
    }

    private static byte[] first(int kind, byte[]... parts) {
        StringBuilder all = new StringBuilder().append((char) kind);
        for (byte[] part : parts) all.append(new String(part, StandardCharsets.ISO_8859_1));
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
