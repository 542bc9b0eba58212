package io.trimtab.service.state;

import io.trimtab.service.state.StateFile.UnreadableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The files of a state folder. At each moment one of the two is whole, whatever ends the process or the machine. */
final class StateFolder {
    private static final String NEWEST = "state.bin";
    private static final String PREVIOUS = "state.previous.bin";
    private static final String UNFINISHED = "state.bin.tmp";

    private static final long LARGEST = 1L << 30;

    private final Path folder;

    StateFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    /** The newest first; those that are there. */
    List<Path> files() {
        return List.of(folder.resolve(NEWEST), folder.resolve(PREVIOUS)).stream()
                .filter(Files::exists)
                .toList();
    }

    /** @throws UnreadableException if it is larger than any state */
    byte[] read(Path file) throws IOException, UnreadableException {
        if (Files.size(file) > LARGEST) throw UnreadableException.corrupt("it is larger than 1 GiB, as no state is");
        return Files.readAllBytes(file);
    }

    /** Bytes of the newest; 0 when there is none. */
    long size() {
        try {
            return Files.size(folder.resolve(NEWEST));
        } catch (IOException none) {
            return 0;
        }
    }

    /** Makes it the newest, and the newest the previous one. */
    void write(StateFile file) throws IOException {
        Path unfinished = folder.resolve(UNFINISHED);
        Path newest = folder.resolve(NEWEST);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            file.write(channel);
            channel.force(true);
        } catch (IOException e) {
            // What a full disk holds of it would keep the next attempt from fitting.
            Files.deleteIfExists(unfinished);
            throw e;
        }
        if (Files.exists(newest)) Files.move(newest, folder.resolve(PREVIOUS), StandardCopyOption.ATOMIC_MOVE);
        Files.move(unfinished, newest, StandardCopyOption.ATOMIC_MOVE);
        // The names, too, are on the disk only then.
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /** Keeps a copy, over one that was put there before, for who takes an update back. */
    Path copyAside(Path file, String ending) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ending);
        Path unfinished = aside.resolveSibling(aside.getFileName() + ".tmp");
        Files.copy(file, unfinished, StandardCopyOption.REPLACE_EXISTING);
        return Files.move(unfinished, aside, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Puts a file out of the way, over one that was put there before, so that it can be looked at and takes its room once. */
    Path setAside(Path file, String ending) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ending);
        return Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    }
}
