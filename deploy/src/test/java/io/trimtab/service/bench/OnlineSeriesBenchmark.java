package io.trimtab.service.bench;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.online.Level;
import io.trimtab.forecast.online.OnlineSeries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/** One online series: a sample, a refit, an outlook; and what 60,000 of them say in one cycle. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OnlineSeriesBenchmark {
    private static final int SERIES = 60_000;
    private static final int DAYS = 28;

    /** Those that the levers spend: a pod's start, a node's, an hour, a day, a week. */
    private static final List<Duration> HORIZONS = List.of(
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(24),
            Duration.ofDays(7));

    private final double[] noise = new double[1 << 12];
    private final List<OnlineSeries> many = new ArrayList<>();
    private OnlineSeries sampled = new OnlineSeries();
    private byte[] learned = new byte[0];
    private long minute;

    @Setup
    public void learn() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < noise.length; i++) noise[i] = random.nextGaussian();
        OnlineSeries series = new OnlineSeries();
        for (minute = 0; minute < DAYS * 1440L; minute++) {
            series.add(60 * minute, demand());
            series.refit();
        }
        StateWriter writer = new StateWriter();
        series.write(writer);
        learned = writer.toBytes();
        sampled = OnlineSeries.read(new StateReader(learned));
        for (int i = 0; i < SERIES; i++) many.add(OnlineSeries.read(new StateReader(learned)));
    }

    private double demand() {
        double day = Math.sin(2 * Math.PI * (minute % 1440) / 1440);
        return 100 + 30 * day + 5 * noise[(int) (minute & (noise.length - 1))];
    }

    /** Each ends a minute, one of sixty an hour. */
    @Benchmark
    public boolean takeSample() {
        return sampled.add(60 * minute++, demand());
    }

    @Benchmark
    public double outlookOfFiveHorizons() {
        return outlooks(many.get(0));
    }

    /** Reading the state included, 10 us. */
    @Benchmark
    public OnlineSeries refit() {
        OnlineSeries series = OnlineSeries.read(new StateReader(learned));
        series.add(60L * 1440 * DAYS, 100);
        series.refit();
        return series;
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Warmup(iterations = 3)
    @Measurement(iterations = 5)
    public double cycleOf60000Series() {
        return many.parallelStream()
                .mapToDouble(OnlineSeriesBenchmark::outlooks)
                .sum();
    }

    private static double outlooks(OnlineSeries series) {
        double sum = 0;
        for (Duration horizon : HORIZONS) sum += series.forecast(horizon).maximum(Level.P95);
        return sum;
    }
}
