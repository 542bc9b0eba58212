package io.trimtab.cost.ledger;

import io.trimtab.cost.allocation.AllocationRequest.Span;
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
import java.util.Optional;
import java.util.TreeMap;
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

    /** Those of a window after the first and before the last that it has, and which it has not; where they meet they are one. */
    List<Span> missing(DuckDBConnection connection, Span window) throws SQLException, IOException {
        NavigableMap<Instant, Integer> has = versions(connection);
        List<Span> missing = new ArrayList<>();
        if (has.isEmpty()) return missing;
        Instant from = later(window.start(), has.firstKey());
        Instant to = has.lastKey().isBefore(window.end()) ? has.lastKey() : window.end();
        for (Instant hour = from; hour.isBefore(to); hour = hour.plus(HOUR)) {
            if (has.containsKey(hour)) continue;
            boolean meets = !missing.isEmpty() && missing.getLast().end().equals(hour);
            Instant start = meets ? missing.removeLast().start() : hour;
            missing.add(new Span(start, hour.plus(HOUR)));
        }
        return missing;
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

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
