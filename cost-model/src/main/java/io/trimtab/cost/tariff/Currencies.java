package io.trimtab.cost.tariff;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * Converts amounts to USD by a table.
 *
 * @param usual the currency of amounts that name none
 * @param usd what a unit of a currency is worth in USD
 */
public record Currencies(String usual, Map<String, BigDecimal> usd) {
    private static final String USD = "USD";
    public static final Currencies USD_ALONE = new Currencies(USD, Map.of());

    /** @throws IllegalArgumentException if a worth is not above zero, or the usual currency has none */
    public Currencies {
        usd = Map.copyOf(usd);
        usd.forEach((currency, worth) -> {
            if (worth.signum() <= 0)
                throw new IllegalArgumentException(
                        "%s (%s USD) must be above 0".formatted(currency, worth.toPlainString()));
            if (currency.equals(USD) && worth.compareTo(BigDecimal.ONE) != 0)
                throw new IllegalArgumentException("USD (%s USD) must be 1".formatted(worth.toPlainString()));
        });
        worth(usual, usd);
    }

    /** @throws IllegalArgumentException if nobody says what the currency is worth */
    public BigDecimal usd(BigDecimal amount, Optional<String> currency) {
        return amount.multiply(worth(currency.orElse(usual), usd));
    }

    private static BigDecimal worth(String currency, Map<String, BigDecimal> usd) {
        BigDecimal worth = currency.equals(USD) ? BigDecimal.ONE : usd.get(currency);
        if (worth == null)
            throw new IllegalArgumentException("currency (%s) must be USD or stand in the table".formatted(currency));
        return worth;
    }
}
