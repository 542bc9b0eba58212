package io.trimtab.recommend.zero.formula;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A formula over triggers' values: arithmetic, comparison, {@code ?:}, {@code ??} for a trigger without a value, and sum, avg, min, max,
 * count, abs, ceil, floor, round. Decimals of 34 digits.
 */
public final class Formula {
    private static final int LONGEST = 4_000;

    private final String text;
    private final Expression expression;
    private final Set<String> used;

    private Formula(String text, Expression expression, Set<String> used) {
        this.text = text;
        this.expression = expression;
        this.used = Set.copyOf(used);
    }

    /**
     * @param names the triggers' names, which the formula may use
     * @throws IllegalArgumentException with the place where it is malformed
     */
    public static Formula parse(String text, Set<String> names) {
        if (text.length() > LONGEST)
            throw new IllegalArgumentException("it has %d characters, %d at most".formatted(text.length(), LONGEST));
        var tokens = Token.of(text, names);
        Set<String> used = new HashSet<>();
        for (Token token : tokens)
            if (token.kind() == Token.Kind.NAME && names.contains(token.text())) used.add(token.text());
        return new Formula(text, new Parser(tokens, names).parse(), used);
    }

    /** The triggers that it uses. */
    public Set<String> used() {
        return used;
    }

    /**
     * @param values by trigger; empty where a trigger has none
     * @throws FormulaException if there is no number for an answer now
     */
    public BigDecimal value(Map<String, Optional<BigDecimal>> values) {
        return expression.of(new Expression.Scope(values, Optional.empty())).amount("the formula");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Formula formula && formula.text.equals(text) && formula.used.equals(used);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
