package io.trimtab.service.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets one process at a time write to the folder. The lock's file holds a line while its owner runs, so that one who finds the line without an owner knows how that ended. */
final class FolderLock {
    private static final String NAME = "lock";
    private static final int LONGEST = 256;

    private final Path file;
    private volatile @Nullable FileChannel held;
    private String found = "";

    FolderLock(Path folder) {
        this.file = folder.resolve(NAME);
    }

    /** @param left the line of an owner that did not end as it should; empty when there was none */
    record Taken(Optional<String> left) {}

    /**
     * @param line to leave while it is held
     * @return empty while another process has it
     */
    Optional<Taken> take(String line) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            Optional<String> left = read(channel);
            write(channel, line);
            found = left.orElse("");
            held = channel;
            return Optional.of(new Taken(left));
        } catch (OverlappingFileLockException e) {
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    boolean isHeld() {
        return held != null;
    }

    /** @param clean whether all that was to be kept is */
    void release(boolean clean) throws IOException {
        if (held == null) return;
        try (FileChannel channel = held) {
            held = null;
            if (clean) write(channel, "");
        }
    }

    /** Gives it back with the line that was found in it. */
    void leave() throws IOException {
        if (held == null) return;
        try (FileChannel channel = held) {
            held = null;
            write(channel, found);
        }
    }

    private static Optional<String> read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
        channel.read(bytes, 0);
        return Optional.of(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip())
                .filter(line -> !line.isEmpty());
    }

    private static void write(FileChannel channel, String line) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), 0);
        channel.force(true);
    }
}
