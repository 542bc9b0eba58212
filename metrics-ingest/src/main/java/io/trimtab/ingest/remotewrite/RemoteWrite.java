package io.trimtab.ingest.remotewrite;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import io.trimtab.ingest.pushed.PushedSamples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Takes requests of Prometheus remote write, 1.0 and 2.0. Safe for many threads; as many are read at once as there are processors, others wait a second at most. */
public final class RemoteWrite {
    /** Compressed. */
    public static final int MOST_BYTES = 8 << 20;

    /** Decompressed: 40,000 samples with the labels of cAdvisor; senders put 500 to 10,000 into a request. */
    public static final int MOST_DECOMPRESSED_BYTES = 16 << 20;

    /** Snappy's densest element makes 64 bytes out of 3. */
    private static final int MOST_RATIO = 22;

    private static final String TYPES = "send application/x-protobuf, optionally with proto=prometheus.WriteRequest or"
            + " proto=io.prometheus.write.v2.Request";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final SnappyJavaDecompressor SNAPPY = new SnappyJavaDecompressor();

    private final PushedSamples to;
    private final InstantSource clock;
    private final ReplicaElection election;
    private final Buffers buffers;
    private final Message first = new WriteRequest(new Recognised());
    private final Message second = new WriteRequestV2();

    /** @param election of the one replica of each pair that is listened to */
    public RemoteWrite(PushedSamples to, InstantSource clock, ReplicaElection election) {
        this.to = to;
        this.clock = clock;
        this.election = election;
        this.buffers = new Buffers(Runtime.getRuntime().availableProcessors(), LONGEST_WAIT.toMillis());
    }

    /**
     * @param contentType as the header has it; empty when there is none
     * @param contentEncoding likewise
     */
    public WriteAnswer write(String contentType, String contentEncoding, byte[] body) throws InterruptedException {
        Optional<ProtocolVersion> version = ProtocolVersion.named(contentType);
        if (version.isEmpty())
            return refused(RequestFault.WRONG_TYPE, "Content-Type (%s) is not taken; %s".formatted(contentType, TYPES));
        if (!contentEncoding.equalsIgnoreCase("snappy"))
            return refused(
                    RequestFault.WRONG_ENCODING,
                    "Content-Encoding (%s) is not taken; send snappy, in its block format".formatted(contentEncoding));
        if (body.length > MOST_BYTES)
            return refused(
                    RequestFault.TOO_LARGE,
                    "the request has %d bytes, %d at most; send fewer samples at once"
                            .formatted(body.length, MOST_BYTES));
        int length;
        try {
            length = SNAPPY.getUncompressedLength(body, 0);
        } catch (MalformedInputException | IndexOutOfBoundsException e) {
            return refused(RequestFault.CORRUPT_SNAPPY, "the body does not begin as a snappy block does");
        }
        if (length < 0 || length > MOST_DECOMPRESSED_BYTES)
            return refused(
                    RequestFault.TOO_LARGE,
                    "the request would have %s bytes decompressed, %d at most; send fewer samples at once"
                            .formatted(Integer.toUnsignedString(length), MOST_DECOMPRESSED_BYTES));
        if (length / MOST_RATIO > body.length)
            return refused(RequestFault.CORRUPT_SNAPPY, "the body is too short for the length that it begins with");
        return decompressed(version.get(), body, length);
    }

    private WriteAnswer decompressed(ProtocolVersion version, byte[] body, int length) throws InterruptedException {
        byte[] buffer = buffers.take().orElse(null);
        if (buffer == null)
            return refused(RequestFault.OVERLOADED, "more is sent than can be read; try again in a while");
        try {
            if (buffer.length < length) buffer = new byte[length];
            int written = SNAPPY.decompress(body, 0, body.length, buffer, 0, length);
            return read(version, buffer, written);
        } catch (MalformedInputException | IllegalArgumentException e) {
            return refused(RequestFault.CORRUPT_SNAPPY, "the body is not a snappy block: %s".formatted(e.getMessage()));
        } finally {
            buffers.giveBack(buffer);
        }
    }

    private WriteAnswer read(ProtocolVersion version, byte[] bytes, int length) {
        Instant now = clock.instant();
        Sending sending = new Sending(election, bytes, now);
        Delivery delivery = new Delivery(to, now, sending);
        try {
            Message message = switch (version) {
                case ONE -> first;
                case TWO -> second;
            };
            message.read(new Wire(bytes), length, new Fingerprints(to.seeds()), delivery);
        } catch (MalformedException e) {
            return new WriteAnswer.Refused(
                    RequestFault.MALFORMED,
                    delivery.received(),
                    "the body is not the message that its content type names: " + e.getMessage());
        }
        Received received = delivery.received();
        if (sending.isDropped()) return new WriteAnswer.Deduplicated(received);
        String reasons = received.samples().reasons();
        return reasons.isEmpty() ? new WriteAnswer.Written(received) : new WriteAnswer.Partly(received, reasons);
    }

    private static WriteAnswer refused(RequestFault fault, String detail) {
        return new WriteAnswer.Refused(fault, Received.nothing(), detail);
    }
}
