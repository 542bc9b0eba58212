package io.trimtab.service.bench;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Money;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.recommend.replay.SimulatedCluster;
import io.trimtab.recommend.replay.SimulatedClusterSpec;
import io.trimtab.recommend.replay.SimulationReport;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Thirty simulated days of 300 workloads on 60 nodes, from a cold JVM. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class ReplayBenchmark {
    private static final PriceBook PRICES = PriceBook.shipped();

    @Benchmark
    public SimulationReport thirtyDays() {
        SimulatedClusterSpec spec = SimulatedClusterSpec.sized(300, 60);
        SimulatedCluster cluster = new SimulatedCluster(spec, ReplayBenchmark::price);
        cluster.advanceTo(spec.start().plus(Duration.ofDays(30)));
        return cluster.report();
    }

    private static Money price(String instanceType, CapacityType capacityType) {
        return Money.of(
                PRICES.price(instanceType, Resources.ZERO, capacityType == CapacityType.SPOT)
                        .perHour(),
                Money.USD,
                RoundingMode.CEILING);
    }
}
