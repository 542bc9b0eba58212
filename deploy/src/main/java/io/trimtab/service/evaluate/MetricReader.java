package io.trimtab.service.evaluate;

import io.trimtab.recommend.replicas.ScalingMetric;
import io.trimtab.recommend.replicas.ScalingMetric.AverageValue;
import io.trimtab.recommend.replicas.ScalingMetric.PodTarget;
import io.trimtab.recommend.replicas.ScalingMetric.Pods;
import io.trimtab.recommend.replicas.ScalingMetric.Resource;
import io.trimtab.recommend.replicas.ScalingMetric.Total;
import io.trimtab.recommend.replicas.ScalingMetric.TotalTarget;
import io.trimtab.recommend.replicas.ScalingMetric.Utilization;
import io.trimtab.recommend.replicas.ScalingMetric.Value;
import java.util.List;
import java.util.Optional;

/** Reads one metric of a document of kind {@code replicas}. */
final class MetricReader {
    private static final String UTILIZATION = "averageUtilization";
    private static final String AVERAGE = "averageValue";
    private static final String VALUE = "value";

    private MetricReader() {}

    static ScalingMetric read(JsonValue value) {
        JsonObject metric = value.object();
        JsonValue type = metric.required("type");
        ScalingMetric read = switch (type.text()) {
            case "Resource" -> new Resource(name(metric, "resource"), Optional.empty(), podTarget(metric));
            case "ContainerResource" -> {
                Optional<String> container = Optional.of(name(metric, "container"));
                yield new Resource(name(metric, "resource"), container, podTarget(metric));
            }
            case "Pods" -> new Pods(name(metric, "metric"), new AverageValue(amount(target(metric, List.of(AVERAGE)))));
            case "Object", "External" ->
                new Total(
                        name(metric, "metric"), metric.optional(VALUE).map(ReplicasReader::milli), totalTarget(metric));
            default ->
                throw type.wrong(
                        "(%s) must be Resource, ContainerResource, Pods, Object or External".formatted(type.text()));
        };
        metric.end();
        return read;
    }

    private static String name(JsonObject metric, String field) {
        JsonValue name = metric.required(field);
        if (name.text().isBlank()) throw name.wrong("must not be empty");
        return name.text();
    }

    private static PodTarget podTarget(JsonObject metric) {
        JsonValue target = target(metric, List.of(UTILIZATION, AVERAGE));
        return target.path().endsWith(UTILIZATION)
                ? new Utilization(target.integer(1))
                : new AverageValue(amount(target));
    }

    private static TotalTarget totalTarget(JsonObject metric) {
        JsonValue target = target(metric, List.of(VALUE, AVERAGE));
        return target.path().endsWith("." + VALUE) ? new Value(amount(target)) : new AverageValue(amount(target));
    }

    /** The one of the allowed fields that the target has. */
    private static JsonValue target(JsonObject metric, List<String> allowed) {
        JsonObject target = metric.required("target").object();
        List<JsonValue> given = allowed.stream()
                .flatMap(field -> target.optional(field).stream())
                .toList();
        target.end();
        if (given.size() != 1)
            throw new EvaluateException(
                    target.path(),
                    "needs %s".formatted(String.join(" or ", allowed)) + (given.isEmpty() ? "" : ", not both"));
        return given.getFirst();
    }

    private static long amount(JsonValue value) {
        long milli = ReplicasReader.milli(value);
        if (milli == 0)
            throw value.wrong("(%s) must be more than 0".formatted(value.node().asText()));
        return milli;
    }
}
