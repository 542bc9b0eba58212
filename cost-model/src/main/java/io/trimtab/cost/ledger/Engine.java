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
import org.jspecify.annotations.Nullable;

/**
 * DuckDB in this process, over files only: it has no database of its own, loads nothing from elsewhere and stays within its memory. It is started when it is first
 * needed.
 */
final class Engine implements AutoCloseable {
    private final Properties settings = new Properties();
    private @Nullable DuckDBConnection root;

    /** @param spill where it puts what does not fit */
    Engine(Ledger.Settings limits, Path spill) {
        settings.setProperty("memory_limit", limits.memoryMib() + "MiB");
        settings.setProperty("threads", String.valueOf(limits.threads()));
        settings.setProperty("temp_directory", spill.toString());
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
    }

    /**
     * One for one thread, to be closed.
     *
     * @throws LedgerException if this machine cannot run it
     */
    synchronized DuckDBConnection connection() throws SQLException, LedgerException {
        if (root == null) root = started();
        return root.duplicate();
    }

    private DuckDBConnection started() throws LedgerException {
        try {
            Connection opened = DriverManager.getConnection("jdbc:duckdb:", settings);
            DuckDBConnection started = opened.unwrap(DuckDBConnection.class);
            try (Statement statement = started.createStatement()) {
                statement.execute("SET GLOBAL TimeZone = 'UTC'");
            }
            return started;
        } catch (SQLException | LinkageError | RuntimeException e) {
            throw new LedgerException(
                    Kind.UNAVAILABLE,
                    "DuckDB does not run on this machine (it needs a 64-bit glibc with libstdc++, and a temporary"
                            + " folder that programs may be loaded from): "
                            + e.getMessage(),
                    e);
        }
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
    public synchronized void close() {
        try {
            if (root != null) root.close();
        } catch (SQLException e) {
            // It holds nothing but what is in files.
        }
        root = null;
    }
}
