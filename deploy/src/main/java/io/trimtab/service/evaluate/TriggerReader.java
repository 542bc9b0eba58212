package io.trimtab.service.evaluate;

import io.trimtab.recommend.cron.CronSchedule;
import io.trimtab.recommend.cron.CronWindow;
import io.trimtab.recommend.zero.Target;
import io.trimtab.recommend.zero.TriggerReading;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code trigger} or {@code triggers}; a cron trigger's value is worked out for the moment asked about. */
final class TriggerReader {
    private static final Set<String> OF_PODS = Set.of("cpu", "memory");
    private static final Set<String> TYPES = Set.of(
            "cloudevents",
            "cpu",
            "cron",
            "external",
            "http",
            "kafka",
            "kubernetes-workload",
            "memory",
            "metrics-api",
            "nats",
            "postgresql",
            "prometheus",
            "rabbitmq",
            "redis",
            "sqs");

    private TriggerReader() {}

    static List<TriggerReading> read(JsonObject input, Instant now) {
        Optional<JsonValue> one = input.optional("trigger");
        Optional<JsonValue> several = input.optional("triggers");
        if (one.isPresent() && several.isPresent())
            throw input.wrong("triggers", "stands beside trigger; give one of both");
        if (one.isEmpty() && several.isEmpty()) throw input.wrong("trigger", "is required, or triggers");
        List<JsonValue> values =
                one.map(List::of).orElseGet(() -> several.orElseThrow().list());
        if (values.isEmpty()) throw input.wrong("triggers", "must not be empty");
        List<TriggerReading> triggers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonValue value : values) {
            TriggerReading trigger = trigger(value.object(), triggers.size(), now);
            if (!names.add(trigger.name()))
                throw value.object().wrong("name", "(%s) is there twice".formatted(trigger.name()));
            triggers.add(trigger);
        }
        return triggers;
    }

    private static TriggerReading trigger(JsonObject object, int index, Instant now) {
        JsonValue typed = object.required("type");
        String type = typed.text();
        if (!TYPES.contains(type))
            throw typed.wrong("(%s) is not a trigger; there are %s"
                    .formatted(type, String.join(", ", TYPES.stream().sorted().toList())));
        String name = object.optional("name").map(JsonValue::text).orElse("s%d-%s".formatted(index, type));
        if (name.isBlank()) throw object.wrong("name", "must not be empty");
        TriggerReading trigger = type.equals("cron") ? cron(object, name, now) : measured(object, name, type);
        object.end();
        return trigger;
    }

    private static TriggerReading measured(JsonObject object, String name, String type) {
        Target.Type asked =
                object.optional("metricType").map(ZeroReader::metricType).orElse(Target.Type.AVERAGE_VALUE);
        boolean ofPods = OF_PODS.contains(type);
        boolean emptyIsZero = object.optional("empty")
                .map(value -> ZeroReader.oneOf(value, Map.of("error", false, "zero", true)))
                .orElse(false);
        Optional<BigDecimal> value = object.optional("value").map(JsonValue::amount);
        return new TriggerReading(
                name,
                ZeroReader.target(object.required("threshold"), ofPods ? Target.Type.UTILIZATION : asked),
                value.or(() -> emptyIsZero ? Optional.of(BigDecimal.ZERO) : Optional.empty()),
                object.optional("failed").map(failed -> failed.integer(0)).orElse(0),
                object.optional("activationThreshold").map(JsonValue::amount).orElse(BigDecimal.ZERO),
                Optional.empty(),
                !ofPods);
    }

    private static TriggerReading cron(JsonObject object, String name, Instant now) {
        int replicas = object.required("desiredReplicas").integer(0);
        ZoneId zone = zone(object.required("timezone"));
        CronSchedule start = schedule(object.required("start"));
        CronSchedule end = schedule(object.required("end"));
        if (start.toString().equals(end.toString()))
            throw object.wrong("end", "(%s) must differ from start".formatted(end));
        boolean active = new CronWindow(start, end, zone).contains(now);
        return new TriggerReading(
                name,
                object.optional("threshold")
                        .map(threshold -> ZeroReader.target(threshold, Target.Type.AVERAGE_VALUE))
                        .orElseGet(() -> new Target(BigDecimal.ONE, Target.Type.AVERAGE_VALUE)),
                Optional.of(active ? BigDecimal.valueOf(replicas) : BigDecimal.ZERO),
                object.optional("failed").map(failed -> failed.integer(0)).orElse(0),
                BigDecimal.ZERO,
                Optional.of(active),
                true);
    }

    private static CronSchedule schedule(JsonValue value) {
        try {
            return CronSchedule.parse(value.text());
        } catch (IllegalArgumentException e) {
            throw value.wrong("(%s): %s".formatted(value.text(), e.getMessage()));
        }
    }

    private static ZoneId zone(JsonValue value) {
        try {
            return CronWindow.zone(value.text());
        } catch (IllegalArgumentException e) {
            throw value.wrong("(%s) %s".formatted(value.text(), e.getMessage()));
        }
    }
}
