package io.trimtab.cost.ledger;

import io.trimtab.cost.account.ResourceCosts;
import io.trimtab.cost.allocation.Allocation;
import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.allocation.Allocator;
import io.trimtab.cost.ledger.Account.Row;
import io.trimtab.cost.ledger.Account.Step;
import io.trimtab.cost.ledger.AccountFilter.Condition;
import io.trimtab.cost.ledger.AccountFilter.Field;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** Sums up rows of files. All sums are of decimals, so that neither threads nor the order of files change a digit. */
final class Sums {
    private static final String NODE = "node";
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final AccountQuery query;
    private final List<String> parameters = new ArrayList<>();

    private Sums(AccountQuery query) {
        this.query = query;
    }

    /** @param connection with the tables of {@link Tables#make}, whose rows count too */
    static List<Step> of(DuckDBConnection connection, AccountQuery query, List<Segment> segments) throws SQLException {
        Map<Long, List<Row>> rows = new HashMap<>();
        Map<Long, BigDecimal> estimated = new HashMap<>();
        Map<Long, NodeSums> offered = new HashMap<>();
        new Sums(query).pods(connection, source("pods", segments, Segment::pods), rows, estimated);
        if (!query.filter().isAboutPods())
            new Sums(query).nodes(connection, source("nodes", segments, Segment::nodes), offered);
        List<Step> steps = new ArrayList<>();
        for (Span span : query.steps()) {
            long index = steps.size();
            List<Row> paid = rows.getOrDefault(index, List.of());
            NodeSums whole = offered.getOrDefault(index, NodeSums.NONE);
            BigDecimal bill = query.filter().isAboutPods()
                    ? paid.stream().map(row -> row.costs().total()).reduce(BigDecimal.ZERO, BigDecimal::add)
                    : whole.bill();
            BigDecimal unsure =
                    query.filter().isAboutPods() ? estimated.getOrDefault(index, BigDecimal.ZERO) : whole.estimated();
            steps.add(new Step(span, paid, whole.idle(), bill.setScale(Allocation.SCALE), share(unsure, bill)));
        }
        return steps;
    }

    private record NodeSums(BigDecimal bill, ResourceCosts idle, BigDecimal estimated) {
        static final NodeSums NONE = new NodeSums(BigDecimal.ZERO, ResourceCosts.NONE, BigDecimal.ZERO);
    }

