package io.trimtab.service.bench;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Money;
import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.HpaRule;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.cycle.Cycle;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleSettings;
import io.trimtab.recommend.plan.Planner;
import io.trimtab.recommend.pods.PodPolicy;
import io.trimtab.recommend.policy.ActTerms;
import io.trimtab.recommend.policy.Terms;
import io.trimtab.recommend.replay.SimulatedCluster;
import io.trimtab.recommend.replay.SimulatedClusterSpec;
import io.trimtab.recommend.replicas.ReplicaPolicy;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One whole round over a cluster of at least 10,000 containers, the samples of 5 minutes new in each, in a heap of 512 MiB that also holds the simulated cluster. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseCompactObjectHeaders"})
@Warmup(iterations = 10)
@Measurement(iterations = 20)
public class CycleBenchmark {
    private static final PriceBook PRICES = PriceBook.shipped();
    private static final int CONTAINERS = 10_000;
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final Duration HISTORY = Duration.ofHours(2);

    private final SimulatedCluster cluster = new SimulatedCluster(
            SimulatedClusterSpec.sized(3_000, 1_500).withHistoryKept(HISTORY), CycleBenchmark::price);
    private final Cycle cycle = new Cycle(
            new Cycle.Parts(
                    cluster.clock(),
                    cluster,
                    cluster,
                    new HistogramForecaster(),
                    new Planner(
                            PRICES,
                            io.trimtab.ingest.model.Mode.RECOMMEND,
                            new Terms(
                                    new PodPolicy(
                                            PodPolicy.DEFAULT.bounds(),
                                            PodPolicy.DEFAULT.limits(),
                                            Duration.ofHours(1),
                                            PodPolicy.DEFAULT.band(),
                                            PodPolicy.DEFAULT.risk()),
                                    ReplicaPolicy.DEFAULT,
                                    HpaRule.RETUNE,
                                    ActTerms.DEFAULT)),
                    CycleBenchmark::leave),
            new CycleSettings(HISTORY, STEP, HISTORY),
            CycleObserver.NONE);

    @Setup
    public void learn() throws IngestException {
        cluster.advanceTo(cluster.clock().instant().plus(HISTORY));
        cycle.runOnce();
        long containers = cluster.snapshot(cluster.clock().instant()).pods().stream()
                .mapToLong(pod -> pod.containers().size())
                .sum();
        if (containers < CONTAINERS)
            throw new IllegalStateException("only %d containers, %d wanted".formatted(containers, CONTAINERS));
        System.out.printf("%,d containers%n", containers);
    }

    @Setup(Level.Invocation)
    public void passTime() {
        cluster.advanceTo(cluster.clock().instant().plus(STEP));
    }

    @Benchmark
    public CycleReport round() {
        return cycle.runOnce();
    }

    private static Outcome leave(Recommendation recommendation) {
        return new Outcome.Skipped(recommendation.workload(), "measured only");
    }

    private static Money price(String instanceType, CapacityType capacityType) {
        return Money.of(
                PRICES.price(instanceType, Resources.ZERO, capacityType == CapacityType.SPOT)
                        .perHour(),
                Money.USD,
                RoundingMode.CEILING);
    }
}
