package io.trimtab.recommend.consolidation.simulation;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.consolidation.NodePod;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Alike pods.
 *
 * @param allowed how many its disruption budget lets go at once; below 0 where it has none
 * @param held whether its pods must not be disrupted
 */
record Service(String name, Resources requested, int replicas, int allowed, boolean held, Duration restart) {
    static Service of(int index, Random random) {
        long milli = Math.round(30 * Math.pow(16, random.nextDouble()));
        double gibPerCore = 0.75 * Math.pow(10, random.nextDouble());
        long memory = Math.max(64L << 20, (long) (milli / 1e3 * gibPerCore * (1L << 30)));
        int replicas = 1 + (int) (40 * Math.pow(random.nextDouble(), 2));
        boolean budget = random.nextInt(3) == 0;
        int allowed = !budget ? -1 : random.nextInt(150) == 0 ? 0 : Math.max(1, replicas / 5);
        return new Service(
                "service-%04d".formatted(index),
                new Resources(new MilliCores(milli), new Bytes(memory), GpuMilli.ZERO),
                replicas,
                allowed,
                random.nextInt(500) == 0,
                Duration.ofSeconds(5 + random.nextInt(85)));
    }

    NodePod pod(int copy, Optional<Duration> age) {
        return new NodePod(
                "apps",
                "%s-%d".formatted(name, copy),
                Optional.of("ReplicaSet"),
                requested,
                allowed < 0 ? Optional.empty() : Optional.of(name),
                held ? Map.of("karpenter.sh/do-not-disrupt", "true") : Map.of(),
                false,
                false,
                age,
                restart,
                Optional.empty(),
                Optional.empty(),
                true);
    }
}
