package io.trimtab.ingest.otlp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Unpacks, but never more than is wanted. */
final class Gzip {
    private Gzip() {}

    /** Whether bytes begin as gzip does; no protobuf message does, because 0x1f would be a field of a type that there is not. @see "RFC 1952, section 2.3.1" */
    static boolean isMeant(byte[] bytes) {
        return bytes.length >= 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    }

    /**
     * @return at most {@code most} bytes and one more, which says that there would be more than {@code most}
     * @throws IOException if it is no gzip or ends early
     */
    static byte[] unpack(byte[] packed, int most) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readNBytes(most + 1);
        }
    }
}
