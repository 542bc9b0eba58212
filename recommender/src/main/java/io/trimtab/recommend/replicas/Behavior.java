package io.trimtab.recommend.replicas;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How fast replicas may be added and removed. */
public record Behavior(Rules scaleUp, Rules scaleDown) {
    private static final Duration PERIOD = Duration.ofSeconds(15);
    /** The controller's down window when neither the object nor its command line says otherwise. */
    static final Duration DOWN_WINDOW = Duration.ofMinutes(5);

    /** At once, by 4 pods or to the double in 15 s, whichever is more. */
    public static final Rules DEFAULT_UP = new Rules(
            Duration.ZERO,
            Select.MAX,
            List.of(new Policy(PolicyType.PODS, 4, PERIOD), new Policy(PolicyType.PERCENT, 100, PERIOD)),
            Optional.empty());

    /** After 5 min, as far as the metrics say. */
    public static final Rules DEFAULT_DOWN =
            new Rules(DOWN_WINDOW, Select.MAX, List.of(new Policy(PolicyType.PERCENT, 100, PERIOD)), Optional.empty());

    /** Which policy counts when there are several: the greatest change, the least, or none at all. */
    public enum Select {
        MAX,
        MIN,
        DISABLED
    }

    public enum PolicyType {
        PODS,
        PERCENT
    }

    /** At most {@code value} pods, or percent of those that were there at its start, within a period. */
    public record Policy(PolicyType type, int value, Duration period) {
        public Policy {
            if (value < 1) throw new IllegalArgumentException("policy value (%d) must be >= 1".formatted(value));
        }
    }

    /**
     * The rules of one direction.
     *
     * @param window for how long recommendations are looked back at
     * @param tolerance instead of the controller's, in this direction
     */
    public record Rules(Duration window, Select select, List<Policy> policies, Optional<Double> tolerance) {
        public Rules {
            policies = List.copyOf(policies);
            if (policies.isEmpty()) throw new IllegalArgumentException("rules need at least one policy");
        }
    }
}
