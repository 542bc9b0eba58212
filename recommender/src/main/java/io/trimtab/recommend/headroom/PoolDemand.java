package io.trimtab.recommend.headroom;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * How many equal pods a pool is asked to carry, step by step: services whose replicas follow the day, with noise, and come down only after five minutes as a
 * HorizontalPodAutoscaler's do; rollouts that surge; jobs that come at random, more of them by day.
 */
final class PoolDemand {
    static final int STEP_SECONDS = 10;
    private static final int STEPS_PER_DAY = 86_400 / STEP_SECONDS;
    private static final int STABILIZATION_STEPS = 300 / STEP_SECONDS;

    /** Jobs that start in a step, by night; by day up to three times as many. */
    private static final double JOBS_PER_STEP = 0.02;

    private static final double ROLLOUTS_PER_STEP = 0.004;

    private final Random random;
    private final List<Service> services = new ArrayList<>();
    private final List<Surge> surges = new ArrayList<>();
    private int step;

    /** Pods beyond the services', until a step. */
    private record Surge(int pods, int until) {}

    private static final class Service {
        private final double pods;
        private final double swing;
        private final double phase;
        private final Deque<Integer> wanted = new ArrayDeque<>();
        private double noise;

        private Service(Random random) {
            pods = 4 * Math.pow(12, random.nextDouble());
            swing = 0.1 + 0.4 * random.nextDouble();
            phase = 0.15 * random.nextGaussian();
        }

        private int next(double day, Random random) {
            noise = 0.995 * noise + 0.008 * random.nextGaussian();
            double load = pods * (1 - swing * Math.cos(2 * Math.PI * (day - phase))) * Math.exp(noise);
            wanted.addLast(Math.max(1, (int) Math.ceil(load)));
            if (wanted.size() > STABILIZATION_STEPS) wanted.removeFirst();
            return wanted.stream().mapToInt(Integer::intValue).max().orElseThrow();
        }
    }

    PoolDemand(long seed, int services) {
        random = new Random(seed);
        for (int i = 0; i < services; i++) this.services.add(new Service(random));
    }

    int next() {
        double day = (double) step / STEPS_PER_DAY;
        int pods = 0;
        for (Service service : services) {
            int its = service.next(day, random);
            pods += its;
            if (random.nextDouble() < ROLLOUTS_PER_STEP / services.size())
                surges.add(new Surge(Math.ceilDiv(its, 4), step + seconds(120, 240)));
        }
        double busy = 1 - Math.cos(2 * Math.PI * day);
        if (random.nextDouble() < JOBS_PER_STEP * (1 + busy))
            surges.add(new Surge(1 + random.nextInt(10), step + seconds(120, 900)));
        surges.removeIf(surge -> surge.until() <= step);
        step++;
        return pods + surges.stream().mapToInt(Surge::pods).sum();
    }

    private int seconds(int least, int most) {
        return (least + random.nextInt(most - least)) / STEP_SECONDS;
    }
}
