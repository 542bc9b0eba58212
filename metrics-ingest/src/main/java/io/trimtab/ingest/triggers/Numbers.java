package io.trimtab.ingest.triggers;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decimal numbers as sources and people write them. */
final class Numbers {
    /** At most as many digits as a double can stand for, so that no answer makes us count for hours. */
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:\\d{1,400}\\.?\\d{0,400}|\\.\\d{1,400})(?:[eE][+-]?\\d{1,3})?");

    private Numbers() {}

    /** @return empty where the text is no number, or one that a double cannot hold */
    static Optional<BigDecimal> finite(String text) {
        if (!DECIMAL.matcher(text).matches()) return Optional.empty();
        BigDecimal number = new BigDecimal(text);
        return Double.isFinite(number.doubleValue()) ? Optional.of(number) : Optional.empty();
    }
}
