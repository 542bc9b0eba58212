package io.trimtab.recommend.zero;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything that the decision rests on.
 *
 * @param currentReplicas of a Deployment and its like; for jobs {@link Jobs#running} counts
 * @param jobs present where each unit of work is a Job
 * @param idle present where cool-down and pre-warming are to be learned
 */
public record ZeroInput(
        Instant now,
        int currentReplicas,
        Bounds bounds,
        List<TriggerReading> triggers,
        Cooldown cooldown,
        Optional<Fallback> fallback,
        Optional<Modifiers> modifiers,
        Holds holds,
        Optional<Jobs> jobs,
        Optional<Idle> idle) {
    public ZeroInput {
        if (currentReplicas < 0)
            throw new IllegalArgumentException("currentReplicas (%d) must be >= 0".formatted(currentReplicas));
        if (triggers.isEmpty()) throw new IllegalArgumentException("at least one trigger is needed");
        triggers = List.copyOf(triggers);
    }

    /**
     * @param idle where an inactive workload rests, below {@code min}; empty: it rests at {@code min}
     */
    public record Bounds(int min, OptionalInt idle, int max) {
        public Bounds {
            if (min < 0 || max < Math.max(1, min))
                throw new IllegalArgumentException("bounds %d..%d are out of order".formatted(min, max));
            if (idle.isPresent() && (idle.getAsInt() < 0 || idle.getAsInt() > min))
                throw new IllegalArgumentException(
                        "idle (%d) must be within 0 and min (%d)".formatted(idle.getAsInt(), min));
        }

        /** Whether there is a lower count to rest at. */
        boolean canRest() {
            return min == 0 || idle.isPresent();
        }

        int rest() {
            return idle.orElse(min);
        }
    }

    /**
     * @param after how long a workload stays up after its last activity
     * @param initial how long after its creation where it was never active
     */
    public record Cooldown(
            Duration after, Duration initial, Optional<Instant> lastActive, Optional<Instant> createdAt) {}

    /**
     * What people have asked for.
     *
     * @param paused the count stays; at the number where there is one
     */
    public record Holds(
            Optional<Paused> paused, boolean scaleInPaused, boolean scaleOutPaused, boolean forceActivation) {
        public static final Holds NONE = new Holds(Optional.empty(), false, false, false);
    }

    /** @param replicas empty: those that run */
    public record Paused(OptionalInt replicas) {}

    /**
     * @param running Jobs that have not finished, pending ones too
     * @param runningJobPercentage for the custom strategy, 0..1
     */
    public record Jobs(
            int running,
            int pending,
            Strategy strategy,
            int queueLengthDeduction,
            BigDecimal runningJobPercentage,
            Combination combination) {
        /** How running Jobs count against the queue, as KEDA names it. */
        public enum Strategy {
            DEFAULT,
            CUSTOM,
            ACCURATE,
            EAGER
        }

        /** How several triggers become one queue. */
        public enum Combination {
            MAX,
            MIN,
            AVG,
            SUM
        }
    }

    /**
     * What idling and starting cost.
     *
     * @param gaps how long past idle times were
     * @param coldStart how long a start from zero takes
     * @param podPricePerHour of the pods that would stay up
     * @param coldStartCost what one start from zero costs, in the same money
     */
    public record Idle(List<Duration> gaps, Duration coldStart, BigDecimal podPricePerHour, BigDecimal coldStartCost) {
        public Idle {
            gaps = List.copyOf(gaps);
        }
    }
}
