package io.trimtab.recommend.headroom;

import io.trimtab.forecast.online.Level;
import io.trimtab.forecast.online.OnlineSeries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A week of one pool of equal nodes under an autoscaler, after one in which forecasts learn. Pods are equal and packed as well as can be, so that what is measured is
 * when there are how many nodes, and nothing else.
 */
public final class PoolWeek {
    /** By what the number of nodes is decided. */
    public sealed interface Autoscaler {
        /** By pods that wait, as the Cluster Autoscaler does; a node goes when it was not needed for {@code unneeded}. */
        record Reactive(Duration unneeded) implements Autoscaler {}

        /** With room for the quantile of what is asked for while a node starts. */
        record Forecast(Level level, Duration unneeded) implements Autoscaler {}
    }

    /**
     * What came of it.
     *
     * @param nodeHours that are paid
     * @param pendingPodSeconds that pods waited for a node
     */
    public record Outcome(double nodeHours, double pendingPodSeconds) {}

    private static final int PODS_PER_NODE = 16;

    /** From the order to ready; half as much again at most. */
    private static final int BOOT_SECONDS = 80;

    /** The longest boot, the scan, and the minute that the newest sample may be old. */
    private static final Duration START = Duration.ofMinutes(3);

    private static final int STEPS_PER_MINUTE = 60 / PoolDemand.STEP_SECONDS;
    private static final int STEPS_PER_HOUR = 60 * STEPS_PER_MINUTE;
    private static final int STEPS_PER_WEEK = 7 * 24 * STEPS_PER_HOUR;

    private final Autoscaler autoscaler;
    private final int[] spareLately;
    private final OnlineSeries series = new OnlineSeries();
    private final List<Integer> starting = new ArrayList<>();
    private final Random boots;
    private int ready;
    private double ahead;

    private PoolWeek(Autoscaler autoscaler, long seed) {
        this.autoscaler = autoscaler;
        boots = new Random(seed);
        Duration unneeded = switch (autoscaler) {
            case Autoscaler.Reactive(Duration after) -> after;
            case Autoscaler.Forecast(Level level, Duration after) -> after;
        };
        spareLately = new int[Math.toIntExact(unneeded.toSeconds() / PoolDemand.STEP_SECONDS)];
    }

    /** @param services that run on the pool */
    public static Outcome run(Autoscaler autoscaler, long seed, int services) {
        var week = new PoolWeek(autoscaler, seed);
        var demand = new PoolDemand(seed, services);
        double nodeSteps = 0;
        double pendingSteps = 0;
        for (int step = 0; step < 2 * STEPS_PER_WEEK; step++) {
            int asked = demand.next();
            week.step(step, asked);
            if (step < STEPS_PER_WEEK) continue;
            nodeSteps += week.ready + week.starting.size();
            pendingSteps += Math.max(0, asked - week.ready * PODS_PER_NODE);
        }
        return new Outcome(nodeSteps / STEPS_PER_HOUR, pendingSteps * PoolDemand.STEP_SECONDS);
    }

    private void step(int step, int asked) {
        ready += (int) starting.stream().filter(at -> at <= step).count();
        starting.removeIf(at -> at <= step);
        if (autoscaler instanceof Autoscaler.Forecast forecast) learn(step, asked, forecast.level());
        int wanted = switch (autoscaler) {
            case Autoscaler.Reactive(Duration unneeded) -> Headroom.nodes(asked, 0, PODS_PER_NODE);
            case Autoscaler.Forecast(Level level, Duration unneeded) -> Headroom.nodes(asked, ahead, PODS_PER_NODE);
        };
        while (ready + starting.size() < wanted)
            starting.add(step + (BOOT_SECONDS + boots.nextInt(BOOT_SECONDS / 2)) / PoolDemand.STEP_SECONDS);
        spareLately[step % spareLately.length] = ready + starting.size() - wanted;
        int unneeded = Math.min(ready, Arrays.stream(spareLately).min().orElseThrow());
        ready -= unneeded;
        for (int i = 0; i < spareLately.length; i++) spareLately[i] -= unneeded;
    }

    private void learn(int step, int asked, Level level) {
        series.add((long) step * PoolDemand.STEP_SECONDS, asked);
        if (step % STEPS_PER_HOUR == 0) series.refit();
        if (step % STEPS_PER_MINUTE == 0) ahead = Headroom.ahead(series, START, level);
    }
}
