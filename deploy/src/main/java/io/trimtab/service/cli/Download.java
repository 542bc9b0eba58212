package io.trimtab.service.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Puts what a server sends into a file, which is there whole or not at all; and tells the server's failures from those of this machine. */
final class Download {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream sent;

    Download(InputStream sent) {
        this.sent = sent;
    }

    /** This machine's failure. */
    static final class UnwritableException extends Exception {
        UnwritableException(IOException cause) {
            super("%s (%s)".formatted(cause.getMessage(), cause.getClass().getSimpleName()), cause);
        }
    }

    /**
     * @param file {@code -} is the standard output, which gets what there is, as does what is no plain file, such as a pipe
     * @throws IOException if the server's answer breaks off
     */
    void to(Path file) throws IOException, UnwritableException {
        if (file.toString().equals("-")) {
            // The bytes as they are: a writer would take them for text.
            copyTo(System.out);
            if (System.out.checkError()) throw new UnwritableException(new IOException("nobody reads on"));
            return;
        }
        Path target = real(file);
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            copyInto(target);
            return;
        }
        Path unfinished = target.resolveSibling(".%s.%s.unfinished".formatted(target.getFileName(), UUID.randomUUID()));
        try {
            copyInto(unfinished);
            move(unfinished, target);
        } finally {
            remove(unfinished);
        }
    }

    /** What a link leads to is replaced, not the link. */
    private static Path real(Path file) throws UnwritableException {
        try {
            return Files.exists(file) ? file.toRealPath() : file;
        } catch (IOException e) {
            throw new UnwritableException(e);
        }
    }

    private void copyInto(Path file) throws IOException, UnwritableException {
        OutputStream out = opened(file);
        try {
            copyTo(out);
        } finally {
            close(out);
        }
    }

    private static OutputStream opened(Path file) throws UnwritableException {
        try {
            return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UnwritableException(e);
        }
    }

    private static void close(OutputStream out) throws UnwritableException {
        try {
            out.close();
        } catch (IOException e) {
            throw new UnwritableException(e);
        }
    }

    private void copyTo(OutputStream out) throws IOException, UnwritableException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = sent.read(buffer); read >= 0; read = sent.read(buffer)) write(buffer, read, out);
        write(buffer, 0, out);
    }

    private static void write(byte[] bytes, int length, OutputStream out) throws UnwritableException {
        try {
            out.write(bytes, 0, length);
            if (length == 0) out.flush();
        } catch (IOException e) {
            throw new UnwritableException(e);
        }
    }

    private static void move(Path from, Path to) throws UnwritableException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UnwritableException(e);
        }
    }

    private static void remove(Path file) throws UnwritableException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UnwritableException(e);
        }
    }
}
