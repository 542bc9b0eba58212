package io.trimtab.service.bench;

import io.trimtab.forecast.sketch.Buckets;
import io.trimtab.forecast.sketch.DecayingHistogram;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The decaying histogram of one container's CPU: taking a sample, answering a percentile. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HistogramBenchmark {
    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");

    private final double[] cores = new double[1 << 12];
    private DecayingHistogram histogram = DecayingHistogram.decaying(Buckets.CPU, Duration.ofHours(24));
    private long count;

    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < cores.length; i++) cores[i] = Math.exp(random.nextGaussian() - 1);
        histogram = DecayingHistogram.decaying(Buckets.CPU, Duration.ofHours(24));
        for (int i = 0; i < 11_520; i++) takeSample();
    }

    @Benchmark
    public void takeSample() {
        double value = cores[(int) (count & (cores.length - 1))];
        // A minute apart, over and over within a week: far from the shift of reference that real time brings once in
        // months.
        histogram.add(value, 0.1, START.plusSeconds(60 * (count++ % 10_080)));
    }

    @Benchmark
    public double percentile() {
        return histogram.quantile(0.9);
    }
}
