package io.trimtab.service.focus;

import io.trimtab.service.account.AccountException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** Files as one stream: each is made when the one before it has been read, and goes when it has been read itself. */
final class Parts extends InputStream {
    private final ExportTurns.Turn turn;
    private final Iterator<Part> rest;
    private Path file;
    private InputStream part;
    private boolean ended;

    /** What makes a file. */
    interface Part {
        Path written() throws AccountException;
    }

    Parts(ExportTurns.Turn turn, Path first, List<Part> rest) throws IOException {
        this.turn = turn;
        this.rest = rest.iterator();
        this.file = first;
        this.part = Files.newInputStream(first);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (ended) return -1;
        try {
            turn.goOn();
            for (int read = part.read(bytes, offset, length); ; read = part.read(bytes, offset, length)) {
                if (read >= 0) return read;
                if (!rest.hasNext()) {
                    // Whoever sees the end may ask for the next export at once.
                    turn.close();
                    ended = true;
                    return read;
                }
                closePart();
                file = rest.next().written();
                part = Files.newInputStream(file);
            }
        } catch (AccountException e) {
            throw new IOException(e);
        }
    }

    private void closePart() throws IOException {
        part.close();
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        turn.close();
        closePart();
    }
}
