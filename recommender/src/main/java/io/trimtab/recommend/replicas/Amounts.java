package io.trimtab.recommend.replicas;

import java.util.Map;

/**
 * What a pod or one of its containers uses and requests, by resource or metric name.
 *
 * @param usageMilli samples in thousandths of the unit; a name that is not there has no sample
 * @param requestMilli requests in thousandths of the unit
 */
public record Amounts(Map<String, Long> usageMilli, Map<String, Long> requestMilli) {
    public static final Amounts NONE = new Amounts(Map.of(), Map.of());

    public Amounts {
        usageMilli = Map.copyOf(usageMilli);
        requestMilli = Map.copyOf(requestMilli);
        usageMilli.forEach((name, milli) -> rejectNegative("usage", name, milli));
        requestMilli.forEach((name, milli) -> rejectNegative("request", name, milli));
    }

    private static void rejectNegative(String what, String name, long milli) {
        if (milli < 0) throw new IllegalArgumentException("%s of %s (%dm) must be >= 0".formatted(what, name, milli));
    }
}
