package io.trimtab.cost.ledger;

import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.allocation.Allocator;
import io.trimtab.cost.ledger.AccountFilter.Condition;
import io.trimtab.cost.ledger.AccountFilter.Field;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** Says in SQL what is asked. What people give is a parameter, never part of the text. */
final class Terms {
    private static final String NODE = "node";

    private final List<String> parameters = new ArrayList<>();

    /** The rows of a window that meet a filter. */
    String where(Span window, AccountFilter filter) {
        return " WHERE hour >= %s::TIMESTAMPTZ AND hour < %s::TIMESTAMPTZ AND %s"
                .formatted(parameter(text(window.start())), parameter(text(window.end())), term(filter));
    }

    String key(Grouping grouping) {
        return switch (grouping) {
            case Grouping.ByNamespace() -> "namespace";
            case Grouping.ByController() ->
                "CASE WHEN controller = '' THEN '%s' ELSE controller_kind || '/' || controller END"
                        .formatted(Allocator.UNALLOCATED);
            case Grouping.ByNode() -> NODE;
            case Grouping.ByPod() -> "namespace || '/' || pod";
            case Grouping.ByLabel(String name) -> "coalesce(%s, '%s')".formatted(label(name), Allocator.UNALLOCATED);
        };
    }

    PreparedStatement prepared(DuckDBConnection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.size(); i++) statement.setString(i + 1, parameters.get(i));
        return statement;
    }

    private String term(AccountFilter filter) {
        return switch (filter) {
            case AccountFilter.All(List<AccountFilter> parts) ->
                parts.isEmpty()
                        ? "true"
                        : parts.stream().map(this::term).collect(Collectors.joining(" AND ", "(", ")"));
            case AccountFilter.Any(List<AccountFilter> parts) ->
                parts.stream().map(this::term).collect(Collectors.joining(" OR ", "(", ")"));
            case AccountFilter.Not(AccountFilter part) -> "NOT " + term(part);
            case Condition condition -> term(condition);
        };
    }

    private String term(Condition condition) {
        String column = column(condition.field());
        String any = condition.values().stream()
                .map(value ->
                        condition.field() instanceof Field.ControllerKind ? value.toLowerCase(Locale.ROOT) : value)
                .map(value -> term(column, condition.match(), parameter(value)))
                .collect(Collectors.joining(" OR ", "(", ")"));
        return condition.not() ? "NOT " + any : any;
    }

    private static String term(String column, AccountFilter.Match match, String parameter) {
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
            case Field.ControllerKind() -> "lower(controller_kind)";
            case Field.Controller() -> "controller";
            case Field.Pod() -> "pod";
            case Field.Node() -> NODE;
            case Field.Label(String name) -> "coalesce(%s, '')".formatted(label(name));
            case Field.Fixed(String value) -> parameter(value) + "::VARCHAR";
        };
    }

    private String label(String name) {
        String parameter = parameter(name);
        if (!name.contains("_")) return "labels[%s]".formatted(parameter);
        return ("coalesce(labels[%1$s], labels[list_filter(map_keys(labels),"
                        + " lambda name: regexp_replace(name, '[^a-zA-Z0-9_]', '_', 'g') = %1$s)[1]])")
                .formatted(parameter);
    }

    private static String text(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).toString();
    }

    /** @return its place in the statement */
    private String parameter(String value) {
        parameters.add(value);
        return "$" + parameters.size();
    }
}
