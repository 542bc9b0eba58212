package io.trimtab.service.evaluate;

import io.trimtab.recommend.zero.Fallback;
import io.trimtab.recommend.zero.Modifiers;
import io.trimtab.recommend.zero.Target;
import io.trimtab.recommend.zero.TriggerReading;
import io.trimtab.recommend.zero.ZeroInput;
import io.trimtab.recommend.zero.ZeroInput.Bounds;
import io.trimtab.recommend.zero.ZeroInput.Cooldown;
import io.trimtab.recommend.zero.ZeroInput.Holds;
import io.trimtab.recommend.zero.ZeroInput.Idle;
import io.trimtab.recommend.zero.ZeroInput.Jobs;
import io.trimtab.recommend.zero.ZeroInput.Paused;
import io.trimtab.recommend.zero.formula.Formula;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what {@code zero} is asked. */
final class ZeroReader {
    private static final int MAX_REPLICAS = 100;
    private static final Duration COOLDOWN = Duration.ofMinutes(5);

    private ZeroReader() {}

    static ZeroInput read(JsonObject input) {
        Instant now = input.required("now").instant();
        boolean job = input.optional("kind")
                .map(value -> oneOf(value, Map.of("deployment", false, "job", true)))
                .orElse(false);
        boolean learns = input.optional("policy")
                .map(value -> oneOf(value, Map.of("keda", false, "trimtab", true)))
                .orElse(false);
        int current = input.required("currentReplicas").integer(0);
        List<TriggerReading> triggers = TriggerReader.read(input, now);
        input.optional("pollingInterval").ifPresent(JsonValue::duration);
        Optional<Idle> idle = input.object("idle").map(ZeroReader::idle);
        Optional<Jobs> jobs = jobs(input, current, job);
        ZeroInput read = new ZeroInput(
                now,
                current,
                bounds(input),
                triggers,
                cooldown(input),
                fallback(input),
                modifiers(input, triggers),
                holds(input),
                jobs,
                learns ? idle : Optional.empty());
        input.end();
        return read;
    }

    static <T> T oneOf(JsonValue value, Map<String, T> words) {
        T found = words.get(value.text());
        if (found == null)
            throw value.wrong("(%s) must be one of %s"
                    .formatted(value.text(), words.keySet().stream().sorted().collect(Collectors.joining(", "))));
        return found;
    }

    static Target.Type metricType(JsonValue value) {
        return oneOf(
                value,
                Map.of(
                        "AverageValue", Target.Type.AVERAGE_VALUE,
                        "Value", Target.Type.VALUE,
                        "Utilization", Target.Type.UTILIZATION));
    }

