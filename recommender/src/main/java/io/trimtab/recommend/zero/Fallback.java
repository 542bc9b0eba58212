package io.trimtab.recommend.zero;

/**
 * What stands in for a trigger that cannot be read.
 *
 * @param failureThreshold in force from one more failed read on
 */
public record Fallback(int failureThreshold, int replicas, Behavior behavior) {
    /** As KEDA names them. */
    public enum Behavior {
        STATIC,
        CURRENT_REPLICAS,
        CURRENT_REPLICAS_IF_HIGHER,
        CURRENT_REPLICAS_IF_LOWER,
        /** The trigger has no value, which the formula handles. */
        SCALING_MODIFIERS
    }

    public Fallback {
        if (failureThreshold < 0 || replicas < 0)
            throw new IllegalArgumentException(
                    "failureThreshold (%d) and replicas (%d) must be >= 0".formatted(failureThreshold, replicas));
    }

    boolean isInForce(int failed) {
        return failed > failureThreshold;
    }

    int standIn(int currentReplicas) {
        return switch (behavior) {
            case STATIC, SCALING_MODIFIERS -> replicas;
            case CURRENT_REPLICAS -> currentReplicas;
            case CURRENT_REPLICAS_IF_HIGHER -> Math.max(currentReplicas, replicas);
            case CURRENT_REPLICAS_IF_LOWER -> Math.min(currentReplicas, replicas);
        };
    }
}
