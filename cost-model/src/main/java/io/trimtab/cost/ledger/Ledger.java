package io.trimtab.cost.ledger;

import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.ledger.Account.NodeStep;
import io.trimtab.cost.ledger.LedgerException.Kind;
import io.trimtab.cost.ledger.Segment.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.duckdb.DuckDBConnection;

/**
 * The account that lasts: hours as they were closed. An hour that is written again is a new version of it, and the one before is kept beside. One thread writes at a
 * time, and questions are answered meanwhile.
 */
public final class Ledger implements AutoCloseable {
    private final LedgerFolder folder;
    private final LedgerLock lock;
    private final Segments segments;
    private final Summaries summaries;
    private final Hours hours;
    private final Questions questions;
    private final Engine engine;

    /**
     * @param memoryMib of DuckDB, outside of Java's heap
     * @param threads of DuckDB
     * @param mostRows of an answer, which is in memory as a whole
     */
    public record Settings(int memoryMib, int threads, int mostRows) {
        public static final Settings USUAL = new Settings(256, 2, 500_000);
    }

    private Ledger(LedgerFolder folder, LedgerLock lock, Settings settings) throws IOException {
        this.folder = folder;
        this.lock = lock;
        folder.prepare();
        this.engine = new Engine(settings, folder.unfinished().resolve("spill"));
        this.segments = new Segments(folder);
        this.summaries = new Summaries(folder);
        this.hours = new Hours(segments);
        this.questions = new Questions(segments, hours, summaries, settings.mostRows());
    }

