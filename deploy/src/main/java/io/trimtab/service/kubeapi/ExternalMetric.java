package io.trimtab.service.kubeapi;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;

/**
 * One series of an external metric.
 *
 * @param labels what a label selector sees
 * @param value in the metric's own unit; told to the API in thousandths, rounded up
 * @param at when it was found out
 */
public record ExternalMetric(Map<String, String> labels, BigDecimal value, Instant at) {
    private static final int DECIMALS = 3;

    public ExternalMetric {
        labels = Map.copyOf(labels);
    }

    /** The value as a Kubernetes quantity: {@code 2}, {@code 1500m}. Rounded up, as a Quantity rounds what it cannot hold. */
    String quantity() {
        BigDecimal milli = value.setScale(DECIMALS, RoundingMode.CEILING);
        BigDecimal plain = milli.stripTrailingZeros();
        return plain.scale() <= 0 ? plain.toBigIntegerExact().toString() : milli.unscaledValue() + "m";
    }
}
