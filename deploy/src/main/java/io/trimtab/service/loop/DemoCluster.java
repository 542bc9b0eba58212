package io.trimtab.service.loop;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Money;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.MetricFinding;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.cycle.CycleSettings;
import io.trimtab.recommend.replay.SimulatedCluster;
import io.trimtab.recommend.replay.SimulatedClusterSpec;
import io.trimtab.service.config.Settings;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The simulated cluster with a week behind it, moved on by a clock that runs faster than ours; one thread at a time is let in. */
final class DemoCluster {
    private static final Duration HISTORY = Duration.ofDays(7);
    private static final CycleSettings CYCLE = new CycleSettings(HISTORY, Duration.ofMinutes(5), Duration.ofHours(6));
    private static final String ADDRESS = "simulated cluster";

    private final SimulatedCluster simulated;
    private final ReentrantLock lock = new ReentrantLock();

    private DemoCluster(SimulatedCluster simulated) {
        this.simulated = simulated;
    }

    static Cluster start(Settings.Source.Demo settings, PriceBook prices, Consumer<String> progress) {
        InstantSource wall = InstantSource.system();
        Instant begin = wall.instant().truncatedTo(ChronoUnit.HOURS);
        SimulatedClusterSpec spec =
                SimulatedClusterSpec.demo().withSeed(settings.seed()).withStart(begin.minus(HISTORY));
        progress.accept("simulating a week of a cluster of %d nodes and %d workloads"
                .formatted(spec.nodes(), spec.workloads()));
        var demo =
                new DemoCluster(new SimulatedCluster(spec, (type, capacityType) -> price(prices, type, capacityType)));
        demo.simulated.advanceTo(begin);
        Instant started = wall.instant();
        InstantSource clock = () -> {
            double elapsedMillis =
                    (double) Duration.between(started, wall.instant()).toMillis() * settings.speed();
            return begin.plusMillis((long) elapsedMillis).truncatedTo(ChronoUnit.SECONDS);
        };
        return new Cluster(
                true,
                ADDRESS,
                ADDRESS,
                settings.speed(),
                clock,
                demo::snapshot,
                demo::read,
                demo::apply,
                CYCLE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                DemoCluster::findings,
                () -> {},
                () -> {});
    }

    private static List<MetricFinding> findings() {
        return Stream.of(
                        MetricFinding.Kind.CPU,
                        MetricFinding.Kind.MEMORY,
                        MetricFinding.Kind.KILLS,
                        MetricFinding.Kind.KILL_TIMES,
                        MetricFinding.Kind.KILLED_REQUESTS)
                .map(kind -> new MetricFinding(kind, ADDRESS, ""))
                .toList();
    }

    private static Money price(PriceBook prices, String instanceType, CapacityType capacityType) {
        var perHour = prices.price(instanceType, Resources.ZERO, capacityType == CapacityType.SPOT)
                .perHour();
        return Money.of(perHour, Money.USD, RoundingMode.CEILING);
    }

    private ClusterSnapshot snapshot(Instant now) throws IngestException {
        lock.lock();
        try {
            if (now.isAfter(simulated.clock().instant())) simulated.advanceTo(now);
            return simulated.snapshot(now);
        } finally {
            lock.unlock();
        }
    }

    private UsageBatch read(UsageQuery query) {
        return locked(() -> simulated.read(query));
    }

    private Outcome apply(Recommendation recommendation) {
        return locked(() -> simulated.apply(recommendation));
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
