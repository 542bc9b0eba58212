package io.trimtab.cost.units;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Kubernetes quantities ({@code 600m}, {@code 1536Mi}, {@code 1e3}) exactly.
 *
 * @see "Kubernetes API conventions, resource.Quantity: decimal SI, binary SI and decimal exponent suffixes"
 */
public final class Quantity {
    private static final Pattern SYNTAX =
            Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))([eE][+-]?\\d{1,3}|[A-Za-z]*)");
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("", BigDecimal.ONE),
            Map.entry("n", new BigDecimal("1e-9")),
            Map.entry("u", new BigDecimal("1e-6")),
            Map.entry("m", new BigDecimal("1e-3")),
            Map.entry("k", new BigDecimal("1e3")),
            Map.entry("M", new BigDecimal("1e6")),
            Map.entry("G", new BigDecimal("1e9")),
            Map.entry("T", new BigDecimal("1e12")),
            Map.entry("P", new BigDecimal("1e15")),
            Map.entry("E", new BigDecimal("1e18")),
            Map.entry("Ki", new BigDecimal(1L << 10)),
            Map.entry("Mi", new BigDecimal(1L << 20)),
            Map.entry("Gi", new BigDecimal(1L << 30)),
            Map.entry("Ti", new BigDecimal(1L << 40)),
            Map.entry("Pi", new BigDecimal(1L << 50)),
            Map.entry("Ei", new BigDecimal(1L << 60)));

    private Quantity() {}

    /**
     * @return the amount in base units (cores, bytes, pieces); may be negative
     * @throws IllegalArgumentException if the text is not a Kubernetes quantity
     */
    public static BigDecimal parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) throw notAQuantity(text);
        BigDecimal number = new BigDecimal(matcher.group(1));
        String suffix = matcher.group(2);
        BigDecimal factor = SUFFIXES.get(suffix);
        if (factor != null) return number.multiply(factor);
        boolean exponent = suffix.matches("[eE][+-]?\\d+");
        if (!exponent) throw notAQuantity(text);
        return number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)));
    }

    private static IllegalArgumentException notAQuantity(String text) {
        return new IllegalArgumentException(
                "\"%s\" is not a Kubernetes quantity such as 250m, 2, 512Mi or 1e3".formatted(text));
    }
}
