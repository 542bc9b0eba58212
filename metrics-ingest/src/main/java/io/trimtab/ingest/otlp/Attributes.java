package io.trimtab.ingest.otlp;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.trimtab.ingest.pushed.PushedMetric;
import io.trimtab.ingest.pushed.SampleFate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The attributes of a point and of the resource that it is of; where both have one, the point's counts.
 *
 * @param resource in the order of keys
 * @param point likewise
 */
record Attributes(List<KeyValue> resource, List<KeyValue> point) {
    /** Of both together; more than the 128 that SDKs allow each, since collectors add labels of pods. */
    static final int MOST = 256;

    /** @see "Mimir's limits: 1,024 bytes for a name; its 2,048 for a value are doubled here, as for remote write" */
    private static final int LONGEST_KEY = 1024;

    private static final int LONGEST_VALUE = 4096;

    static List<KeyValue> ordered(List<KeyValue> attributes) {
        return attributes.size() > MOST
                ? attributes
                : attributes.stream()
                        .sorted(Comparator.comparing(KeyValue::getKey))
                        .toList();
    }

    /** Kept if they can be looked at. */
    SampleFate fate() {
        if (resource.size() + point.size() > MOST) return SampleFate.TOO_MANY_LABELS;
        boolean tooLong = Stream.concat(resource.stream(), point.stream())
                .anyMatch(each -> each.getKeyBytes().size() > LONGEST_KEY
                        || each.getValue().getSerializedSize() > LONGEST_VALUE);
        return tooLong ? SampleFate.LABEL_TOO_LONG : SampleFate.KEPT;
    }

    /** Empty when there is none, or it is no text. */
    String text(String key) {
        return find(point, key).or(() -> find(resource, key)).orElse("");
    }

    /** 128 bits that stand for a metric's name, what it means and all attributes in any order. */
    long[] fingerprint(String name, PushedMetric means) {
        MessageDigest digest = sha256();
        part(digest, means.name().getBytes(StandardCharsets.UTF_8));
        part(digest, name.getBytes(StandardCharsets.UTF_8));
        for (KeyValue each : resource) part(digest, each.toByteArray());
        part(digest, new byte[0]);
        for (KeyValue each : point) part(digest, each.toByteArray());
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new long[] {hash.getLong(), hash.getLong()};
    }

    private static Optional<String> find(List<KeyValue> in, String key) {
        for (KeyValue each : in)
            if (each.getKey().equals(key)) return Optional.of(each.getValue().getStringValue());
        return Optional.empty();
    }

    private static void part(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
