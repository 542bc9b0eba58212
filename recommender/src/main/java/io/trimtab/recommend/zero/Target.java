package io.trimtab.recommend.zero;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a value is divided by, counted in whole thousandths as the HorizontalPodAutoscaler counts.
 *
 * @param threshold at least 0.001
 */
public record Target(BigDecimal threshold, Type type) {
    /** Of autoscaling/v2: a value for all pods, or what is measured now and grows with the pods. */
    public enum Type {
        AVERAGE_VALUE,
        VALUE,
        UTILIZATION
    }

    private static final int MILLI = 3;
    private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);

    public Target {
        if (milli(threshold).signum() <= 0)
            throw new IllegalArgumentException("(%s) must be at least 0.001".formatted(threshold));
    }

    /** How many replicas a value asks for; 0 for a negative one. */
    int replicas(BigDecimal value, int currentReplicas) {
        BigDecimal times = type == Type.AVERAGE_VALUE ? BigDecimal.ONE : BigDecimal.valueOf(currentReplicas);
        BigDecimal asked = milli(value).multiply(times).divide(milli(threshold), 0, RoundingMode.CEILING);
        return asked.min(MOST).max(BigDecimal.ZERO).intValue();
    }

    /** Cut to whole thousandths. */
    static BigDecimal milli(BigDecimal value) {
        return value.movePointRight(MILLI).setScale(0, RoundingMode.DOWN);
    }
}