    /**
     * @param folder is made where it is not there
     * @throws LedgerException if it cannot be made or read, or if another process writes to it
     */
    public static Ledger open(Path folder, Settings settings) throws LedgerException {
        Path root = folder.toAbsolutePath();
        try {
            Files.createDirectories(root);
            LedgerLock lock = LedgerLock.take(root.resolve("lock"))
                    .orElseThrow(() ->
                            new LedgerException(Kind.TAKEN, "another Trimtab keeps its account in %s".formatted(root)));
            try {
                return new Ledger(new LedgerFolder(root), lock, settings);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw unwritable(root, e);
        }
    }

    /**
     * Keeps an hour; when this returns it is on the disk, whole.
     *
     * @param hour of at least one node: without one there is nothing to account for
     * @return its version: 1, or one more than that of the hour that it replaces
     * @throws LedgerException if it could not be written; then the ledger is as before
     */
    public synchronized int write(ClosedHour hour) throws LedgerException {
        if (hour.nodes().isEmpty())
            throw new IllegalArgumentException("the hour %s has no node".formatted(hour.start()));
        try (DuckDBConnection connection = engine.connection()) {
            int version = hours.versions(connection).getOrDefault(hour.start(), 0) + 1;
            Tables.make(connection);
            Tables.fillPods(connection, hour, version);
            Tables.fillNodes(connection, hour, version);
            Optional<Segment> day = day(Slot.dayOf(hour.start()));
            if (day.isEmpty()) replace(connection, Slot.ofHour(hour.start()), version, "pods", "nodes");
            else {
                Segment whole = day.get();
                Function<Path, String> others =
                        file -> Engine.files(List.of(file)) + " WHERE hour <> TIMESTAMPTZ '" + hour.start() + "'";
                replace(
                        connection,
                        whole.slot(),
                        whole.version() + 1,
                        "(SELECT * FROM pods UNION ALL SELECT * FROM " + others.apply(whole.pods()) + ")",
                        "(SELECT * FROM nodes UNION ALL SELECT * FROM " + others.apply(whole.nodes()) + ")");
            }
            hours.written(hour.start(), version);
            return version;
        } catch (SQLException | IOException e) {
            throw unwritable(folder.root(), e);
        }
    }

    /** Puts the hours of each day that ended at a moment, or before it, together into one file of each kind. */
    public synchronized List<LocalDate> compact(Instant moment) throws LedgerException {
        List<LocalDate> done = new ArrayList<>();
        try {
            verified(separateHours(moment));
            TreeMap<LocalDate, List<Segment>> days = new TreeMap<>();
            for (Segment hour : separateHours(moment))
                days.computeIfAbsent(hour.slot().day(), _ -> new ArrayList<>()).add(hour);
            for (var day : days.entrySet()) {
                try (DuckDBConnection connection = engine.connection()) {
                    replace(
                            connection,
                            Slot.ofDay(day.getKey()),
                            1,
                            Engine.files(
                                    day.getValue().stream().map(Segment::pods).toList()),
                            Engine.files(
                                    day.getValue().stream().map(Segment::nodes).toList()));
                }
                done.add(day.getKey());
            }
            return done;
        } catch (SQLException | IOException e) {
            throw unwritable(folder.root(), e);
        }
    }

    /** Removes what is not to be kept any more, whole days, with what was put aside of them. */
    public synchronized List<LocalDate> retain(Retention kept) throws LedgerException {
        try {
            List<LocalDate> removed = segments.remove(kept);
            hours.forget();
            return removed;
        } catch (IOException e) {
            throw unwritable(folder.root(), e);
        }
    }

    /** What the ledger has of a window. */
    public Account account(AccountQuery query) throws LedgerException {
        return account(query, List.of());
    }

    /**
     * @param more hours that count as they are given, also where it has them by now: so that several questions see the same
     * @throws LedgerException if the files cannot be read
     * @throws IllegalArgumentException if the answer has more rows than {@link Settings#mostRows}
     */
    public Account account(AccountQuery query, List<ClosedHour> more) throws LedgerException {
        return answered(connection -> questions.account(connection, query, more));
    }

    /**
     * What each node cost.
     *
     * @param query whose groupings do not matter, and whose filter is about nodes
     * @param more as above, as are the exceptions
     */
    public List<NodeStep> nodes(AccountQuery query, List<ClosedHour> more) throws LedgerException {
        return answered(connection -> questions.nodes(connection, query, more));
    }

    /**
     * Writes charges of FOCUS 1.2 to a file. No file of the ledger goes meanwhile, so nothing is published either: what is long is asked for in parts, such as days.
     *
     * @param more as above
     */
    public void export(FocusExport export, List<ClosedHour> more, Path file) throws LedgerException {
        var _ = answered(connection -> questions.focus(connection, export, more, file));
    }

    /** Puts Parquet files of charges together into one, while the ledger goes on. */
    public void join(List<Path> parts, Path file) throws LedgerException {
        var _ = answered(connection -> Questions.join(connection, parts, file));
    }

    /** Of these hours those that it does not have. */
    public List<ClosedHour> lacked(List<ClosedHour> some) throws LedgerException {
        List<Instant> known = hours();
        return some.stream().filter(hour -> !known.contains(hour.start())).toList();
    }

    /** The hours that it has, in order. */
    public List<Instant> hours() throws LedgerException {
        return answered(connection -> List.copyOf(hours.versions(connection).keySet()));
    }

    private interface Question<T> {
        T asked(DuckDBConnection connection) throws SQLException, IOException;
    }

    private <T> T answered(Question<T> question) throws LedgerException {
        try (DuckDBConnection connection = engine.connection()) {
            return question.asked(connection);
        } catch (SQLException | IOException e) {
            throw unreadable(e);
        }
    }

    private LedgerException unreadable(Exception cause) {
        return new LedgerException(
                Kind.UNREADABLE,
                "the account in %s cannot be read: %s".formatted(folder.root(), cause.getMessage()),
                cause);
    }

    /**
     * Compares each file with its checksum, so that what is damaged is told before anybody asks for it.
     *
     * @throws LedgerException if the files cannot be read
     */
    public void verify() throws LedgerException {
        try {
            verified(segments.inForce());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** What was put aside because it is not as it was written, for people; until its files are removed. */
    public List<String> troubles() {
        return segments.damaged().stream()
                .map(slot -> "%s of %s is not as it was written; its files now lie in %s"
                        .formatted(slot.label(), slot.day(), folder.corrupt()))
                .toList();
    }

    @Override
    public void close() {
        lock.close();
        engine.close();
    }

    /** Writes the files of a slot and puts them in the place of whatever was there. */
    private void replace(DuckDBConnection connection, Slot slot, int version, String pods, String nodes)
            throws SQLException, IOException {
        Path podsFile = folder.unfinished().resolve("pods.parquet");
        Path nodesFile = folder.unfinished().resolve("nodes.parquet");
        try {
            Tables.writePods(connection, pods, podsFile);
            Tables.writeNodes(connection, nodes, nodesFile);
            var _ = summaries.of(connection, segments.replace(slot, version, podsFile, nodesFile));
        } finally {
            // What a full disk holds of them would keep the next attempt from fitting.
            Files.deleteIfExists(podsFile);
            Files.deleteIfExists(nodesFile);
        }
    }

    private void verified(List<Segment> wanted) throws IOException {
        if (!segments.verify(wanted)) hours.forget();
    }

    private List<Segment> separateHours(Instant moment) {
        return segments.inForce().stream()
                .filter(it -> it.slot().hour().isPresent()
                        && !Slot.ofDay(it.slot().day()).end().isAfter(moment))
                .toList();
    }

    private Optional<Segment> day(LocalDate day) throws IOException {
        verified(segments.inForce().stream()
                .filter(it -> it.slot().equals(Slot.ofDay(day)))
                .toList());
        return segments.inForce().stream()
                .filter(it -> it.slot().equals(Slot.ofDay(day)))
                .findFirst();
    }

    private static LedgerException unwritable(Path root, Exception cause) {
        return new LedgerException(
                Kind.UNWRITABLE,
                "the account cannot be written to %s (%s); is it there, is there room, and may this user write to it?"
                        .formatted(root, cause.getMessage()),
                cause);
    }
}