    static Target target(JsonValue threshold, Target.Type type) {
        try {
            return new Target(threshold.amount(), type);
        } catch (IllegalArgumentException e) {
            throw threshold.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static Bounds bounds(JsonObject input) {
        int min = input.optional("minReplicas").map(value -> value.integer(0)).orElse(0);
        int max = input.optional("maxReplicas").map(value -> value.integer(1)).orElse(MAX_REPLICAS);
        if (max < min) throw input.wrong("maxReplicas", "(%d) must be >= minReplicas (%d)".formatted(max, min));
        Optional<Integer> idle = input.optional("idleReplicas").map(value -> value.integer(0));
        if (idle.isPresent() && idle.get() > min)
            throw input.wrong("idleReplicas", "(%d) must be <= minReplicas (%d)".formatted(idle.get(), min));
        return new Bounds(min, idle.map(OptionalInt::of).orElse(OptionalInt.empty()), max);
    }

    private static Cooldown cooldown(JsonObject input) {
        return new Cooldown(
                input.optional("cooldown").map(JsonValue::duration).orElse(COOLDOWN),
                input.optional("initialCooldown").map(JsonValue::duration).orElse(Duration.ZERO),
                input.optional("lastActive").map(JsonValue::instant),
                input.optional("createdAt").map(JsonValue::instant));
    }

    private static Optional<Fallback> fallback(JsonObject input) {
        return input.object("fallback").map(object -> {
            Fallback fallback = new Fallback(
                    object.required("failureThreshold").integer(0),
                    object.required("replicas").integer(0),
                    object.optional("behavior")
                            .map(value -> oneOf(
                                    value,
                                    Map.of(
                                            "static", Fallback.Behavior.STATIC,
                                            "currentReplicas", Fallback.Behavior.CURRENT_REPLICAS,
                                            "currentReplicasIfHigher", Fallback.Behavior.CURRENT_REPLICAS_IF_HIGHER,
                                            "currentReplicasIfLower", Fallback.Behavior.CURRENT_REPLICAS_IF_LOWER,
                                            "scalingModifiers", Fallback.Behavior.SCALING_MODIFIERS)))
                            .orElse(Fallback.Behavior.STATIC));
            object.end();
            return fallback;
        });
    }

    private static Optional<Modifiers> modifiers(JsonObject input, List<TriggerReading> triggers) {
        return input.object("modifiers").map(object -> {
            JsonValue formula = object.required("formula");
            Set<String> names = triggers.stream().map(TriggerReading::name).collect(Collectors.toSet());
            Target.Type type =
                    object.optional("metricType").map(ZeroReader::metricType).orElse(Target.Type.AVERAGE_VALUE);
            try {
                Modifiers modifiers = new Modifiers(
                        Formula.parse(formula.text(), names),
                        target(object.required("target"), type),
                        object.optional("activationTarget")
                                .map(JsonValue::amount)
                                .orElse(BigDecimal.ZERO));
                object.end();
                return modifiers;
            } catch (IllegalArgumentException e) {
                throw formula.wrong("(%s): %s".formatted(formula.text(), e.getMessage()));
            }
        });
    }

    private static Holds holds(JsonObject input) {
        return new Holds(
                input.optional("paused").flatMap(ZeroReader::paused),
                input.optional("pausedScaleIn").map(JsonValue::bool).orElse(false),
                input.optional("pausedScaleOut").map(JsonValue::bool).orElse(false),
                input.optional("forceActivation").map(JsonValue::bool).orElse(false));
    }

    private static Optional<Paused> paused(JsonValue value) {
        if (value.node().isBoolean())
            return value.bool() ? Optional.of(new Paused(OptionalInt.empty())) : Optional.empty();
        if (!value.node().isNumber()) throw value.wrong("must be true, false or a count of replicas");
        return Optional.of(new Paused(OptionalInt.of(value.integer(0))));
    }

    private static Optional<Jobs> jobs(JsonObject input, int current, boolean job) {
        Optional<JsonObject> given = input.object("job");
        Optional<Jobs> jobs = given.map(object -> {
            Jobs read = new Jobs(
                    object.optional("running").map(value -> value.integer(0)).orElse(current),
                    object.optional("pending").map(value -> value.integer(0)).orElse(0),
                    object.optional("strategy")
                            .map(value -> oneOf(
                                    value,
                                    Map.of(
                                            "default", Jobs.Strategy.DEFAULT,
                                            "custom", Jobs.Strategy.CUSTOM,
                                            "accurate", Jobs.Strategy.ACCURATE,
                                            "eager", Jobs.Strategy.EAGER)))
                            .orElse(Jobs.Strategy.DEFAULT),
                    object.optional("queueLengthDeduction")
                            .map(value -> value.integer(0))
                            .orElse(0),
                    object.optional("runningJobPercentage")
                            .map(JsonValue::amount)
                            .orElse(BigDecimal.ZERO),
                    object.optional("multipleScalers")
                            .map(value -> oneOf(
                                    value,
                                    Map.of(
                                            "max", Jobs.Combination.MAX,
                                            "min", Jobs.Combination.MIN,
                                            "avg", Jobs.Combination.AVG,
                                            "sum", Jobs.Combination.SUM)))
                            .orElse(Jobs.Combination.MAX));
            if (read.pending() > read.running())
                throw object.wrong(
                        "pending",
                        "(%d) must be <= running (%d), which counts them too"
                                .formatted(read.pending(), read.running()));
            object.end();
            return read;
        });
        if (!job) return Optional.empty();
        return jobs.or(() ->
                Optional.of(new Jobs(current, 0, Jobs.Strategy.DEFAULT, 0, BigDecimal.ZERO, Jobs.Combination.MAX)));
    }

    private static Idle idle(JsonObject object) {
        Idle idle = new Idle(
                object.list("gaps").stream().map(JsonValue::duration).toList(),
                object.optional("coldStart").map(JsonValue::duration).orElse(Duration.ZERO),
                object.required("podPricePerHour").amount(),
                object.required("coldStartCost").amount());
        object.end();
        return idle;
    }
}
