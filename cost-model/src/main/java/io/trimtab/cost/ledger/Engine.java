package io.trimtab.cost.ledger;

import io.trimtab.cost.ledger.LedgerException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** DuckDB in this process, over files only: it has no database of its own, loads nothing from elsewhere and stays within its memory. */
final class Engine implements AutoCloseable {
    private final DuckDBConnection root;

    private Engine(DuckDBConnection root) {
        this.root = root;
    }

    /**
     * @param memoryMib outside of Java's heap
     * @param spill where it puts what does not fit
     * @throws LedgerException if this machine cannot run it
     */
    static Engine start(int memoryMib, int threads, Path spill) throws LedgerException {
        Properties settings = new Properties();
        settings.setProperty("memory_limit", memoryMib + "MiB");
        settings.setProperty("threads", String.valueOf(threads));
        settings.setProperty("temp_directory", spill.toString());
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        try {
            Connection opened = DriverManager.getConnection("jdbc:duckdb:", settings);
            DuckDBConnection root = opened.unwrap(DuckDBConnection.class);
            try (Statement statement = root.createStatement()) {
                statement.execute("SET GLOBAL TimeZone = 'UTC'");
            }
            return new Engine(root);
        } catch (SQLException | LinkageError | RuntimeException e) {
            throw new LedgerException(
                    Kind.UNAVAILABLE,
                    "DuckDB does not run on this machine (it needs a 64-bit glibc with libstdc++, and a temporary"
                            + " folder that programs may be loaded from): "
                            + e.getMessage(),
                    e);
        }
    }

    /** One for one thread, to be closed. */
    DuckDBConnection connection() throws SQLException {
        return root.duplicate();
    }

    /** A list of files, as {@code read_parquet} takes it. */
    static String files(List<Path> files) {
        return files.stream()
                .map(Engine::quoted)
                .collect(Collectors.joining(", ", "read_parquet([", "], hive_partitioning = false)"));
    }

    static String quoted(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }

    @Override
    public void close() {
        try {
            root.close();
        } catch (SQLException e) {
            // It holds nothing but what is in files.
        }
    }
}
