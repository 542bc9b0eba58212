package io.trimtab.recommend.replay;

import java.time.Duration;
import java.time.Instant;

/**
 * What to simulate.
 *
 * @param seed decides everything that looks random
 * @param workloads how many workloads, 1..10000
 * @param nodes how many nodes stand at the start, 1..2000; the node autoscaler may move to half as many more, and to fewer
 * @param start the first moment of simulated time, a whole second
 * @param step how often usage is sampled, 1 s to 15 min in whole seconds
 * @param historyKept how far back samples are kept, at least one step
 */
public record SimulatedClusterSpec(
        long seed, int workloads, int nodes, Instant start, Duration step, Duration historyKept) {
    /** A Monday, so that a week of history begins with a weekday. */
    private static final Instant FIRST_MONDAY = Instant.parse("2026-11-02T00:00:00Z");

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration LONGEST_STEP = Duration.ofMinutes(15);

    public SimulatedClusterSpec {
        if (workloads < 1 || workloads > 10_000)
            throw new IllegalArgumentException("workloads (%d) must be in 1..10000".formatted(workloads));
        if (nodes < 1 || nodes > 2_000)
            throw new IllegalArgumentException("nodes (%d) must be in 1..2000".formatted(nodes));
        if (start.getNano() != 0)
            throw new IllegalArgumentException("start (%s) must be a whole second".formatted(start));
        if (step.toSeconds() < 1 || step.compareTo(LONGEST_STEP) > 0 || step.getNano() != 0) {
            throw new IllegalArgumentException("step (%s) must be whole seconds in PT1S..PT15M".formatted(step));
        }
        if (historyKept.compareTo(step) < 0 || historyKept.dividedBy(step) > 1_000_000) {
            throw new IllegalArgumentException(
                    "historyKept (%s) must be in 1..1000000 steps of %s".formatted(historyKept, step));
        }
    }

    /** About 60 workloads on 25 nodes, a week of samples every 5 minutes: some 15 MiB of history. Simulate the week before the demo begins. */
    public static SimulatedClusterSpec demo() {
        return sized(60, 25);
    }

    /** Samples every 5 minutes, kept for a week: 20 KiB at most per container that runs all week. */
    public static SimulatedClusterSpec sized(int workloads, int nodes) {
        return new SimulatedClusterSpec(1, workloads, nodes, FIRST_MONDAY, FIVE_MINUTES, Duration.ofDays(7));
    }

    public SimulatedClusterSpec withSeed(long other) {
        return new SimulatedClusterSpec(other, workloads, nodes, start, step, historyKept);
    }

    public SimulatedClusterSpec withStart(Instant other) {
        return new SimulatedClusterSpec(seed, workloads, nodes, other, step, historyKept);
    }

    public SimulatedClusterSpec withStep(Duration other) {
        return new SimulatedClusterSpec(seed, workloads, nodes, start, other, historyKept);
    }

    public SimulatedClusterSpec withHistoryKept(Duration other) {
        return new SimulatedClusterSpec(seed, workloads, nodes, start, step, other);
    }
}
