package io.trimtab.ingest.triggers;

import java.math.BigDecimal;
import java.util.List;

/**
 * A trigger, understood.
 *
 * @param threshold what one replica takes, above 0
 * @param activationThreshold active strictly above it
 * @param reader shared by all triggers whose readers are equal
 * @param notSupported metadata that is set and that nothing here reads, one line each
 */
public record Trigger(
        BigDecimal threshold,
        BigDecimal activationThreshold,
        MetricType metricType,
        TriggerReader reader,
        List<String> notSupported) {
    /** Of autoscaling/v2. */
    public enum MetricType {
        AVERAGE_VALUE,
        VALUE
    }

    public Trigger {
        notSupported = List.copyOf(notSupported);
    }
}
