package io.trimtab.cost.ledger;

import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.focus.FocusCharges;
import io.trimtab.cost.ledger.Account.NodeStep;
import io.trimtab.cost.ledger.Segment.Slot;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** Answers from the files that a window meets, while none of them goes. */
final class Questions {
    private static final int UNWRITTEN = 0;

    private final Segments segments;
    private final Hours hours;
    private final Summaries summaries;
    private final int mostRows;

    /** @param mostRows of an answer */
    Questions(Segments segments, Hours hours, Summaries summaries, int mostRows) {
        this.segments = segments;
        this.hours = hours;
        this.summaries = summaries;
        this.mostRows = mostRows;
    }

    /** @param more hours that count as they are given, whatever the files have of them by now */
    Account account(DuckDBConnection connection, AccountQuery query, List<ClosedHour> more)
            throws SQLException, IOException {
        return reading(connection, query.window(), more, (met, unwritten) -> {
            Hours.Lacking lacking = hours.lacking(connection, query.window(), more);
            return new Account(
                    sums(connection, query).steps(pods(connection, query, met, unwritten), nodes(met)),
                    lacking.missing(),
                    lacking.damaged());
        });
    }

    List<NodeStep> nodes(DuckDBConnection connection, AccountQuery query, List<ClosedHour> more)
            throws SQLException, IOException {
        return reading(
                connection,
                query.window(),
                more,
                (met, _) -> sums(connection, query).nodes(nodes(met)));
    }

    private Sums sums(DuckDBConnection connection, AccountQuery query) {
        return new Sums(connection, query, mostRows);
    }

    /** Writes charges of FOCUS 1.2. */
    Path focus(DuckDBConnection connection, FocusExport export, List<ClosedHour> more, Path file)
            throws SQLException, IOException {
        Span window = export.window();
        return reading(connection, window, more, (met, unwritten) -> {
            for (ClosedHour hour : unwritten) Tables.fillPods(connection, hour, UNWRITTEN);
            String charges = FocusCharges.sql(
                    with("pods", met, Segment::pods), nodes(met), window.start(), window.end(), export.period());
            return copied(connection, charges, file, export.form());
        });
    }

    /** Puts Parquet files of charges together. */
    static Path join(DuckDBConnection connection, List<Path> parts, Path file) throws SQLException {
        return copied(connection, "SELECT * FROM " + Engine.files(parts), file, FocusExport.Form.PARQUET);
    }

    private static Path copied(DuckDBConnection connection, String rows, Path file, FocusExport.Form form)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("COPY (%s) TO %s %s".formatted(rows, Engine.quoted(file), form.options()));
            return file;
        }
    }

    /** What is answered from segments and from hours that are in none of them. */
    private interface Reading<T> {
        T of(List<Segment> met, List<ClosedHour> unwritten) throws SQLException, IOException;
    }

    private <T> T reading(DuckDBConnection connection, Span window, List<ClosedHour> more, Reading<T> reading)
            throws SQLException, IOException {
        // All of them: under the lock that follows no damaged one can be put aside, and what hours there are is read of
        // all.
        if (!segments.verify(segments.inForce())) hours.forget();
        segments.reading().lock();
        try {
            List<Segment> met = met(window, more);
            Tables.make(connection);
            List<ClosedHour> unwritten = new ArrayList<>();
            for (ClosedHour hour : more) if (!isInItsDay(connection, met, hour.start())) unwritten.add(hour);
            for (ClosedHour hour : unwritten) Tables.fillNodes(connection, hour, UNWRITTEN);
            return reading.of(met, unwritten);
        } finally {
            segments.reading().unlock();
        }
    }

    /** But for those in whose place more is given. */
    private List<Segment> met(Span window, List<ClosedHour> more) {
        Set<Slot> given = more.stream().map(hour -> Slot.ofHour(hour.start())).collect(Collectors.toUnmodifiableSet());
        return segments.inForce().stream()
                .filter(it -> it.meets(window) && !given.contains(it.slot()))
                .toList();
    }

    /** Its rows cannot be told from the others of the day; they are those of an hour that is over. */
    private boolean isInItsDay(DuckDBConnection connection, List<Segment> met, Instant hour)
            throws SQLException, IOException {
        return met.stream().anyMatch(it -> it.slot().equals(Slot.ofDay(Slot.dayOf(hour))))
                && hours.versions(connection).containsKey(hour);
    }

    /** The files' rows and those of the connection's own table, or their sums where these are enough. */
    private String pods(DuckDBConnection connection, AccountQuery query, List<Segment> met, List<ClosedHour> unwritten)
            throws SQLException {
        List<Path> summed = new ArrayList<>();
        List<Segment> others = new ArrayList<>(met);
        List<ClosedHour> filled = new ArrayList<>(unwritten);
        if (query.isByNamespace()) {
            others.removeIf(segment -> isAdded(summed, summaries.of(connection, segment)));
            filled.clear();
            for (ClosedHour hour : unwritten) if (!isAdded(summed, summaries.of(connection, hour))) filled.add(hour);
        }
        for (ClosedHour hour : filled) Tables.fillPods(connection, hour, UNWRITTEN);
        String rows = with("pods", others, Segment::pods);
        if (summed.isEmpty()) return Measures.of(rows);
        return "(SELECT * FROM %s UNION ALL BY NAME SELECT * FROM (%s))"
                .formatted(Engine.files(summed), Measures.byNamespace(rows));
    }

    private static boolean isAdded(List<Path> summed, Optional<Path> summary) {
        summary.ifPresent(summed::add);
        return summary.isPresent();
    }

    private static String nodes(List<Segment> met) {
        return with("nodes", met, Segment::nodes);
    }

    private static String with(String table, List<Segment> met, Function<Segment, Path> kind) {
        if (met.isEmpty()) return table;
        return "(SELECT * FROM %s UNION ALL SELECT * FROM %s)"
                .formatted(Engine.files(met.stream().map(kind).toList()), table);
    }
}
