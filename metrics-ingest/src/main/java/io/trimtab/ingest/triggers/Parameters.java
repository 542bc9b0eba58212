package io.trimtab.ingest.triggers;

import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.triggers.Trigger.MetricType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The metadata and authentication parameters of one trigger. White space around a value does not count and an empty value is none, as KEDA has it.
 * Every complaint is an IllegalArgumentException that names the field and what it must be, and its value where that is no secret.
 */
final class Parameters {
    /** KEDA's default of {@code KEDA_HTTP_DEFAULT_TIMEOUT}. */
    static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);
    private static final BigDecimal LEAST_THRESHOLD = new BigDecimal("0.001");
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");
    private static final Pattern DURATION = Pattern.compile("(?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|s|m|h))+");
    private static final Pattern DURATION_PART = Pattern.compile("([\\d.]+)(ms|s|m|h)");
    private static final Map<String, BigDecimal> MILLIS = Map.of(
            "ms", BigDecimal.ONE,
            "s", new BigDecimal(1_000),
            "m", new BigDecimal(60_000),
            "h", new BigDecimal(3_600_000));

    private final TriggerSpec spec;
    private final Map<String, String> authentication;
    private final Set<String> asked = new HashSet<>();
    private final Set<String> askedOfAuthentication = new HashSet<>();

    Parameters(TriggerSpec spec, Map<String, String> authentication) {
        this.spec = spec;
        this.authentication = authentication;
    }

    Optional<String> text(String name) {
        asked.add(name);
        return present(spec.metadata().get(name));
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException("metadata.%s must be there".formatted(name)));
    }

    boolean flag(String name, boolean otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) return otherwise;
        if (TRUE.contains(text.get())) return true;
        if (FALSE.contains(text.get())) return false;
        throw wrong(name, text.get(), "true or false");
    }

    /** What one replica takes; the HorizontalPodAutoscaler counts in thousandths, so nothing smaller can be divided by. */
    BigDecimal threshold(String name) {
        String text = required(name);
        return Numbers.finite(text)
                .filter(number -> number.compareTo(LEAST_THRESHOLD) >= 0)
                .orElseThrow(() -> wrong(name, text, "a number of at least 0.001"));
    }

    BigDecimal number(String name, BigDecimal otherwise) {
        return text(name)
                .map(text -> Numbers.finite(text).orElseThrow(() -> wrong(name, text, "a number")))
                .orElse(otherwise);
    }

    /** A duration as Go writes it, or a whole number of milliseconds; 0 is the default. */
    Duration timeout(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) return TIMEOUT;
        String written = text.get().matches("\\d{1,9}") ? text.get() + "ms" : text.get();
        if (!DURATION.matcher(written).matches())
            throw wrong(name, text.get(), "a duration such as 500ms or 2s, or a number of milliseconds");
        BigDecimal millis = BigDecimal.ZERO;
        Matcher parts = DURATION_PART.matcher(written);
        while (parts.find()) {
            BigDecimal one = MILLIS.getOrDefault(parts.group(2), BigDecimal.ONE);
            millis = millis.add(new BigDecimal(parts.group(1)).multiply(one));
        }
        if (millis.compareTo(BigDecimal.valueOf(LONGEST_TIMEOUT.toMillis())) > 0)
            throw wrong(name, text.get(), "at most 30s");
        return millis.signum() == 0 ? TIMEOUT : Duration.ofMillis(Math.max(1, millis.longValue()));
    }

    /** {@code a=b,c=d}; the values, which may be secret, are in no complaint. */
    Map<String, String> pairs(String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        Optional<String> text = text(name);
        if (text.isEmpty()) return pairs;
        String[] written = text.get().split(",", -1);
        for (int i = 0; i < written.length; i++) {
            int equals = written[i].indexOf('=');
            String key = equals < 0 ? "" : written[i].substring(0, equals).strip();
            if (key.isEmpty())
                throw new IllegalArgumentException(
                        "metadata.%s must be name=value pairs with commas between, pair %d is not"
                                .formatted(name, i + 1));
            pairs.put(key, written[i].substring(equals + 1).strip());
        }
        return pairs;
    }

    /** The first of these authentication parameters that is there. */
    Optional<String> secret(String... names) {
        Optional<String> found = Optional.empty();
        for (String name : names) {
            askedOfAuthentication.add(name);
            if (found.isEmpty()) found = present(authentication.get(name));
        }
        return found;
    }

    /** From the metadata, else from the authentication parameters. */
    Optional<String> anywhere(String name) {
        Optional<String> text = text(name);
        Optional<String> secret = secret(name);
        return text.or(() -> secret);
    }

    MetricType metricType() {
        String type = spec.metricType().filter(text -> !text.isEmpty()).orElse("AverageValue");
        return switch (type) {
            case "AverageValue" -> MetricType.AVERAGE_VALUE;
            case "Value" -> MetricType.VALUE;
            default ->
                throw new IllegalArgumentException(
                        "metricType (%s) of a %s trigger must be AverageValue or Value".formatted(type, spec.type()));
        };
    }

    /**
     * What is set and was not asked for, one line each.
     *
     * @param known to KEDA, with what it means that it is not read here
     */
    List<String> notRead(Map<String, String> known) {
        List<String> lines = new ArrayList<>();
        Set<String> others = new TreeSet<>(spec.metadata().keySet());
        others.removeAll(asked);
        others.forEach(name -> lines.add("metadata.%s: %s"
                .formatted(
                        name,
                        known.getOrDefault(name, "no field of a %s trigger, in KEDA either".formatted(spec.type())))));
        Set<String> secrets = new TreeSet<>(authentication.keySet());
        secrets.removeAll(askedOfAuthentication);
        secrets.forEach(name -> lines.add("authentication parameter %s: not used by a %s trigger with these authModes"
                .formatted(name, spec.type())));
        return lines;
    }

    IllegalArgumentException wrong(String name, String value, String must) {
        return new IllegalArgumentException("metadata.%s (%s) must be %s".formatted(name, value, must));
    }

    private static Optional<String> present(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(it -> !it.isEmpty());
    }
}
