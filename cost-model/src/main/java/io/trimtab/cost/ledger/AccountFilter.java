package io.trimtab.cost.ledger;

import java.util.List;

/** Which rows count. Idle is nobody's: it counts where all conditions are about nodes. */
public sealed interface AccountFilter {
    /** All rows count. */
    static AccountFilter none() {
        return new All(List.of());
    }

    /** Whether it says something that idle cannot meet. */
    default boolean isAboutPods() {
        return switch (this) {
            case All(List<AccountFilter> parts) -> parts.stream().anyMatch(AccountFilter::isAboutPods);
            case Any(List<AccountFilter> parts) -> parts.stream().anyMatch(AccountFilter::isAboutPods);
            case Not(AccountFilter part) -> part.isAboutPods();
            case Condition condition -> !(condition.field() instanceof Field.OfNode);
        };
    }

    /** Whether it asks for nothing but namespaces. */
    default boolean isAboutNamespacesOnly() {
        return switch (this) {
            case All(List<AccountFilter> parts) -> parts.stream().allMatch(AccountFilter::isAboutNamespacesOnly);
            case Any(List<AccountFilter> parts) -> parts.stream().allMatch(AccountFilter::isAboutNamespacesOnly);
            case Not(AccountFilter part) -> part.isAboutNamespacesOnly();
            case Condition condition ->
                condition.field() instanceof Field.Namespace || condition.field() instanceof Field.Fixed;
        };
    }

    /** Both must be met. */
    default AccountFilter and(AccountFilter other) {
        return new All(List.of(this, other));
    }

    /** All parts must be met; without one everything meets it. */
    record All(List<AccountFilter> parts) implements AccountFilter {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** One part must be met. */
    record Any(List<AccountFilter> parts) implements AccountFilter {
        public Any {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) throw new IllegalArgumentException("parts must not be empty");
        }
    }

    /** The part must not be met. */
    record Not(AccountFilter part) implements AccountFilter {}

    /** @param values of which one must match; with {@code not} none may */
    record Condition(Field field, boolean not, Match match, List<String> values) implements AccountFilter {
        public Condition {
            values = List.copyOf(values);
            if (values.isEmpty()) throw new IllegalArgumentException("values must not be empty");
        }
    }

    /** How a value matches. */
    enum Match {
        EQUALS,
        CONTAINS,
        STARTS_WITH,
        ENDS_WITH
    }

    /** What is looked at. */
    sealed interface Field {
        /** What a node's row has, too. */
        sealed interface OfNode extends Field {}

        record Namespace() implements Field {}

        /** Upper and lower case are the same. */
        record ControllerKind() implements Field {}

        record Controller() implements Field {}

        record Pod() implements Field {}

        record Node() implements OfNode {}

        /** @param name as Kubernetes has it, or as Prometheus writes it: with {@code _} for what is no letter or digit */
        record Label(String name) implements Field {}

        /** The same for all rows, such as the cluster's name. */
        record Fixed(String value) implements OfNode {}
    }
}
