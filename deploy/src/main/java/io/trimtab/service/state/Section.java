package io.trimtab.service.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * One piece of state. Each stands for itself: one that cannot be read is lost without the others.
 *
 * @param name in the file, for good
 * @param lost what its loss means, for people
 * @param version of what {@code save} gives
 * @param notes what is to be said of it once it is restored, for people
 */
public record Section(
        String name, String lost, int version, Supplier<byte[]> save, Restore restore, Supplier<List<String>> notes) {
    /** One that needs no notes. */
    public Section(String name, String lost, int version, Supplier<byte[]> save, Restore restore) {
        this(name, lost, version, save, restore, List::of);
    }

    /** With notes. */
    public Section noting(Supplier<List<String>> itsNotes) {
        return new Section(name, lost, version, save, restore, itsNotes);
    }

    /** Takes back what was saved. */
    @FunctionalInterface
    public interface Restore {
        /**
         * @param version the present one or one before it
         * @throws IllegalArgumentException if the version is not known or the content is no such state; then nothing has changed
         */
        void from(int version, byte[] content);
    }

    /** Writes what is to be kept. */
    @FunctionalInterface
    public interface Save {
        void to(DataOutput output) throws IOException;
    }

    /** Reads what was written in the present version; changes nothing before it has read all. */
    @FunctionalInterface
    public interface Read {
        void from(DataInput input) throws IOException;
    }

    /** One that has had a single version so far and speaks in Java's own forms. */
    public static Section ofData(String name, String lost, int version, Save save, Read read) {
        return new Section(name, lost, version, () -> bytes(save), (found, content) -> {
            if (found != version)
                throw new IllegalArgumentException(
                        "version %d of %s is not known, only %d is".formatted(found, name, version));
            try {
                read.from(new DataInputStream(new ByteArrayInputStream(content)));
            } catch (IOException e) {
                throw new IllegalArgumentException("%s ends too early or says what cannot be".formatted(name), e);
            }
        });
    }

    private static byte[] bytes(Save save) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            save.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }
}
