package io.trimtab.cost.ledger;

import io.trimtab.cost.account.Amounts;
import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.ResourceCosts;
import io.trimtab.cost.allocation.Allocation;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account.NodeRow;
import io.trimtab.cost.ledger.Account.NodeStep;
import io.trimtab.cost.ledger.Account.Row;
import io.trimtab.cost.ledger.Account.Step;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/** Sums up rows. All sums are of decimals, so that neither threads nor the order of files change a digit. */
final class Sums {
    private static final long MILLION = 1_000_000;
    private static final String IDLE = "sum(idle_cpu_cost) AS idle_cpu_cost, sum(idle_memory_cost) AS idle_memory_cost,"
            + " sum(idle_gpu_cost) AS idle_gpu_cost";

    private final DuckDBConnection connection;
    private final AccountQuery query;
    private final int mostRows;

    /** @param mostRows of an answer: all are in memory at once */
    Sums(DuckDBConnection connection, AccountQuery query, int mostRows) {
        this.connection = connection;
        this.query = query;
        this.mostRows = mostRows;
    }

    /**
     * @param pods a table of {@link Measures}
     * @param nodes a table with the columns of the nodes' files
     */
    List<Step> steps(String pods, String nodes) throws SQLException {
        Map<Long, List<Row>> rows = new HashMap<>();
        Map<Long, BigDecimal> estimated = new HashMap<>();
        Map<Long, NodeSums> offered = new HashMap<>();
        rows(pods, rows, estimated);
        boolean aboutPods = query.filter().isAboutPods();
        if (!aboutPods) offered(nodes, offered);
        List<Step> steps = new ArrayList<>();
        for (Span span : query.steps()) {
            long index = steps.size();
            List<Row> paid = rows.getOrDefault(index, List.of());
            NodeSums whole = offered.getOrDefault(index, NodeSums.NONE);
            BigDecimal bill = aboutPods
                    ? paid.stream().map(row -> row.costs().total()).reduce(BigDecimal.ZERO, BigDecimal::add)
                    : whole.bill();
            BigDecimal unsure = aboutPods ? estimated.getOrDefault(index, BigDecimal.ZERO) : whole.estimated();
            steps.add(new Step(span, paid, whole.idle(), bill.setScale(Allocation.SCALE), share(unsure, bill)));
        }
        return steps;
    }

    private record NodeSums(BigDecimal bill, ResourceCosts idle, BigDecimal estimated) {
        static final NodeSums NONE = new NodeSums(BigDecimal.ZERO, ResourceCosts.NONE, BigDecimal.ZERO);
    }

