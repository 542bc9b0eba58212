package io.trimtab.recommend.replicas;

import io.trimtab.recommend.ReplicaReason.AboveMaximum;
import io.trimtab.recommend.ReplicaReason.BelowMinimum;
import io.trimtab.recommend.ReplicaReason.ScaleDownLimited;
import io.trimtab.recommend.ReplicaReason.ScaleUpLimited;
import io.trimtab.recommend.ReplicaReason.Stabilized;
import io.trimtab.recommend.replicas.Behavior.Policy;
import io.trimtab.recommend.replicas.Behavior.Rules;
import io.trimtab.recommend.replicas.ScalingAnswer.Limit;
import io.trimtab.recommend.replicas.ScalingHistory.Entry;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Stabilization, rates and bounds, in the order of the controller; counts beyond an int end there.
 *
 * @see "Kubernetes 1.37, pkg/controller/podautoscaler/horizontal.go"
 */
final class RateLimits {
    /** Without a behavior the count may double, or reach 4, in one step. */
    private static final int GROWTH_FACTOR = 2;

    private static final int GROWTH_TO_AT_LEAST = 4;

    private RateLimits() {}

    static Course apply(Course course, ScalingInput input) {
        return input.behavior()
                .map(behavior -> withBehavior(course, input, behavior))
                .orElseGet(() -> withoutBehavior(course, input));
    }

    /** The older rules: the highest recommendation of the down window, whether that is up or down from here, then the bounds. */
    private static Course withoutBehavior(Course course, ScalingInput input) {
        int highest = highest(input.history().recommendations(), Behavior.DOWN_WINDOW, course.replicas());
        Course stable = course.to(highest, Limit.STABILIZATION, new Stabilized(course.replicas(), highest));
        int wanted = stable.replicas();
        int growth = (int) Math.min(
                Integer.MAX_VALUE, Math.max((long) GROWTH_FACTOR * input.currentReplicas(), GROWTH_TO_AT_LEAST));
        if (wanted < input.minReplicas()) return atMinimum(stable, input);
        if (wanted <= Math.min(growth, input.maxReplicas())) return stable;
        return input.maxReplicas() > growth
                ? stable.to(growth, Limit.SCALE_UP_POLICY, new ScaleUpLimited(wanted, growth))
                : atMaximum(stable, input);
    }

    private static Course withBehavior(Course course, ScalingInput input, Behavior behavior) {
        int current = input.currentReplicas();
        Course stable = stabilized(course, input, behavior);
        int wanted = stable.replicas();
        if (wanted > current) {
            int limit = (int) Math.max(current, upLimit(input, behavior.scaleUp()));
            if (wanted <= Math.min(limit, input.maxReplicas())) return stable;
            return input.maxReplicas() > limit
                    ? stable.to(limit, Limit.SCALE_UP_POLICY, new ScaleUpLimited(wanted, limit))
                    : atMaximum(stable, input);
        }
        if (wanted < current) {
            int limit = (int) Math.min(current, downLimit(input, behavior.scaleDown()));
            if (wanted >= Math.max(limit, input.minReplicas())) return stable;
            return input.minReplicas() < limit
                    ? stable.to(limit, Limit.SCALE_DOWN_POLICY, new ScaleDownLimited(wanted, limit))
                    : atMinimum(stable, input);
        }
        return stable;
    }

    /** The current count, moved as little as the recommendations of both windows allow. */
    private static Course stabilized(Course course, ScalingInput input, Behavior behavior) {
        List<Entry> recommendations = input.history().recommendations();
        int lowest = recommendations.stream()
                .filter(entry -> entry.within(behavior.scaleUp().window()))
                .mapToInt(Entry::replicas)
                .reduce(course.replicas(), Math::min);
        int highest = highest(recommendations, behavior.scaleDown().window(), course.replicas());
        int stable = Math.clamp(input.currentReplicas(), lowest, highest);
        return course.to(stable, Limit.STABILIZATION, new Stabilized(course.replicas(), stable));
    }

    private static int highest(List<Entry> recommendations, Duration window, int proposed) {
        return recommendations.stream()
                .filter(entry -> entry.within(window))
                .mapToInt(Entry::replicas)
                .reduce(proposed, Math::max);
    }

    private static long upLimit(ScalingInput input, Rules rules) {
        LongStream allowed =
                rules.policies().stream().mapToLong(policy -> upLimit(policy, atPeriodStart(input, policy)));
        return switch (rules.select()) {
            case MAX -> allowed.max().orElseThrow();
            case MIN -> allowed.min().orElseThrow();
            case DISABLED -> input.currentReplicas();
        };
    }

    private static long upLimit(Policy policy, long atPeriodStart) {
        return switch (policy.type()) {
            case PODS -> Math.min(Integer.MAX_VALUE, atPeriodStart + policy.value());
            // Rounded up, or a small share of few replicas would never add one.
            case PERCENT -> (int) Math.ceil((double) atPeriodStart * (1 + (double) policy.value() / 100));
        };
    }

    private static long downLimit(ScalingInput input, Rules rules) {
        LongStream allowed =
                rules.policies().stream().mapToLong(policy -> downLimit(policy, atPeriodStart(input, policy)));
        return switch (rules.select()) {
            case MAX -> allowed.min().orElseThrow();
            case MIN -> allowed.max().orElseThrow();
            case DISABLED -> input.currentReplicas();
        };
    }

    private static long downLimit(Policy policy, long atPeriodStart) {
        return switch (policy.type()) {
            case PODS -> atPeriodStart - policy.value();
            case PERCENT -> (int) ((double) atPeriodStart * (1 - (double) policy.value() / 100));
        };
    }

    /** How many there were when the policy's period began. */
    private static long atPeriodStart(ScalingInput input, Policy policy) {
        return input.currentReplicas()
                - changes(input.history().scaleUps(), policy)
                + changes(input.history().scaleDowns(), policy);
    }

    private static long changes(List<Entry> events, Policy policy) {
        return events.stream()
                .filter(entry -> entry.within(policy.period()))
                .mapToLong(Entry::replicas)
                .sum();
    }

    private static Course atMaximum(Course course, ScalingInput input) {
        return course.to(
                input.maxReplicas(), Limit.MAX_REPLICAS, new AboveMaximum(course.replicas(), input.maxReplicas()));
    }

    private static Course atMinimum(Course course, ScalingInput input) {
        return course.to(
                input.minReplicas(), Limit.MIN_REPLICAS, new BelowMinimum(course.replicas(), input.minReplicas()));
    }
}
