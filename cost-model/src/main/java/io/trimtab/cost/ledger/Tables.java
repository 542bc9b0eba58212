package io.trimtab.cost.ledger;

import io.trimtab.cost.account.Amounts;
import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.PodHour;
import io.trimtab.cost.account.ResourceCosts;
import io.trimtab.cost.allocation.Allocation;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The columns of both kinds of files, and how rows get into them. Their names and types are what other engines read: they stay. */
final class Tables {
    static final String COST = "DECIMAL(18, %d)".formatted(Allocation.SCALE);
    static final String AMOUNT = "DECIMAL(18, %d)".formatted(Amounts.SCALE);

    private static final String PODS = "CREATE TEMP TABLE pods (hour TIMESTAMPTZ, namespace VARCHAR,"
            + " controller_kind VARCHAR, controller VARCHAR, pod VARCHAR, uid VARCHAR, node VARCHAR,"
            + " labels MAP(VARCHAR, VARCHAR), start_time TIMESTAMPTZ, end_time TIMESTAMPTZ, "
            + columns(
                    AMOUNT,
                    "cpu_core_hours_requested",
                    "cpu_core_hours_used",
                    "cpu_core_hours_charged",
                    "memory_gib_hours_requested",
                    "memory_gib_hours_used",
                    "memory_gib_hours_charged",
                    "gpu_hours_charged")
            + columns(COST, "cpu_cost", "memory_cost", "gpu_cost")
            + "estimated_share DECIMAL(9, 6), price_origin VARCHAR, version INTEGER)";

    private static final String NODES =
            "CREATE TEMP TABLE nodes (hour TIMESTAMPTZ, node VARCHAR, instance_type VARCHAR,"
                    + " region VARCHAR, zone VARCHAR, capacity_type VARCHAR, pool VARCHAR, start_time TIMESTAMPTZ,"
                    + " end_time TIMESTAMPTZ, "
                    + columns(AMOUNT, "cpu_core_hours", "memory_gib_hours", "gpu_hours")
                    + columns(
                            COST,
                            "price_per_hour",
                            "cpu_cost",
                            "memory_cost",
                            "gpu_cost",
                            "idle_cpu_cost",
                            "idle_memory_cost",
                            "idle_gpu_cost")
                    + "estimated_share DECIMAL(9, 6), price_origin VARCHAR, version INTEGER)";

    /** What is alike lies together, which is what makes the files small; and the order does not depend on the order of the input. */
    private static final String PODS_ORDER = "namespace, controller_kind, controller, pod, uid, node, hour, start_time";

    private static final String NODES_ORDER = "node, hour, start_time";

    /** Read by every engine; a higher level than the usual 3 makes a day 8 % smaller in half a second more. */
    static final String FORM = "(FORMAT parquet, PARQUET_VERSION V1, COMPRESSION zstd, COMPRESSION_LEVEL 9)";

    private Tables() {}

    private static String columns(String type, String... names) {
        StringBuilder columns = new StringBuilder();
        for (String name : names) columns.append(name).append(' ').append(type).append(", ");
        return columns.toString();
    }

    /** Makes both tables, {@code pods} and {@code nodes}, empty and for this connection alone. */
    static void make(DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(PODS);
            statement.execute(NODES);
        }
    }

    static void fillPods(DuckDBConnection connection, ClosedHour hour, int version) throws SQLException {
        try (DuckDBAppender rows = connection.createAppender("temp", "main", "pods")) {
            for (PodHour pod : hour.pods()) append(rows, hour.start(), version, pod);
        }
    }

    static void fillNodes(DuckDBConnection connection, ClosedHour hour, int version) throws SQLException {
        try (DuckDBAppender rows = connection.createAppender("temp", "main", "nodes")) {
            for (NodeHour node : hour.nodes()) append(rows, hour.start(), version, node);
        }
    }

    static void writePods(DuckDBConnection connection, String rows, Path file) throws SQLException {
        write(connection, rows, PODS_ORDER, file);
    }

    static void writeNodes(DuckDBConnection connection, String rows, Path file) throws SQLException {
        write(connection, rows, NODES_ORDER, file);
    }

    private static void write(DuckDBConnection connection, String rows, String order, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "COPY (SELECT * FROM %s ORDER BY %s) TO %s %s".formatted(rows, order, Engine.quoted(file), FORM));
        }
    }

    private static void append(DuckDBAppender rows, Instant hour, int version, PodHour row) throws SQLException {
        PodHour.Pod pod = row.pod();
        rows.beginRow();
        rows.append(hour.atOffset(ZoneOffset.UTC))
                .append(pod.namespace())
                .append(pod.controllerKind())
                .append(pod.controller())
                .append(pod.name())
                .append(pod.uid())
                .append(row.node())
                .append(new TreeMap<>(pod.labels()));
        append(rows, row.span());
        append(rows, row.cpu());
        append(rows, row.memory());
        rows.append(row.gpuHours());
        append(rows, row.costs());
        rows.append(row.estimatedShare()).append(row.origin().label()).append(version);
        rows.endRow();
    }

    private static void append(DuckDBAppender rows, Instant hour, int version, NodeHour row) throws SQLException {
        NodeHour.Node node = row.node();
        rows.beginRow();
        rows.append(hour.atOffset(ZoneOffset.UTC))
                .append(node.name())
                .append(node.instanceType())
                .append(node.region())
                .append(node.zone())
                .append(node.capacityType())
                .append(node.pool());
        append(rows, row.span());
        rows.append(row.offered().coreHours())
                .append(row.offered().gibHours())
                .append(row.offered().gpuHours())
                .append(row.pricePerHour().setScale(Allocation.SCALE, RoundingMode.HALF_UP));
        append(rows, row.bill());
        append(rows, row.idle());
        rows.append(row.estimatedShare()).append(row.origin().label()).append(version);
        rows.endRow();
    }

    private static void append(DuckDBAppender rows, Span span) throws SQLException {
        rows.append(span.start().atOffset(ZoneOffset.UTC)).append(span.end().atOffset(ZoneOffset.UTC));
    }

    private static void append(DuckDBAppender rows, Amounts amounts) throws SQLException {
        rows.append(amounts.requested()).append(amounts.used()).append(amounts.charged());
    }

    private static void append(DuckDBAppender rows, ResourceCosts costs) throws SQLException {
        rows.append(costs.cpu()).append(costs.memory()).append(costs.gpu());
    }
}
