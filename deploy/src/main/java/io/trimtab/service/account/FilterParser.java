package io.trimtab.service.account;

import io.trimtab.cost.ledger.AccountFilter;
import io.trimtab.cost.ledger.AccountFilter.Condition;
import io.trimtab.cost.ledger.AccountFilter.Field;
import io.trimtab.cost.ledger.AccountFilter.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code namespace:"a","b"+label[team]!:"c"}: conditions that all must be met, each a field, how it is compared, and values of which one must match. The
 * operators are those of OpenCost's filters.
 */
final class FilterParser {
    private static final Pattern FIELD =
            Pattern.compile("(namespace|controllerKind|controllerName|controller|pod|node|label\\[([^\\]]+)])");
    private static final Pattern OPERATOR = Pattern.compile("(!?)(:|~:|<~:|~>:)");
    private static final Pattern VALUE = Pattern.compile("\"([^\"]*)\"|([^\",+]+)");
    private static final Map<String, Match> MATCHES =
            Map.of(":", Match.EQUALS, "~:", Match.CONTAINS, "<~:", Match.STARTS_WITH, "~>:", Match.ENDS_WITH);

    private final String text;
    private int at;

    private FilterParser(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if it does not parse; the message names it and the place */
    static AccountFilter parse(String text) {
        return text.isEmpty() ? AccountFilter.NONE : new FilterParser(text).filter();
    }

    private AccountFilter filter() {
        List<Condition> conditions = new ArrayList<>();
        do conditions.add(condition());
        while (skip('+'));
        if (at < text.length()) throw wrong("+ or the end");
        return new AccountFilter(conditions);
    }

    private Condition condition() {
        Matcher field = next(FIELD)
                .orElseThrow(
                        () -> wrong("namespace, controllerKind, controllerName, controller, pod, node or label[NAME]"));
        Matcher operator = next(OPERATOR).orElseThrow(() -> wrong(": or ~: or <~: or ~>:, or one of these after !"));
        List<String> values = new ArrayList<>();
        do {
            Matcher value = next(VALUE).orElseThrow(() -> wrong("a value, such as \"shop\""));
            values.add(value.group(1) != null ? value.group(1) : value.group(2));
        } while (skip(','));
        return new Condition(
                field(field),
                !operator.group(1).isEmpty(),
                Objects.requireNonNull(MATCHES.get(operator.group(2))),
                values);
    }

    private static Field field(Matcher found) {
        return switch (found.group(1)) {
            case "namespace" -> new Field.Namespace();
            case "controllerKind" -> new Field.ControllerKind();
            case "controllerName", "controller" -> new Field.Controller();
            case "pod" -> new Field.Pod();
            case "node" -> new Field.Node();
            default -> new Field.Label(found.group(2));
        };
    }

    private Optional<Matcher> next(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) return Optional.empty();
        at = matcher.end();
        return Optional.of(matcher);
    }

    private boolean skip(char wanted) {
        if (at >= text.length() || text.charAt(at) != wanted) return false;
        at++;
        return true;
    }

    private IllegalArgumentException wrong(String wanted) {
        return new IllegalArgumentException(
                "filter (%s) must have %s at its character %d".formatted(text, wanted, at + 1));
    }
}
