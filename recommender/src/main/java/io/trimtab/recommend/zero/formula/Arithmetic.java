package io.trimtab.recommend.zero.formula;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/** The operators and functions of formulas, in decimals of 34 digits. */
final class Arithmetic {
    private static final MathContext DIGITS = MathContext.DECIMAL128;
    private static final int MOST_DIGITS = 1_000;

    private Arithmetic() {}

    static Value binary(String sign, Value left, Value right) {
        return switch (sign) {
            case "==" -> new Value.Truth(same(left, right));
            case "!=" -> new Value.Truth(!same(left, right));
            default -> numbers(sign, left.amount(sign), right.amount(sign));
        };
    }

    private static Value numbers(String sign, BigDecimal left, BigDecimal right) {
        return switch (sign) {
            case "<" -> new Value.Truth(left.compareTo(right) < 0);
            case "<=" -> new Value.Truth(left.compareTo(right) <= 0);
            case ">" -> new Value.Truth(left.compareTo(right) > 0);
            case ">=" -> new Value.Truth(left.compareTo(right) >= 0);
            case "+" -> number(left.add(right, DIGITS));
            case "-" -> number(left.subtract(right, DIGITS));
            case "*" -> number(left.multiply(right, DIGITS));
            case "/" -> number(left.divide(divisor(right), DIGITS));
            case "%" -> number(left.remainder(divisor(right), DIGITS));
            default -> power(left, right);
        };
    }

    private static boolean same(Value left, Value right) {
        boolean numbers = left instanceof Value.Amount && right instanceof Value.Amount;
        return numbers ? left.amount("==").compareTo(right.amount("==")) == 0 : left.equals(right);
    }

    private static BigDecimal divisor(BigDecimal by) {
        if (by.signum() == 0) throw new FormulaException("it divides by zero");
        return by;
    }

    private static Value power(BigDecimal base, BigDecimal exponent) {
        double result = Math.pow(base.doubleValue(), exponent.doubleValue());
        if (!Double.isFinite(result))
            throw new FormulaException("%s to the power of %s is not a finite number"
                    .formatted(base.toPlainString(), exponent.toPlainString()));
        boolean exact = exponent.stripTrailingZeros().scale() <= 0
                && exponent.abs().compareTo(BigDecimal.valueOf(MOST_DIGITS)) <= 0;
        return number(
                exact && exponent.signum() >= 0
                        ? base.pow(exponent.intValueExact(), DIGITS)
                        : BigDecimal.valueOf(result));
    }

    static Value number(BigDecimal amount) {
        if (Math.abs((long) amount.precision() - amount.scale()) > MOST_DIGITS)
            throw new FormulaException("the result has more than %d digits".formatted(MOST_DIGITS));
        return new Value.Amount(amount);
    }

    /** Takes numbers, or lists of numbers, however mixed. */
    static Value call(String function, List<Value> arguments) {
        List<BigDecimal> all = arguments.stream()
                .flatMap(Arithmetic::flat)
                .map(value -> value.amount(function))
                .toList();
        return switch (function) {
            case "sum" -> number(sum(all));
            case "avg", "mean" ->
                number(sum(all).divide(BigDecimal.valueOf(some(function, all).size()), DIGITS));
            case "min" -> number(best(function, all, BigDecimal::min));
            case "max" -> number(best(function, all, BigDecimal::max));
            case "abs" -> number(one(function, all).abs());
            case "ceil" -> number(one(function, all).setScale(0, RoundingMode.CEILING));
            case "floor" -> number(one(function, all).setScale(0, RoundingMode.FLOOR));
            default -> number(one(function, all).setScale(0, RoundingMode.HALF_UP));
        };
    }

    static Stream<Value> flat(Value value) {
        return value instanceof Value.Listing(List<Value> items)
                ? items.stream().flatMap(Arithmetic::flat)
                : Stream.of(value);
    }

    private static BigDecimal sum(List<BigDecimal> all) {
        return all.stream().reduce(BigDecimal.ZERO, (a, b) -> a.add(b, DIGITS));
    }

    private static BigDecimal best(String function, List<BigDecimal> all, BinaryOperator<BigDecimal> better) {
        return some(function, all).stream().reduce(better).orElseThrow();
    }

    private static List<BigDecimal> some(String function, List<BigDecimal> all) {
        if (all.isEmpty()) throw new FormulaException(function + " of nothing has no value");
        return all;
    }

    private static BigDecimal one(String function, List<BigDecimal> all) {
        if (all.size() != 1) throw new FormulaException(function + " takes one number, these are " + all.size());
        return all.getFirst();
    }
}
