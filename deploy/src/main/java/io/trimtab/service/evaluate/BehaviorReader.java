package io.trimtab.service.evaluate;

import io.trimtab.recommend.replicas.Behavior;
import io.trimtab.recommend.replicas.Behavior.Policy;
import io.trimtab.recommend.replicas.Behavior.PolicyType;
import io.trimtab.recommend.replicas.Behavior.Rules;
import io.trimtab.recommend.replicas.Behavior.Select;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the behavior of an autoscaling/v2 object, with its defaults and bounds. */
final class BehaviorReader {
    /** The API server refuses longer ones. */
    private static final int MAX_PERIOD_SECONDS = 1800;

    private static final int MAX_WINDOW_SECONDS = 3600;

    private BehaviorReader() {}

    static Behavior read(JsonObject behavior) {
        Behavior read = new Behavior(
                behavior.object("scaleUp")
                        .map(rules -> rules(rules, Behavior.DEFAULT_UP))
                        .orElse(Behavior.DEFAULT_UP),
                behavior.object("scaleDown")
                        .map(rules -> rules(rules, Behavior.DEFAULT_DOWN))
                        .orElse(Behavior.DEFAULT_DOWN));
        behavior.end();
        return read;
    }

    private static Rules rules(JsonObject rules, Rules defaults) {
        Duration window = rules.optional("stabilizationWindowSeconds")
                .map(value -> seconds(value, 0, MAX_WINDOW_SECONDS))
                .orElse(defaults.window());
        Select select =
                rules.optional("selectPolicy").map(BehaviorReader::select).orElse(defaults.select());
        Optional<List<JsonValue>> policies = rules.optional("policies").map(JsonValue::list);
        if (policies.isPresent() && policies.get().isEmpty())
            throw rules.wrong("policies", "needs at least one policy");
        Optional<Double> tolerance = rules.optional("tolerance").map(BehaviorReader::tolerance);
        rules.end();
        return new Rules(
                window,
                select,
                policies.map(list -> list.stream().map(BehaviorReader::policy).toList())
                        .orElse(defaults.policies()),
                tolerance);
    }

    private static Policy policy(JsonValue value) {
        JsonObject policy = value.object();
        Policy read = new Policy(
                type(policy.required("type")),
                policy.required("value").integer(1),
                seconds(policy.required("periodSeconds"), 1, MAX_PERIOD_SECONDS));
        policy.end();
        return read;
    }

    private static PolicyType type(JsonValue value) {
        return switch (value.text()) {
            case "Pods" -> PolicyType.PODS;
            case "Percent" -> PolicyType.PERCENT;
            default -> throw value.wrong("(%s) must be Pods or Percent".formatted(value.text()));
        };
    }

    private static Select select(JsonValue value) {
        return switch (value.text()) {
            case "Max" -> Select.MAX;
            case "Min" -> Select.MIN;
            case "Disabled" -> Select.DISABLED;
            default -> throw value.wrong("(%s) must be Max, Min or Disabled".formatted(value.text()));
        };
    }

    private static Duration seconds(JsonValue value, int min, int max) {
        int seconds = value.integer(min);
        if (seconds > max) throw value.wrong("(%d) must be <= %d".formatted(seconds, max));
        return Duration.ofSeconds(seconds);
    }

    /**
     * The controller reads the quantity as the API server prints it, as a whole number of thousandths (or millionths, billionths), and multiplies; another
     * way to the double may differ in its last bit, and with it on which side of the tolerance a ratio lies.
     */
    private static double tolerance(JsonValue value) {
        BigDecimal amount = value.quantity().stripTrailingZeros();
        for (int scale = 0; scale < 9; scale += 3) {
            if (amount.scale() <= scale) return amount.movePointRight(scale).doubleValue() * (1 / Math.pow(10, scale));
        }
        return amount.movePointRight(9).setScale(0, RoundingMode.CEILING).doubleValue() * 1e-9;
    }
}
