package io.trimtab.service.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Quantity;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One JSON value and where it stands; each reader turns it into a type of ours or says, with the path, why it cannot. */
record JsonValue(String path, JsonNode node) {
    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d)");
    private static final int MOST_DIGITS = 340;
    private static final BigDecimal LONGEST_MILLIS =
            BigDecimal.valueOf(Duration.ofDays(36_500).toMillis());

    boolean isNull() {
        return node.isNull();
    }

    JsonObject object() {
        return JsonObject.of(path, node);
    }

    List<JsonValue> list() {
        if (!node.isArray()) throw wrong("must be a list");
        List<JsonValue> values = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) values.add(new JsonValue(path + "[" + i + "]", node.get(i)));
        return values;
    }

    String text() {
        if (!node.isTextual()) throw wrong("must be a text");
        return node.textValue();
    }

    boolean bool() {
        if (!node.isBoolean()) throw wrong("must be true or false");
        return node.booleanValue();
    }

    /** A whole number from {@code min} on. */
    int integer(int min) {
        if (!node.isNumber()
                || !node.canConvertToInt()
                || node.decimalValue().stripTrailingZeros().scale() > 0) {
            throw wrong("must be a whole number");
        }
        if (node.intValue() < min) throw wrong("(%s) must be >= %d".formatted(node.asText(), min));
        return node.intValue();
    }

    /** A number without a unit; may be negative. */
    BigDecimal decimal() {
        if (!node.isNumber()) throw wrong("must be a number");
        return number();
    }

    /** A number without a unit from 0 on. */
    BigDecimal amount() {
        BigDecimal value = decimal();
        if (value.signum() < 0) throw wrong("(%s) must not be negative".formatted(node.asText()));
        return value;
    }

    /** A Kubernetes quantity as a text, or a plain number of base units; never negative. */
    BigDecimal quantity() {
        if (!node.isTextual() && !node.isNumber()) throw wrong("must be a Kubernetes quantity");
        BigDecimal value = node.isNumber() ? number() : reading(Quantity::parse, node.textValue());
        if (value.signum() < 0) throw wrong("(%s) must not be negative".formatted(node.asText()));
        return value;
    }

    MilliCores milliCores() {
        return reading(MilliCores::of, quantity());
    }

    Bytes bytes() {
        return reading(Bytes::of, quantity());
    }

    GpuMilli gpuMilli() {
        return reading(GpuMilli::of, quantity());
    }

    /** {@code 90s}, {@code 5m}, {@code 1h30m}, {@code 8d}; never negative. */
    Duration duration() {
        String text = text();
        Matcher matcher = DURATION.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (matcher.find() && matcher.start() == at) {
            long unitMillis = switch (matcher.group(2)) {
                case "ms" -> 1;
                case "s" -> 1_000;
                case "m" -> 60_000;
                case "h" -> 3_600_000;
                default -> 86_400_000;
            };
            BigDecimal millis = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unitMillis));
            if (millis.compareTo(LONGEST_MILLIS) > 0) throw wrong("(%s) must be at most 36500d".formatted(text));
            sum = sum.plus(Duration.ofMillis(millis.longValue()));
            at = matcher.end();
        }
        if (text.isEmpty() || at != text.length())
            throw wrong("(%s) must be a duration such as 90s, 5m, 24h or 8d".formatted(text));
        return sum;
    }

    /** RFC 3339 text, or seconds since the epoch. */
    Instant instant() {
        if (node.isNumber()) {
            return reading(
                    seconds -> Instant.ofEpochSecond(0, 0)
                            .plusNanos(seconds.movePointRight(9).longValueExact()),
                    number());
        }
        try {
            return OffsetDateTime.parse(text()).toInstant();
        } catch (DateTimeException e) {
            throw wrong(
                    "(%s) must be an RFC 3339 time such as 2026-11-23T00:00:00Z, or seconds".formatted(node.asText()));
        }
    }

    EvaluateException wrong(String message) {
        return new EvaluateException(path, message);
    }

    /** Numbers of more digits than any measure has would take memory without end once they are written out. */
    private BigDecimal number() {
        BigDecimal value = node.decimalValue();
        long before = (long) value.precision() - value.scale();
        if (before > MOST_DIGITS || value.scale() > MOST_DIGITS)
            throw wrong("must have at most %d digits before and after the point".formatted(MOST_DIGITS));
        return value;
    }

    private <A, B> B reading(Function<A, B> reader, A from) {
        try {
            return reader.apply(from);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }
}
