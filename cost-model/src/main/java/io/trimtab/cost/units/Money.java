package io.trimtab.cost.units;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** Money in millionths of one currency's unit; may be negative (a saving that is a loss). Costs round up, savings down: the rounding is chosen where it is made. */
public record Money(long micros, Currency currency) implements Comparable<Money> {
    public static final Currency USD = Currency.getInstance("USD");

    /**
     * @param amount in whole units of the currency (dollars)
     * @throws IllegalArgumentException if the amount is out of range
     */
    public static Money of(BigDecimal amount, Currency currency, RoundingMode rounding) {
        BigDecimal micros = amount.movePointRight(6).setScale(0, rounding);
        if (micros.toBigInteger().bitLength() > 62)
            throw new IllegalArgumentException("%s %s is out of range".formatted(amount, currency));
        return new Money(micros.longValueExact(), currency);
    }

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(micros, same(other).micros), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(micros, same(other).micros), currency);
    }

    /** @throws IllegalArgumentException if the factor is not finite or the product is out of range */
    public Money times(double factor, RoundingMode rounding) {
        if (!Double.isFinite(factor))
            throw new IllegalArgumentException("factor (%s) must be finite".formatted(factor));
        return of(amount().multiply(BigDecimal.valueOf(factor)), currency, rounding);
    }

    /** The amount in whole units of the currency, six decimals. */
    public BigDecimal amount() {
        return BigDecimal.valueOf(micros, 6);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(micros, same(other).micros);
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency))
            throw new IllegalArgumentException("%s and %s cannot be mixed".formatted(currency, other.currency));
        return other;
    }

    @Override
    public String toString() {
        return amount().toPlainString() + " " + currency;
    }
}
