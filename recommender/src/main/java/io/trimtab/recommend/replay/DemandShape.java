package io.trimtab.recommend.replay;

import io.trimtab.recommend.replay.WorkloadPlan.Load;
import java.util.SplittableRandom;

/** The CPU that one workload wants over time. It draws from a stream of its own, so that the demand is the same whatever is done to the cluster. */
final class DemandShape {
    private static final double DAY_SECONDS = 86_400;
    private static final double NOISE_MEMORY_SECONDS = 900;
    private static final double BURSTS_PER_SECOND = 1.2 / 3600;

    private final WorkloadPlan plan;
    private final SplittableRandom random;
    private double noise;
    private double burst;
    private long burstUntil;

    DemandShape(WorkloadPlan plan) {
        this.plan = plan;
        random = Seeds.random(plan.seed(), 1);
    }

    /**
     * The demand of the next sample; call once for each, in order.
     *
     * @param second of the sample, since the epoch
     * @param sinceStart seconds since the simulation's start
     * @return milli-cores, of the workload or of one pod as the plan says
     */
    double next(long second, long sinceStart, long stepSeconds) {
        Load load = plan.load();
        double keep = Math.exp(-stepSeconds / NOISE_MEMORY_SECONDS);
        noise = keep * noise + Math.sqrt(1 - keep * keep) * load.noise() * random.nextGaussian();
        double luck = random.nextDouble();
        double trend = 1 + load.trendPerDay() * sinceStart / DAY_SECONDS;
        return Math.max(0, load.peakMilli() * level(second, stepSeconds, luck) * trend * Math.max(0.05, 1 + noise));
    }

    private double level(long second, long stepSeconds, double luck) {
        return switch (plan.kind()) {
            case WEB, JVM_SERVICE, LEAKING_SERVICE, GPU_INFERENCE -> daily(second) * week(second);
            case BURSTY_API -> Math.max(0.25 * daily(second) * week(second), burst(second, stepSeconds, luck));
            case QUEUE_WORKER -> 0.55 * daily(second) * week(second) + onTheHour(second);
            case STATEFUL_STORE ->
                0.7 * daily(second) * week(second) + (hour(second) >= 2 && hour(second) < 3 ? 0.5 : 0);
            case DEVELOPMENT -> isWorkingTime(second) ? 0.15 + burst(second, stepSeconds, luck) : 0.01;
            case BATCH, CRON, GPU_TRAINING, DAEMON -> 1;
        };
    }

    /** A smooth day between the floor at night and 1 at the peak hour, narrower at the top than at the bottom. */
    private double daily(long second) {
        double floor = plan.load().floorShare();
        double wave = (1 + Math.cos(2 * Math.PI * (hour(second) - plan.load().peakHour()) / 24)) / 2;
        return floor + (1 - floor) * wave * Math.sqrt(wave);
    }

    private double week(long second) {
        return isWeekend(second) ? plan.load().weekendShare() : 1;
    }

    /** Work dropped into a queue by hourly jobs elsewhere. */
    private static double onTheHour(long second) {
        return Math.floorMod(second, 3600L) < 600 ? 0.6 : 0;
    }

    private double burst(long second, long stepSeconds, double luck) {
        double chance = BURSTS_PER_SECOND * stepSeconds;
        if (second >= burstUntil && luck < chance) {
            double size = luck / chance;
            burst = 0.5 + 0.5 * size;
            burstUntil = second + 180 + (long) (900 * (1 - size));
        }
        return second < burstUntil ? burst : 0;
    }

    private static boolean isWorkingTime(long second) {
        return !isWeekend(second) && hour(second) >= 8 && hour(second) < 18;
    }

    static boolean isWeekend(long second) {
        long dayFromMonday = Math.floorMod(Math.floorDiv(second, 86_400L) + 3, 7L);
        return dayFromMonday >= 5;
    }

    static double hour(long second) {
        return Math.floorMod(second, 86_400L) / 3600.0;
    }
}
