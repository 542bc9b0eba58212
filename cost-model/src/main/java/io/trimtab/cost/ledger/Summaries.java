package io.trimtab.cost.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
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
    private final LedgerFolder folder;
    private final Set<Path> verified = ConcurrentHashMap.newKeySet();

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

    private Path made(DuckDBConnection connection, Segment segment) throws SQLException {
        Path made = folder.unfinished().resolve("summary.parquet");
        try (Statement statement = connection.createStatement()) {
            statement.execute("COPY (%s) TO %s %s"
                    .formatted(
                            Measures.byNamespace(Engine.files(List.of(segment.pods()))),
                            Engine.quoted(made),
                            Tables.FORM));
        }
        return made;
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
