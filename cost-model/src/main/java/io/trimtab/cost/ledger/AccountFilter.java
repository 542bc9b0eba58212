package io.trimtab.cost.ledger;

import java.util.List;

/**
 * Which rows count: those that meet all conditions. Idle is nobody's: it counts where the conditions are about nodes only.
 */
public record AccountFilter(List<Condition> conditions) {
    public static final AccountFilter NONE = new AccountFilter(List.of());

    public AccountFilter {
        conditions = List.copyOf(conditions);
    }

    /** Whether it says something that idle cannot meet. */
    boolean isAboutPods() {
        return conditions.stream().anyMatch(condition -> !(condition.field() instanceof Field.Node));
    }

    /** @param values of which one must match; with {@code not} none may */
    public record Condition(Field field, boolean not, Match match, List<String> values) {
        public Condition {
            values = List.copyOf(values);
            if (values.isEmpty()) throw new IllegalArgumentException("values must not be empty");
        }
    }

    /** How a value matches. */
    public enum Match {
        EQUALS,
        CONTAINS,
        STARTS_WITH,
        ENDS_WITH
    }

    /** What is looked at. */
    public sealed interface Field {
        record Namespace() implements Field {}

        record ControllerKind() implements Field {}

        record Controller() implements Field {}

        record Pod() implements Field {}

        record Node() implements Field {}

        record Label(String name) implements Field {}
    }
}