    private void rows(String pods, Map<Long, List<Row>> rows, Map<Long, BigDecimal> estimated) throws SQLException {
        Terms terms = new Terms();
        List<String> columns = new ArrayList<>(List.of(step() + " AS step"));
        columns.addAll(Measures.SUMS);
        query.groupings().forEach(grouping -> columns.add(terms.key(grouping)));
        String sql = "SELECT " + String.join(", ", columns) + " FROM " + pods
                + terms.where(query.window(), query.filter()) + " GROUP BY ALL HAVING count(*) > 0" + limit();
        int count = 0;
        try (PreparedStatement statement = terms.prepared(connection, sql);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                check(++count);
                long step = found.getLong(1);
                rows.computeIfAbsent(step, _ -> new ArrayList<>()).add(row(found));
                estimated.merge(step, found.getBigDecimal("estimated_cost"), BigDecimal::add);
            }
        }
        rows.values().forEach(step -> step.sort(Comparator.comparing(Row::key)));
    }

    /** One more than an answer may have, which tells that it has too many. */
    private String limit() {
        return " LIMIT " + (mostRows + 1L);
    }

    private void check(int rows) {
        if (rows > mostRows)
            throw new IllegalArgumentException(
                    ("window (%s to %s) has more than %,d rows with this aggregate and step; ask for a shorter window,"
                                    + " longer steps, a coarser aggregate or a filter")
                            .formatted(query.window().start(), query.window().end(), mostRows));
    }

    private Row row(ResultSet found) throws SQLException {
        List<String> keys = new ArrayList<>();
        int columns = found.getMetaData().getColumnCount();
        for (int i = columns - query.groupings().size() + 1; i <= columns; i++) keys.add(found.getString(i));
        ResourceCosts costs = costs(found, "");
        return new Row(
                keys,
                span(found),
                costs,
                amounts(found, "cpu_core"),
                amounts(found, "memory_gib"),
                found.getBigDecimal("gpu_hours_charged"),
                share(found.getBigDecimal("used_cost"), costs.cpu().add(costs.memory())));
    }

    private void offered(String nodes, Map<Long, NodeSums> sums) throws SQLException {
        Terms terms = new Terms();
        String sql = "SELECT " + step() + " AS step, sum(cpu_cost + memory_cost + gpu_cost) AS bill, " + IDLE
                + ", sum(" + Measures.ESTIMATED + ") AS estimated_cost FROM " + nodes
                + terms.where(query.window(), query.filter()) + " GROUP BY ALL HAVING count(*) > 0";
        try (PreparedStatement statement = terms.prepared(connection, sql);
                ResultSet found = statement.executeQuery()) {
            while (found.next())
                sums.put(
                        found.getLong(1),
                        new NodeSums(
                                found.getBigDecimal("bill"),
                                costs(found, "idle_"),
                                found.getBigDecimal("estimated_cost")));
        }
    }

    /** @param nodes a table with the columns of the nodes' files */
    List<NodeStep> nodes(String nodes) throws SQLException {
        Terms terms = new Terms();
        String sql = "SELECT " + step() + " AS step, node, instance_type, region, zone, capacity_type, pool, "
                + "min(start_time) AS start_time, max(end_time) AS end_time, sum(cpu_core_hours) AS cpu_core_hours, "
                + "sum(memory_gib_hours) AS memory_gib_hours, sum(gpu_hours) AS gpu_hours, sum(cpu_cost) AS cpu_cost, "
                + "sum(memory_cost) AS memory_cost, sum(gpu_cost) AS gpu_cost, " + IDLE + " FROM " + nodes
                + terms.where(query.window(), query.filter()) + " GROUP BY ALL ORDER BY ALL" + limit();
        int count = 0;
        Map<Long, List<NodeRow>> rows = new HashMap<>();
        try (PreparedStatement statement = terms.prepared(connection, sql);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                check(++count);
                rows.computeIfAbsent(found.getLong(1), _ -> new ArrayList<>()).add(node(found));
            }
        }
        List<NodeStep> steps = new ArrayList<>();
        for (Span span : query.steps())
            steps.add(new NodeStep(span, rows.getOrDefault((long) steps.size(), List.of())));
        return steps;
    }

    private static NodeRow node(ResultSet found) throws SQLException {
        return new NodeRow(
                new NodeHour.Node(
                        found.getString("node"),
                        found.getString("instance_type"),
                        found.getString("region"),
                        found.getString("zone"),
                        found.getString("capacity_type"),
                        found.getString("pool")),
                span(found),
                new NodeHour.Capacity(
                        found.getBigDecimal("cpu_core_hours"),
                        found.getBigDecimal("memory_gib_hours"),
                        found.getBigDecimal("gpu_hours")),
                costs(found, ""),
                costs(found, "idle_"));
    }

    private static Span span(ResultSet found) throws SQLException {
        return new Span(
                found.getObject("start_time", OffsetDateTime.class).toInstant(),
                found.getObject("end_time", OffsetDateTime.class).toInstant());
    }

    private static ResourceCosts costs(ResultSet found, String kind) throws SQLException {
        return new ResourceCosts(
                found.getBigDecimal(kind + "cpu_cost"),
                found.getBigDecimal(kind + "memory_cost"),
                found.getBigDecimal(kind + "gpu_cost"));
    }

    private static Amounts amounts(ResultSet found, String resource) throws SQLException {
        return new Amounts(
                found.getBigDecimal(resource + "_hours_requested"),
                found.getBigDecimal(resource + "_hours_used"),
                found.getBigDecimal(resource + "_hours_charged"));
    }

    private String step() {
        if (query.step().isEmpty()) return "0::BIGINT";
        Duration step = query.step().get();
        return "(epoch_us(hour) - %d) // %d"
                .formatted(micros(query.window().start()), Math.multiplyExact(step.toSeconds(), MILLION));
    }

    private static long micros(Instant moment) {
        return Math.multiplyExact(moment.getEpochSecond(), MILLION);
    }

    private static BigDecimal share(BigDecimal part, BigDecimal whole) {
        if (whole.signum() == 0) return BigDecimal.ZERO;
        return part.divide(whole, MathContext.DECIMAL64).min(BigDecimal.ONE).setScale(6, RoundingMode.HALF_UP);
    }
}
