package io.trimtab.ingest.remotewrite;

import io.trimtab.ingest.pushed.FingerprintSeeds;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Hashes of labels by multiplying and folding, from a seed that no sender knows, so that none can make two series look alike. The same labels have the same
 * fingerprint in both versions of the protocol.
 *
 * @see "Wang Yi et al.: wyhash, https://github.com/wangyi-fudan/wyhash, for the folded product"
 */
final class Fingerprints {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Odd, and with about as many bits set as not. */
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final long seed;
    private final long otherSeed;

    Fingerprints(FingerprintSeeds seeds) {
        this.seed = seeds.high() | 1;
        this.otherSeed = seeds.low() | 1;
    }

    /** Of a name or a value; never 0. */
    long of(byte[] bytes, int from, int to) {
        long hash = seed ^ ((to - from) * STEP);
        int at = from;
        for (; to - at >= Long.BYTES; at += Long.BYTES) hash = fold(hash ^ (long) LONGS.get(bytes, at), seed);
        long rest = 0;
        for (; at < to; at++) rest = (rest << 8) | (bytes[at] & 0xff);
        hash = fold(hash ^ rest, otherSeed);
        return hash == 0 ? 1 : hash;
    }

    /** Of many bytes at once: 128 bits, the high half into the first place. */
    void of(byte[] bytes, int from, int to, long[] into) {
        long high = seed ^ ((to - from) * STEP);
        long low = otherSeed + to - from;
        int at = from;
        for (; to - at >= 2 * Long.BYTES; at += 2 * Long.BYTES) {
            long one = (long) LONGS.get(bytes, at);
            long two = (long) LONGS.get(bytes, at + Long.BYTES);
            high = fold(high ^ one, seed ^ two);
            low = fold(low ^ two, otherSeed ^ one);
        }
        long rest = of(bytes, at, to);
        into[0] = fold(high ^ rest, seed);
        into[1] = fold(low ^ rest, otherSeed);
    }

    /** The high half of a series' fingerprint with one more part. */
    long high(long before, long part) {
        return fold(before ^ part, seed) + STEP;
    }

    /** The low half. */
    long low(long before, long part) {
        return fold(before + part, otherSeed) ^ Long.rotateLeft(before, 23);
    }

    private static long fold(long one, long other) {
        return Math.multiplyHigh(one, other) ^ (one * other);
    }
}
