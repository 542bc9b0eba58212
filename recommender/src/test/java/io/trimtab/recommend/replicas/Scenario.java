package io.trimtab.recommend.replicas;

import io.trimtab.recommend.replicas.ScalingHistory.Entry;
import io.trimtab.recommend.replicas.ScalingMetric.AverageValue;
import io.trimtab.recommend.replicas.ScalingMetric.PodTarget;
import io.trimtab.recommend.replicas.ScalingMetric.TotalTarget;
import io.trimtab.recommend.replicas.ScalingMetric.Utilization;
import io.trimtab.recommend.replicas.ScalingMetric.Value;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Short forms for tables. Pods: {@code ready:600/2000} uses 600 and requests 2000 thousandths; {@code -} is no sample, or no request.
 * Targets: {@code 30%}, {@code avg:2900}, {@code value:4400}. Entries: {@code 5@60} is 5 replicas, 60 s ago.
 */
record Scenario(ScalingInput input) {
    static Scenario of(int current, ScalingMetric metric, String pods) {
        return new Scenario(new ScalingInput(
                current,
                0,
                Integer.MAX_VALUE,
                List.of(metric),
                pods(pods),
                Tolerance.DEFAULT,
                FREE,
                ScalingHistory.NONE,
                Optional.empty()));
    }

    /** No rate, no window: what the metrics propose comes through. */
    static final Optional<Behavior> FREE = Optional.of(new Behavior(
            rules(
                    0,
                    Behavior.Select.MAX,
                    new Behavior.Policy(Behavior.PolicyType.PODS, Integer.MAX_VALUE, Duration.ofSeconds(15))),
            rules(
                    0,
                    Behavior.Select.MAX,
                    new Behavior.Policy(Behavior.PolicyType.PERCENT, 100, Duration.ofSeconds(15)))));

    static Behavior.Rules rules(int windowSeconds, Behavior.Select select, Behavior.Policy... policies) {
        return new Behavior.Rules(Duration.ofSeconds(windowSeconds), select, List.of(policies), Optional.empty());
    }

    static ScalingMetric metric(String type, String target) {
        return switch (type) {
            case "cpu", "memory" -> new ScalingMetric.Resource(type, Optional.empty(), (PodTarget) target(target));
            case "container" -> new ScalingMetric.Resource("cpu", Optional.of("app"), (PodTarget) target(target));
            case "pods" -> new ScalingMetric.Pods("qps", (AverageValue) target(target));
            default ->
                new ScalingMetric.Total(
                        "queue",
                        Optional.of(type).filter(text -> !text.equals("-")).map(Long::valueOf),
                        (TotalTarget) target(target));
        };
    }

    private static Object target(String text) {
        if (text.endsWith("%")) return new Utilization(Integer.parseInt(text.substring(0, text.length() - 1)));
        long milli = Long.parseLong(text.substring(text.indexOf(':') + 1));
        return text.startsWith("avg:") ? new AverageValue(milli) : new Value(milli);
    }

    /** Every amount stands under each name that the metrics of these tests have, of the pod and of its container. */
    static List<PodSample> pods(String text) {
        if (text.isBlank()) return List.of();
        return Arrays.stream(text.trim().split("\\s+")).map(Scenario::pod).toList();
    }

    private static PodSample pod(String text) {
        String[] parts = text.split("[:/]");
        Amounts amounts = new Amounts(named(parts[1]), parts.length > 2 ? named(parts[2]) : Map.of());
        return new PodSample(
                PodState.valueOf(parts[0].toUpperCase(java.util.Locale.ROOT)), amounts, Map.of("app", amounts));
    }

    private static Map<String, Long> named(String milli) {
        if (milli.equals("-")) return Map.of();
        long amount = Long.parseLong(milli);
        return Map.of("cpu", amount, "memory", amount, "qps", amount);
    }

    static List<Entry> entries(String text) {
        if (text == null || text.isBlank()) return List.of();
        return Arrays.stream(text.trim().split("\\s+"))
                .map(entry -> entry.split("@"))
                .map(parts -> new Entry(
                        Integer.parseInt(parts[0]), Duration.ofMillis(Math.round(Double.parseDouble(parts[1]) * 1000))))
                .toList();
    }

    Scenario tolerating(double up, double down) {
        return new Scenario(new ScalingInput(
                input.currentReplicas(),
                input.minReplicas(),
                input.maxReplicas(),
                input.metrics(),
                input.pods(),
                new Tolerance(up, down),
                input.behavior(),
                input.history(),
                input.demand()));
    }

    Scenario bounded(int min, int max) {
        return new Scenario(new ScalingInput(
                input.currentReplicas(),
                min,
                max,
                input.metrics(),
                input.pods(),
                input.tolerance(),
                input.behavior(),
                input.history(),
                input.demand()));
    }

    Scenario behaving(Optional<Behavior> behavior, ScalingHistory history) {
        return new Scenario(new ScalingInput(
                input.currentReplicas(),
                input.minReplicas(),
                input.maxReplicas(),
                input.metrics(),
                input.pods(),
                input.tolerance(),
                behavior,
                history,
                input.demand()));
    }

    Scenario measuring(List<ScalingMetric> metrics) {
        return new Scenario(new ScalingInput(
                input.currentReplicas(),
                input.minReplicas(),
                input.maxReplicas(),
                metrics,
                input.pods(),
                input.tolerance(),
                input.behavior(),
                input.history(),
                input.demand()));
    }

    Scenario foreseeing(PastDemand demand) {
        return new Scenario(new ScalingInput(
                input.currentReplicas(),
                input.minReplicas(),
                input.maxReplicas(),
                input.metrics(),
                input.pods(),
                input.tolerance(),
                input.behavior(),
                input.history(),
                Optional.of(demand)));
    }

    ScalingAnswer decide() {
        return HorizontalScaling.decide(input);
    }
}
