package io.trimtab.ingest.remotewrite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks over protobuf's wire format in an array. What is wanted is left in place and named by its offsets, so that nothing is copied or allocated for what is
 * passed over.
 *
 * @see "Protocol Buffers documentation, Encoding"
 */
final class Wire {
    static final int VARINT = 0;
    static final int FIXED_64 = 1;
    static final int LENGTH = 2;
    static final int FIXED_32 = 5;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_VARINT = 10;

    private final byte[] bytes;
    private int position;

    Wire(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    void jump(int to) {
        position = to;
    }

    static int tag(int field, int wireType) {
        return field << 3 | wireType;
    }

    /** The next field's number and wire type, as {@link #tag(int, int)} makes them. */
    int tag(int end) throws MalformedException {
        long tag = varint(end);
        if (tag < 1 << 3 || tag > Integer.MAX_VALUE)
            throw new MalformedException("field number out of range", position);
        return (int) tag;
    }

    long varint(int end) throws MalformedException {
        if (position < end && bytes[position] >= 0) return bytes[position++];
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            if (position >= end) throw new MalformedException("it ends inside a number", position);
            byte part = bytes[position++];
            value |= (part & 0x7fL) << (7 * i);
            if (part >= 0) return value;
        }
        throw new MalformedException("a number has more than 10 bytes", position);
    }

    double fixed64(int end) throws MalformedException {
        if (end - position < Long.BYTES) throw new MalformedException("it ends inside a number", position);
        double value = Double.longBitsToDouble((long) LONGS.get(bytes, position));
        position += Long.BYTES;
        return value;
    }

    /** Reads the length of what follows and says where that ends; the position is its beginning. */
    int endOfNext(int end) throws MalformedException {
        long length = varint(end);
        if (length < 0 || length > end - position)
            throw new MalformedException("a field is longer than what holds it", position);
        return position + (int) length;
    }

    /** Where the fields end that follow each other from here with one tag of one byte, each of them of a length of its own. */
    int endOfAll(int tag, int end) throws MalformedException {
        int start = position;
        while (position < end && bytes[position] == tag) {
            position++;
            position = endOfNext(end);
        }
        int found = position;
        position = start;
        return found;
    }

    void skip(int tag, int end) throws MalformedException {
        switch (tag & 7) {
            case VARINT -> varint(end);
            case FIXED_64 -> advance(Long.BYTES, end);
            case LENGTH -> position = endOfNext(end);
            case FIXED_32 -> advance(Integer.BYTES, end);
            default -> throw new MalformedException("wire type %d is not known".formatted(tag & 7), position);
        }
    }

    private void advance(int count, int end) throws MalformedException {
        if (end - position < count) throw new MalformedException("it ends inside a number", position);
        position += count;
    }
}
