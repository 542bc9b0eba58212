package io.trimtab.ingest.runtime;

import io.trimtab.cost.units.Bytes;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as runtimes write them. What is none is left out: the runtime itself would refuse it, or fall back to its default. */
final class Sizes {
    private static final Pattern JVM = Pattern.compile("(\\d{1,18})([kKmMgGtT]?)");
    private static final Pattern GO = Pattern.compile("(\\d{1,18})(?:(Ki|Mi|Gi|Ti)?B)?");
    private static final String POWERS = "kmgt";

    private Sizes() {}

    /** {@code 512m} is 512 MiB. */
    static Optional<Bytes> jvm(String text) {
        Matcher found = JVM.matcher(text);
        return found.matches() ? bytes(found.group(1), found.group(2)) : Optional.empty();
    }

    /**
     * {@code 512MiB}.
     *
     * @see "Go documentation, package runtime: Environment Variables"
     */
    static Optional<Bytes> go(String text) {
        Matcher found = GO.matcher(text);
        if (!found.matches()) return Optional.empty();
        return bytes(
                found.group(1), found.group(2) == null ? "" : found.group(2).substring(0, 1));
    }

    static Optional<Bytes> mebibytes(String text) {
        return jvm(text + "m");
    }

    static Optional<Integer> positive(String text) {
        return number(text, Integer::parseInt).filter(count -> count > 0);
    }

    static Optional<Double> percentage(String text) {
        return number(text, Double::parseDouble).filter(share -> share > 0 && share <= 100);
    }

    private static <N> Optional<N> number(String text, Function<String, N> parse) {
        try {
            return Optional.of(parse.apply(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Bytes> bytes(String digits, String letter) {
        int power = letter.isEmpty() ? 0 : 1 + POWERS.indexOf(Character.toLowerCase(letter.charAt(0)));
        BigDecimal amount = new BigDecimal(digits).multiply(BigDecimal.valueOf(1L << (10 * power)));
        return amount.toBigInteger().bitLength() > 62 ? Optional.empty() : Optional.of(Bytes.of(amount));
    }
}
