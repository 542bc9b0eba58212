package io.trimtab.cost.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Lets one process at a time write to the folder; it goes with its owner, whatever ends it. */
final class LedgerLock implements AutoCloseable {
    private final FileChannel held;

    private LedgerLock(FileChannel held) {
        this.held = held;
    }

    /** @return empty while another has it */
    static Optional<LedgerLock> take(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            FileLock taken = channel.tryLock();
            if (taken != null) return Optional.of(new LedgerLock(channel));
        } catch (OverlappingFileLockException another) {
            // Of this very process.
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (IOException e) {
            // The end of the process gives it back, too.
        }
    }
}