    private void pods(
            DuckDBConnection connection, String source, Map<Long, List<Row>> rows, Map<Long, BigDecimal> estimated)
            throws SQLException {
        String sql =
                "SELECT " + step() + " AS step, " + key() + " AS key, sum(cpu_cost), sum(memory_cost), sum(gpu_cost),"
                        + " sum(cpu_core_hours_charged), sum(memory_gib_hours_charged), sum(gpu_hours_charged), sum("
                        + usedCost("cpu", "core") + " + " + usedCost("memory", "gib") + "),"
                        + " sum((cpu_cost + memory_cost + gpu_cost)::DECIMAL(20, 12) * estimated_share)"
                        + " FROM " + source + where(true) + " GROUP BY ALL ORDER BY step, key";
        try (PreparedStatement statement = prepared(connection, sql);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                long step = found.getLong(1);
                ResourceCosts costs =
                        new ResourceCosts(found.getBigDecimal(3), found.getBigDecimal(4), found.getBigDecimal(5));
                rows.computeIfAbsent(step, _ -> new ArrayList<>())
                        .add(new Row(
                                found.getString(2),
                                costs,
                                found.getBigDecimal(6),
                                found.getBigDecimal(7),
                                found.getBigDecimal(8),
                                share(found.getBigDecimal(9), costs.cpu().add(costs.memory()))));
                estimated.merge(step, found.getBigDecimal(10), BigDecimal::add);
            }
        }
    }

    /** The files' rows, and those of the connection's own table. */
    private static String source(String table, List<Segment> segments, Function<Segment, Path> kind) {
        if (segments.isEmpty()) return table;
        String files = Engine.files(segments.stream().map(kind).toList());
        return "(SELECT * FROM %s UNION ALL SELECT * FROM %s)".formatted(files, table);
    }

    private void nodes(DuckDBConnection connection, String source, Map<Long, NodeSums> sums) throws SQLException {
        String sql = "SELECT " + step() + " AS step, sum(cpu_cost + memory_cost + gpu_cost), sum(idle_cpu_cost),"
                + " sum(idle_memory_cost), sum(idle_gpu_cost),"
                + " sum((cpu_cost + memory_cost + gpu_cost)::DECIMAL(20, 12) * estimated_share)"
                + " FROM " + source + where(false) + " GROUP BY ALL HAVING count(*) > 0";
        try (PreparedStatement statement = prepared(connection, sql);
                ResultSet found = statement.executeQuery()) {
            while (found.next())
                sums.put(
                        found.getLong(1),
                        new NodeSums(
                                found.getBigDecimal(2),
                                new ResourceCosts(
                                        found.getBigDecimal(3), found.getBigDecimal(4), found.getBigDecimal(5)),
                                found.getBigDecimal(6)));
        }
    }

    /** What of a row's cost was used: never more than it was charged. */
    private static String usedCost(String resource, String unit) {
        String amount = "%s_%s_hours_".formatted(resource, unit);
        return "CASE WHEN %1$scharged = 0 THEN 0 ELSE %2$s_cost * least(1, %1$sused::DOUBLE / %1$scharged::DOUBLE)::DECIMAL(9, 6) END"
                .formatted(amount, resource);
    }

    private String step() {
        if (query.step().isEmpty()) return "0::BIGINT";
        Duration step = query.step().get();
        return "(epoch_us(hour) - %d) // %d"
                .formatted(
                        micros(query.window().start()),
                        BigDecimal.valueOf(step.toSeconds()).multiply(MILLION).longValueExact());
    }

    private static long micros(Instant moment) {
        return Math.multiplyExact(moment.getEpochSecond(), MILLION.longValueExact());
    }

    private String key() {
        return query.groupings().stream().map(this::key).collect(Collectors.joining(" || '/' || "));
    }

    private String key(Grouping grouping) {
        return switch (grouping) {
            case Grouping.ByNamespace() -> "namespace";
            case Grouping.ByController() ->
                "CASE WHEN controller = '' THEN '%s' ELSE controller_kind || '/' || controller END"
                        .formatted(Allocator.UNALLOCATED);
            case Grouping.ByNode() -> NODE;
            case Grouping.ByPod() -> "namespace || '/' || pod";
            case Grouping.ByLabel(String name) ->
                "coalesce(labels[%s], '%s')".formatted(parameter(name), Allocator.UNALLOCATED);
        };
    }

    private String where(boolean pods) {
        List<String> terms = new ArrayList<>();
        terms.add("hour >= %s::TIMESTAMPTZ"
                .formatted(parameter(text(query.window().start()))));
        terms.add(
                "hour < %s::TIMESTAMPTZ".formatted(parameter(text(query.window().end()))));
        query.filter().conditions().stream()
                .filter(condition -> pods || condition.field() instanceof Field.Node)
                .map(this::term)
                .forEach(terms::add);
        return " WHERE " + String.join(" AND ", terms);
    }

    private static String text(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).toString();
    }

    private String term(Condition condition) {
        String column = column(condition.field());
        String any = condition.values().stream()
                .map(value -> term(column, condition.match(), value))
                .collect(Collectors.joining(" OR ", "(", ")"));
        return condition.not() ? "NOT " + any : any;
    }

    private String term(String column, AccountFilter.Match match, String value) {
        String parameter = parameter(value);
        return switch (match) {
            case EQUALS -> "%s = %s".formatted(column, parameter);
            case CONTAINS -> "contains(%s, %s)".formatted(column, parameter);
            case STARTS_WITH -> "starts_with(%s, %s)".formatted(column, parameter);
            case ENDS_WITH -> "ends_with(%s, %s)".formatted(column, parameter);
        };
    }

    private String column(Field field) {
        return switch (field) {
            case Field.Namespace() -> "namespace";
            case Field.ControllerKind() -> "controller_kind";
            case Field.Controller() -> "controller";
            case Field.Pod() -> "pod";
            case Field.Node() -> NODE;
            case Field.Label(String name) -> "coalesce(labels[%s], '')".formatted(parameter(name));
        };
    }

    /** @return its place in the statement; values are never part of its text */
    private String parameter(String value) {
        parameters.add(value);
        return "$" + parameters.size();
    }

    private PreparedStatement prepared(DuckDBConnection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.size(); i++) statement.setString(i + 1, parameters.get(i));
        return statement;
    }

    private static BigDecimal share(BigDecimal part, BigDecimal whole) {
        if (whole.signum() == 0) return BigDecimal.ZERO;
        return part.divide(whole, MathContext.DECIMAL64).min(BigDecimal.ONE).setScale(6, RoundingMode.HALF_UP);
    }
}
