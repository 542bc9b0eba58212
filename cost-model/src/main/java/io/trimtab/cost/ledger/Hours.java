package io.trimtab.cost.ledger;

import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Segment.Slot;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.duckdb.DuckDBConnection;

/** Which hours the ledger has, each with its version. Those of a whole day stand in its file, which is read once. */
final class Hours {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Segments segments;
    private Optional<NavigableMap<Instant, Integer>> known = Optional.empty();

    Hours(Segments segments) {
        this.segments = segments;
    }

    synchronized void written(Instant hour, int version) {
        known.ifPresent(it -> it.put(hour, version));
    }

    /** What is known is not so any more. */
    synchronized void forget() {
        known = Optional.empty();
    }

    synchronized NavigableMap<Instant, Integer> versions(DuckDBConnection connection) throws SQLException, IOException {
        if (known.isEmpty()) known = Optional.of(read(connection));
        return new TreeMap<>(known.get());
    }

    /**
     * @param missing those of a window that it has not: after the first and before the last that it has, and those that were damaged
     * @param damaged of them
     */
    record Lacking(List<Span> missing, List<Span> damaged) {}

    /** @param more hours that it need not have */
    Lacking lacking(DuckDBConnection connection, Span window, List<ClosedHour> more) throws SQLException, IOException {
        NavigableMap<Instant, Integer> has = versions(connection);
        NavigableSet<Instant> known = new TreeSet<>(has.keySet());
        more.forEach(hour -> known.add(hour.start()));
        NavigableSet<Instant> damaged = new TreeSet<>();
        for (Slot slot : segments.damaged())
            hours(later(slot.start(), window.start()), earlier(slot.end(), window.end()), damaged);
        damaged.removeAll(known);
        NavigableSet<Instant> missing = new TreeSet<>();
        if (!has.isEmpty()) hours(later(window.start(), has.firstKey()), earlier(has.lastKey(), window.end()), missing);
        missing.removeAll(known);
        missing.addAll(damaged);
        return new Lacking(spans(missing), spans(damaged));
    }

    private static void hours(Instant from, Instant to, NavigableSet<Instant> into) {
        for (Instant hour = from; hour.isBefore(to); hour = hour.plus(HOUR)) into.add(hour);
    }

    /** Where hours meet they are one span. */
    private static List<Span> spans(NavigableSet<Instant> hours) {
        List<Span> spans = new ArrayList<>();
        for (Instant hour : hours) {
            boolean meets = !spans.isEmpty() && spans.getLast().end().equals(hour);
            Instant start = meets ? spans.removeLast().start() : hour;
            spans.add(new Span(start, hour.plus(HOUR)));
        }
        return spans;
    }

    private NavigableMap<Instant, Integer> read(DuckDBConnection connection) throws SQLException, IOException {
        List<Segment> days = segments.inForce().stream()
                .filter(it -> it.slot().hour().isEmpty())
                .toList();
        segments.verify(days);
        NavigableMap<Instant, Integer> found = new TreeMap<>();
        segments.reading().lock();
        try {
            List<Path> files = new ArrayList<>();
            for (Segment segment : segments.inForce()) {
                if (segment.slot().hour().isPresent()) found.put(segment.slot().start(), segment.version());
                else files.add(segment.nodes());
            }
            if (files.isEmpty()) return found;
            String sql = "SELECT hour, max(version) FROM %s GROUP BY hour".formatted(Engine.files(files));
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next())
                    found.put(rows.getObject(1, OffsetDateTime.class).toInstant(), rows.getInt(2));
            }
            return found;
        } finally {
            segments.reading().unlock();
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
