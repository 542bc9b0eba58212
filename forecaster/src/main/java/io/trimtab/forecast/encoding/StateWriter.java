package io.trimtab.forecast.encoding;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes bytes that {@link StateReader} reads. Small numbers take few bytes, and each text is written once. Who writes also keeps the version of the form.
 * Not safe for threads.
 */
public final class StateWriter {
    private final Map<String, Integer> texts = new HashMap<>();
    private byte[] bytes = new byte[1 << 16];
    private int size;

    /**
     * Seven bits a byte, the lowest first.
     *
     * @param value >= 0
     */
    public void number(long value) {
        if (value < 0) throw new IllegalArgumentException("number (%d) must be >= 0".formatted(value));
        reserve(10);
        long rest = value;
        for (; rest > 0x7F; rest >>>= 7) bytes[size++] = (byte) (rest | 0x80);
        bytes[size++] = (byte) rest;
    }

    /** To the last bit. */
    public void real(double value) {
        reserve(Double.BYTES);
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) bytes[size++] = (byte) (bits >>> shift);
    }

    /** To the last bit, as is each half float. */
    public void single(float value) {
        whole(Float.floatToRawIntBits(value));
    }

    /** All four bytes. */
    public void whole(int bits) {
        reserve(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) bytes[size++] = (byte) (bits >>> shift);
    }

    /** The bits of a half float. */
    public void half(short bits) {
        reserve(Short.BYTES);
        bytes[size++] = (byte) (bits >>> 8);
        bytes[size++] = (byte) bits;
    }

    /** As they are; whoever reads them knows how many there are. */
    public void octets(byte[] all) {
        reserve(all.length);
        System.arraycopy(all, 0, bytes, size, all.length);
        size += all.length;
    }

    /** Any whole number; the sign goes to the lowest bit, so that those near 0 are short. */
    public void signed(long value) {
        reserve(10);
        long rest = (value << 1) ^ (value >> 63);
        for (; (rest & ~0x7FL) != 0; rest >>>= 7) bytes[size++] = (byte) (rest | 0x80);
        bytes[size++] = (byte) rest;
    }

    /** To the nanosecond; null for a moment that there is not. */
    public void moment(@Nullable Instant moment) {
        if (moment == null) {
            number(0);
            return;
        }
        number(moment.getNano() + 1L);
        long seconds = moment.getEpochSecond();
        // The sign goes to the lowest bit, so that moments before 1970 are short too.
        number((seconds << 1) ^ (seconds >> 63));
    }

    /** A text that was written before takes as many bytes as its number. */
    public void text(String text) {
        Integer known = texts.putIfAbsent(text, texts.size() + 1);
        if (known != null) {
            number(known);
            return;
        }
        number(0);
        number(text.length());
        for (int i = 0; i < text.length(); i++) number(text.charAt(i));
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        if (bytes.length - size >= more) return;
        long needed = Math.addExact(size, more);
        bytes = Arrays.copyOf(bytes, Math.clamp(bytes.length * 2L, (int) needed, Integer.MAX_VALUE - 16));
    }
}
