package io.trimtab.ingest.otlp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Unpacks, but never more than is wanted. */
final class Gzip {
    private Gzip() {}

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
