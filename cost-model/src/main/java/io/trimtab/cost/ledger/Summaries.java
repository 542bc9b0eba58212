package io.trimtab.cost.ledger;

import io.trimtab.cost.account.ClosedHour;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.duckdb.DuckDBConnection;

/**
 * Sums by namespace and hour beside the rows, which answer what is asked most from a hundredth of them. They are made of the pods' files, can be made again at any time,
 * and go with them.
 */
final class Summaries {
    /** Those that wait to be written, the one under way, and those of before that somebody may be reading. */
    private static final int MOST_UNWRITTEN = 32;

    private final LedgerFolder folder;
    private final Deque<Unwritten> unwritten = new ArrayDeque<>();
    private long made;
    private final Set<Path> verified = ConcurrentHashMap.newKeySet();

    /** @param hour which is large, and is kept by whoever asks */
    private record Unwritten(WeakReference<ClosedHour> hour, Path file) {}

    Summaries(LedgerFolder folder) {
        this.folder = folder;
    }

    /**
     * The file of a segment, which is made where it is not there; to be called while no file goes.
     *
     * @return empty where it cannot be made, as on a full disk: then the rows answer
     */
    synchronized Optional<Path> of(DuckDBConnection connection, Segment segment) {
        try {
            Optional<Path> known = folder.summary(segment).filter(this::isIntact);
            if (known.isPresent()) return known;
            Path place = folder.publishSummary(segment, made(connection, segment));
            verified.add(place);
            return Optional.of(place);
        } catch (SQLException | IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The file of an hour that no segment has, for as long as the same is asked about; it is made in the connection's own table, which is empty afterwards.
     *
     * @return empty where it cannot be made
     */
    synchronized Optional<Path> of(DuckDBConnection connection, ClosedHour hour) throws SQLException {
        for (Unwritten one : unwritten) if (one.hour().refersTo(hour)) return Optional.of(one.file());
        Path file = folder.unfinished().resolve("summary-%d.parquet".formatted(++made));
        try (Statement statement = connection.createStatement()) {
            Tables.fillPods(connection, hour, 0);
            boolean written = isWritten(connection, file);
            // Whatever became of the file: rows that stayed here would count again.
            statement.execute("DELETE FROM pods");
            if (!written) return Optional.empty();
        }
        unwritten.addFirst(new Unwritten(new WeakReference<>(hour), file));
        if (unwritten.size() > MOST_UNWRITTEN) remove(unwritten.removeLast().file());
        return Optional.of(file);
    }

    private static boolean isWritten(DuckDBConnection connection, Path file) {
        try {
            write(connection, "pods", file);
            return true;
        } catch (SQLException e) {
            remove(file);
            return false;
        }
    }

    /** What cannot be removed now is removed at the next start. */
    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // As said.
        }
    }

    private Path made(DuckDBConnection connection, Segment segment) throws SQLException {
        Path file = folder.unfinished().resolve("summary.parquet");
        write(connection, Engine.files(List.of(segment.pods())), file);
        return file;
    }

    private static void write(DuckDBConnection connection, String pods, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "COPY (%s) TO %s %s".formatted(Measures.byNamespace(pods), Engine.quoted(file), Tables.FORM));
        }
    }

    private boolean isIntact(Path file) {
        if (verified.contains(file)) return true;
        try {
            if (!folder.isIntact(file)) return false;
        } catch (IOException e) {
            return false;
        }
        return verified.add(file);
    }
}
