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
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code namespace:"a","b"+label[team]!:"c"}: conditions, each a field, how it is compared, and values of which one must match. With {@code +} all must be
 * met, with {@code |} one; a group in parentheses stands for a condition. This is the language of OpenCost's filters.
 */
public final class FilterParser {
    private static final Pattern FIELD = Pattern.compile("([A-Za-z]+)(?:\\[([^\\]]+)])?");
    private static final Pattern OPERATOR = Pattern.compile("(!?)(:|~:|<~:|~>:)");
    private static final Pattern VALUE = Pattern.compile("\"([^\"]*)\"|([^\",+|() ]+)");
    private static final Pattern SPACE = Pattern.compile("\\s*");
    private static final Map<String, Match> MATCHES =
            Map.of(":", Match.EQUALS, "~:", Match.CONTAINS, "<~:", Match.STARTS_WITH, "~>:", Match.ENDS_WITH);

    /** Deeper ones are nobody's question, and each takes of the stack. */
    private static final int DEEPEST = 50;

    private final String text;
    private final Fields fields;
    private int at;
    private int depth;

    /** Which fields there are. */
    public interface Fields {
        /** Those of the account. */
        Fields USUAL = named(
                "namespace, controllerKind, controllerName, controller, pod, node or label[NAME]", (name, key) -> {
                    if (!key.isEmpty())
                        return name.equals("label") ? Optional.of(new Field.Label(key)) : Optional.empty();
                    return switch (name) {
                        case "namespace" -> Optional.of(new Field.Namespace());
                        case "controllerKind" -> Optional.of(new Field.ControllerKind());
                        case "controllerName", "controller" -> Optional.of(new Field.Controller());
                        case "pod" -> Optional.of(new Field.Pod());
                        case "node" -> Optional.of(new Field.Node());
                        default -> Optional.empty();
                    };
                });

        /** @param key empty where it is without brackets */
        Optional<Field> of(String name, String key);

        /** For people. */
        String names();

        /** @param of as {@link #of} */
        static Fields named(String names, BiFunction<String, String, Optional<Field>> of) {
            return new Fields() {
                @Override
                public Optional<Field> of(String name, String key) {
                    return of.apply(name, key);
                }

                @Override
                public String names() {
                    return names;
                }
            };
        }
    }

    private FilterParser(String text, Fields fields) {
        this.text = text;
        this.fields = fields;
    }

    /** @throws IllegalArgumentException if it does not parse; the message names it and the place */
    static AccountFilter parse(String text) {
        return parse(text, Fields.USUAL);
    }

    /** @throws IllegalArgumentException if it does not parse; the message names it and the place */
    public static AccountFilter parse(String text, Fields fields) {
        if (text.isBlank()) return AccountFilter.none();
        FilterParser parser = new FilterParser(text, fields);
        AccountFilter filter = parser.filter();
        if (parser.at < text.length()) throw parser.wrong("+, | or the end");
        return filter;
    }

    private AccountFilter filter() {
        AccountFilter first = element();
        if (isNext('+')) return new AccountFilter.All(elements(first, '+'));
        if (isNext('|')) return new AccountFilter.Any(elements(first, '|'));
        return first;
    }

    /** All with the same sign between them: what others would mean is not said without parentheses. */
    private List<AccountFilter> elements(AccountFilter first, char sign) {
        List<AccountFilter> elements = new ArrayList<>(List.of(first));
        while (skip(sign)) elements.add(element());
        if (isNext('+') || isNext('|')) throw wrong("the same sign as before, or parentheses around either,");
        return elements;
    }

    private AccountFilter element() {
        if (!skip('(')) return condition();
        if (++depth > DEEPEST) throw wrong("at most %d parentheses".formatted(DEEPEST));
        AccountFilter group = filter();
        if (!skip(')')) throw wrong(")");
        depth--;
        return group;
    }

    private Condition condition() {
        Function<Matcher, Optional<Field>> known =
                it -> fields.of(it.group(1), Objects.requireNonNullElse(it.group(2), ""));
        int start = at;
        Field field = next(FIELD).flatMap(known).orElseThrow(() -> {
            at = start;
            return wrong(fields.names());
        });
        Matcher operator = next(OPERATOR).orElseThrow(() -> wrong(": or ~: or <~: or ~>:, or one of these after !"));
        List<String> values = new ArrayList<>();
        do {
            Matcher value = next(VALUE).orElseThrow(() -> wrong("a value, such as \"shop\""));
            values.add(value.group(1) != null ? value.group(1) : value.group(2));
        } while (skip(','));
        return new Condition(
                field, !operator.group(1).isEmpty(), Objects.requireNonNull(MATCHES.get(operator.group(2))), values);
    }

    private Optional<Matcher> next(Pattern pattern) {
        skipSpace();
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) return Optional.empty();
        at = matcher.end();
        return Optional.of(matcher);
    }

    private boolean isNext(char wanted) {
        skipSpace();
        return at < text.length() && text.charAt(at) == wanted;
    }

    private boolean skip(char wanted) {
        if (!isNext(wanted)) return false;
        at++;
        return true;
    }

    private void skipSpace() {
        Matcher space = SPACE.matcher(text).region(at, text.length());
        if (space.lookingAt()) at = space.end();
    }

    private IllegalArgumentException wrong(String wanted) {
        return new IllegalArgumentException(
                "filter (%s) must have %s at its character %d".formatted(text, wanted, at + 1));
    }
}
