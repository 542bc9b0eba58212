package io.trimtab.service.state;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The file's form, all numbers big-endian: 8 bytes {@code TRIMTAB}, the form's version (4), when it was saved in ms since 1970 (8), how many parts (4), CRC32C of all
 * that (4); then for each part the length of its name (4), its name in UTF-8, its version (4), the length of its content (4), CRC32C of these (4), the content,
 * CRC32C of the content (4); nothing after the last.
 *
 * @param savedAt to the millisecond
 */
record StateFile(Instant savedAt, List<Part> parts) {
    static final int VERSION = 1;

    private static final byte[] MAGIC = "TRIMTAB\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = MAGIC.length + Integer.BYTES + Long.BYTES + Integer.BYTES;

    StateFile {
        parts = List.copyOf(parts);
    }

    /** @param content is not copied; nobody may change it */
    record Part(String name, int version, byte[] content) {}

    /** The file cannot be used. */
    static final class UnreadableException extends Exception {
        private final boolean later;

        private UnreadableException(boolean later, String message) {
            super(message);
            this.later = later;
        }

        static UnreadableException corrupt(String why) {
            return new UnreadableException(false, why);
        }

        /** Whether a later Trimtab wrote it, so that it is whole, for that one. */
        boolean later() {
            return later;
        }
    }

    /** @return how many bytes it wrote */
    long write(GatheringByteChannel to) throws IOException {
        List<ByteBuffer> buffers = new ArrayList<>();
        buffers.add(head());
        for (Part part : parts) {
            buffers.add(head(part));
            buffers.add(ByteBuffer.wrap(part.content()));
            buffers.add(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(crc(part.content(), 0, part.content().length))
                    .flip());
        }
        long written = 0;
        for (ByteBuffer buffer : buffers) while (buffer.hasRemaining()) written += to.write(buffer);
        return written;
    }

    /** @throws UnreadableException if it is cut off or changed, or its form is of a later version */
    static StateFile read(byte[] bytes) throws UnreadableException {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        if (bytes.length < HEAD + Integer.BYTES || from.slice(0, MAGIC.length).compareTo(ByteBuffer.wrap(MAGIC)) != 0)
            throw UnreadableException.corrupt("it does not begin as a state file does");
        int version = from.position(MAGIC.length).getInt();
        // Later forms keep magic and version where they are; what follows may be other.
        if (version > VERSION)
            throw new UnreadableException(
                    true, "its form is version %d, and this Trimtab knows up to %d".formatted(version, VERSION));
        Instant savedAt = Instant.ofEpochMilli(from.getLong());
        int count = from.getInt();
        check(from, bytes, 0, "its head");
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) parts.add(part(from, bytes));
        if (from.hasRemaining())
            throw UnreadableException.corrupt("%d bytes follow its end".formatted(from.remaining()));
        return new StateFile(savedAt, parts);
    }

    private static Part part(ByteBuffer from, byte[] bytes) throws UnreadableException {
        int start = from.position();
        int nameLength = length(from, 2 * Integer.BYTES);
        String name = new String(bytes, from.position(), nameLength, StandardCharsets.UTF_8);
        int version = from.position(from.position() + nameLength).getInt();
        int declared = from.getInt();
        check(from, bytes, start, "the head of a part");
        if (declared < 0 || declared > from.remaining()) throw cut();
        byte[] content = new byte[declared];
        int contentStart = from.position();
        from.get(content);
        check(from, bytes, contentStart, "part " + name);
        return new Part(name, version, content);
    }

    /** A length, which must leave room for itself and {@code more} bytes. */
    private static int length(ByteBuffer from, int more) throws UnreadableException {
        if (from.remaining() < Integer.BYTES) throw cut();
        int length = from.getInt();
        if (length < 0 || length > from.remaining() - more) throw cut();
        return length;
    }

    private static void check(ByteBuffer from, byte[] bytes, int start, String what) throws UnreadableException {
        int end = from.position();
        if (from.remaining() < Integer.BYTES) throw cut();
        if (from.getInt() != crc(bytes, start, end - start))
            throw UnreadableException.corrupt("the checksum of %s is wrong".formatted(what));
    }

    private ByteBuffer head() {
        ByteBuffer head = ByteBuffer.allocate(HEAD + Integer.BYTES);
        head.put(MAGIC).putInt(VERSION).putLong(savedAt.toEpochMilli()).putInt(parts.size());
        return head.putInt(crc(head.array(), 0, HEAD)).flip();
    }

    private static ByteBuffer head(Part part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream head = new DataOutputStream(bytes);
        byte[] name = part.name().getBytes(StandardCharsets.UTF_8);
        head.writeInt(name.length);
        head.write(name);
        head.writeInt(part.version());
        head.writeInt(part.content().length);
        head.writeInt(crc(bytes.toByteArray(), 0, bytes.size()));
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static int crc(byte[] bytes, int start, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, length);
        return (int) crc.getValue();
    }

    private static UnreadableException cut() {
        return UnreadableException.corrupt("it is cut off");
    }
}
