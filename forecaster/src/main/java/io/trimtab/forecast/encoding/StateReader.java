package io.trimtab.forecast.encoding;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} made. Every method throws IllegalArgumentException where the bytes end too early or say what cannot be. Not safe for threads. */
public final class StateReader {
    private static final int NANOS = 1_000_000_000;

    private final List<String> texts = new ArrayList<>();
    private final byte[] bytes;
    private int next;

    /** @param bytes are not copied; nobody may change them meanwhile */
    public StateReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public long number() {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte part = octet();
            value |= (long) (part & 0x7F) << shift;
            if (part >= 0) return value;
        }
        throw new IllegalArgumentException("the number that ends at byte %d is too long".formatted(next));
    }

    /** How many of something follow; as each takes at least one byte, there cannot be more than bytes. */
    public int count() {
        long count = number();
        if (count > bytes.length - next)
            throw new IllegalArgumentException(
                    "%d things cannot follow at byte %d of %d".formatted(count, next, bytes.length));
        return (int) count;
    }

    public double real() {
        long bits = 0;
        for (int i = 0; i < Double.BYTES; i++) bits = (bits << 8) | (octet() & 0xFF);
        return Double.longBitsToDouble(bits);
    }

    public float single() {
        return Float.intBitsToFloat(whole());
    }

    public int whole() {
        int bits = 0;
        for (int i = 0; i < Integer.BYTES; i++) bits = (bits << 8) | (octet() & 0xFF);
        return bits;
    }

    public short half() {
        int high = octet() & 0xFF;
        return (short) ((high << 8) | (octet() & 0xFF));
    }

    /** @param into is filled */
    public void octets(byte[] into) {
        if (into.length > bytes.length - next)
            throw new IllegalArgumentException("the bytes end too early, after %d".formatted(bytes.length));
        System.arraycopy(bytes, next, into, 0, into.length);
        next += into.length;
    }

    public long signed() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte part = octet();
            value |= (long) (part & 0x7F) << shift;
            if (part >= 0) return (value >>> 1) ^ -(value & 1);
        }
        throw new IllegalArgumentException("the number that ends at byte %d is too long".formatted(next));
    }

    public @Nullable Instant moment() {
        long nanos = number();
        if (nanos == 0) return null;
        if (nanos > NANOS) throw new IllegalArgumentException("%d is no part of a second".formatted(nanos - 1));
        long seconds = number();
        try {
            return Instant.ofEpochSecond((seconds >>> 1) ^ -(seconds & 1), nanos - 1);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a moment before byte %d is out of range".formatted(next), e);
        }
    }

    public String text() {
        long known = number();
        if (known > texts.size())
            throw new IllegalArgumentException("text %d of %d is not there".formatted(known, texts.size()));
        if (known > 0) return texts.get((int) known - 1);
        char[] characters = new char[count()];
        for (int i = 0; i < characters.length; i++) characters[i] = (char) number();
        String text = new String(characters);
        texts.add(text);
        return text;
    }

    /** Says that nothing more is expected. */
    public void end() {
        if (next != bytes.length)
            throw new IllegalArgumentException("%d bytes are left over".formatted(bytes.length - next));
    }

    private byte octet() {
        if (next == bytes.length)
            throw new IllegalArgumentException("the bytes end too early, after %d".formatted(bytes.length));
        return bytes[next++];
    }
}
