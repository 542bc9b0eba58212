package io.trimtab.recommend.zero.formula;

import io.trimtab.recommend.zero.formula.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a formula by precedence, as KEDA's expression language ranks its operators: {@code ??} binds closest, {@code ?:} least. */
final class Parser {
    private static final Map<String, Integer> RANKS = Map.ofEntries(
            Map.entry("||", 10),
            Map.entry("or", 10),
            Map.entry("&&", 15),
            Map.entry("and", 15),
            Map.entry("==", 20),
            Map.entry("!=", 20),
            Map.entry("<", 20),
            Map.entry("<=", 20),
            Map.entry(">", 20),
            Map.entry(">=", 20),
            Map.entry("+", 30),
            Map.entry("-", 30),
            Map.entry("*", 60),
            Map.entry("/", 60),
            Map.entry("%", 60),
            Map.entry("**", 100),
            Map.entry("^", 100),
            Map.entry("??", 500));

    private static final int SIGN_RANK = 90;
    private static final Set<String> FUNCTIONS =
            Set.of("sum", "avg", "mean", "min", "max", "abs", "ceil", "floor", "round");
    private static final int DEEPEST = 100;

    private final List<Token> tokens;
    private final Set<String> names;
    private int next;
    private int depth;
    private boolean inBraces;

    Parser(List<Token> tokens, Set<String> names) {
        this.tokens = tokens;
        this.names = names;
    }

    Expression parse() {
        Expression whole = conditional();
        if (peek().kind() != Kind.END) throw unexpected(peek());
        return whole;
    }

    private Expression conditional() {
        if (++depth > DEEPEST) throw new IllegalArgumentException("it is nested deeper than " + DEEPEST);
        Expression condition = binary(0);
        if (accept("?")) {
            Expression yes = conditional();
            expect(":");
            Expression no = conditional();
            Expression test = condition;
            condition = scope -> test.of(scope).holds("?:") ? yes.of(scope) : no.of(scope);
        }
        depth--;
        return condition;
    }

    private Expression binary(int least) {
        Expression left = operand();
        while (true) {
            String sign = peek().kind() == Kind.NUMBER ? "" : peek().text();
            int rank = RANKS.getOrDefault(sign, -1);
            if (rank < least) return left;
            next++;
            boolean toTheRight = rank == 100;
            left = join(sign, left, binary(toTheRight ? rank : rank + 1));
        }
    }

    private static Expression join(String sign, Expression left, Expression right) {
        return switch (sign) {
            case "||", "or" ->
                scope -> new Value.Truth(
                        left.of(scope).holds(sign) || right.of(scope).holds(sign));
            case "&&", "and" ->
                scope -> new Value.Truth(
                        left.of(scope).holds(sign) && right.of(scope).holds(sign));
            case "??" ->
                scope -> {
                    Value first = left.of(scope);
                    return first == Value.Nil.NIL ? right.of(scope) : first;
                };
            default -> scope -> Arithmetic.binary(sign, left.of(scope), right.of(scope));
        };
    }

    private Expression operand() {
        Token token = tokens.get(next++);
        return switch (token.kind()) {
            case NUMBER -> {
                Value number = Arithmetic.number(new BigDecimal(token.text()));
                yield scope -> number;
            }
            case NAME -> name(token);
            case SIGN -> sign(token);
            case END -> throw unexpected(token);
        };
    }

    private Expression sign(Token token) {
        return switch (token.text()) {
            case "(" -> {
                Expression inner = conditional();
                expect(")");
                yield inner;
            }
            case "[" -> listing(arguments("]"));
            case "-" -> {
                Expression inner = binary(SIGN_RANK);
                yield scope -> Arithmetic.number(inner.of(scope).amount("-").negate());
            }
            case "+" -> binary(SIGN_RANK);
            case "!" -> not();
            case "#" -> {
                if (!inBraces) throw unexpected(token);
                yield scope -> scope.element().orElseThrow();
            }
            default -> throw unexpected(token);
        };
    }

    private Expression not() {
        Expression inner = binary(SIGN_RANK);
        return scope -> new Value.Truth(!inner.of(scope).holds("not"));
    }

    private Expression name(Token token) {
        String name = token.text();
        if (names.contains(name))
            return scope -> scope.values()
                    .getOrDefault(name, Optional.empty())
                    .<Value>map(Value.Amount::new)
                    .orElse(Value.Nil.NIL);
        if (name.equals("true") || name.equals("false")) {
            Value truth = new Value.Truth(name.equals("true"));
            return scope -> truth;
        }
        if (name.equals("nil")) return scope -> Value.Nil.NIL;
        if (name.equals("not")) return not();
        if (name.equals("count") && accept("(")) return count();
        if (FUNCTIONS.contains(name) && accept("(")) {
            List<Expression> arguments = arguments(")");
            return scope -> Arithmetic.call(
                    name, arguments.stream().map(each -> each.of(scope)).toList());
        }
        throw new IllegalArgumentException("%s at %d is neither a trigger's name nor a function (%s)"
                .formatted(
                        name,
                        token.at(),
                        String.join(
                                ", ",
                                Stream.concat(FUNCTIONS.stream(), Stream.of("count"))
                                        .sorted()
                                        .toList())));
    }

    /** {@code count([a, b], {# > 1})}: how many pass; without braces, how many are true. */
    private Expression count() {
        Expression items = conditional();
        Optional<Expression> test = Optional.empty();
        if (accept(",")) {
            expect("{");
            boolean outer = inBraces;
            inBraces = true;
            test = Optional.of(conditional());
            inBraces = outer;
            expect("}");
        }
        expect(")");
        Expression passes = test.orElse(scope -> scope.element().orElseThrow());
        return scope -> new Value.Amount(BigDecimal.valueOf(Arithmetic.flat(items.of(scope))
                .filter(item -> passes.of(new Expression.Scope(scope.values(), Optional.of(item)))
                        .holds("count"))
                .count()));
    }

    private static Expression listing(List<Expression> items) {
        return scope ->
                new Value.Listing(items.stream().map(item -> item.of(scope)).toList());
    }

    private List<Expression> arguments(String end) {
        List<Expression> arguments = new ArrayList<>();
        if (accept(end)) return arguments;
        do arguments.add(conditional());
        while (accept(","));
        expect(end);
        return arguments;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private boolean accept(String sign) {
        boolean there = peek().kind() == Kind.SIGN && peek().text().equals(sign);
        if (there) next++;
        return there;
    }

    private void expect(String sign) {
        if (!accept(sign))
            throw new IllegalArgumentException(
                    "%s at %d where %s was expected".formatted(peek().text(), peek().at(), sign));
    }

    private static IllegalArgumentException unexpected(Token token) {
        return new IllegalArgumentException("%s at %d was not expected".formatted(token.text(), token.at()));
    }
}
