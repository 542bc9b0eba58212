package io.trimtab.forecast;

import io.trimtab.forecast.Demand.History;
import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.sketch.Buckets;
import io.trimtab.forecast.sketch.DecayingHistogram;
import io.trimtab.forecast.sketch.FrozenHistogram;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the containers of one name in all pods of one workload used: all CPU samples, and of memory one peak for each container and day. Not safe
 * for threads.
 *
 * @see "k8s.io/autoscaler vertical-pod-autoscaler 1.8.1, pkg/recommender/model/aggregate_container_state.go"
 */
public final class UsageAggregate {
    static final Duration HALF_LIFE = Duration.ofHours(24);

    /** Of each CPU sample; since 1.5 the VPA gives all of them the same. */
    private static final double CPU_WEIGHT = 0.1;

    private static final double MEMORY_WEIGHT = 1;

    /** The largest amount that the VPA knows, in millicores or bytes. */
    private static final double LARGEST = 1e14;

    private final DecayingHistogram cpu;
    private final DecayingHistogram memory;
    private final DailyUsage days;
    private @Nullable Instant firstAt;
    private @Nullable Instant lastAt;
    private long samples;

    private UsageAggregate(DecayingHistogram cpu, DecayingHistogram memory, DailyUsage days, History history) {
        this.cpu = cpu;
        this.memory = memory;
        this.days = days;
        this.firstAt = history.firstSampleAt().orElse(null);
        this.lastAt = history.lastSampleAt().orElse(null);
        this.samples = history.samples();
    }

    public static UsageAggregate empty() {
        return new UsageAggregate(
                DecayingHistogram.decaying(Buckets.CPU, HALF_LIFE),
                DecayingHistogram.decaying(Buckets.MEMORY, HALF_LIFE),
                new DailyUsage(),
                new History(Optional.empty(), Optional.empty(), 0));
    }

    /** @throws IllegalArgumentException if a histogram has a bucket that there is not */
    public static UsageAggregate restore(UsageCheckpoint checkpoint) {
        return new UsageAggregate(
                DecayingHistogram.restore(Buckets.CPU, HALF_LIFE, checkpoint.cpu()),
                DecayingHistogram.restore(Buckets.MEMORY, HALF_LIFE, checkpoint.memory()),
                new DailyUsage(),
                checkpoint.history());
    }

    public UsageCheckpoint checkpoint() {
        return new UsageCheckpoint(history(), cpu.checkpoint(), memory.checkpoint());
    }

    /** To the last bit, which a checkpoint is not. */
    void write(StateWriter to) {
        cpu.write(to);
        memory.write(to);
        days.write(to);
        to.moment(firstAt);
        to.moment(lastAt);
        to.number(samples);
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    static UsageAggregate read(StateReader from) {
        return new UsageAggregate(
                DecayingHistogram.read(Buckets.CPU, HALF_LIFE, from),
                DecayingHistogram.read(Buckets.MEMORY, HALF_LIFE, from),
                DailyUsage.read(from),
                new History(Optional.ofNullable(from.moment()), Optional.ofNullable(from.moment()), from.number()));
    }

    /** One more container that adds to this. */
    public ContainerUsage container() {
        return new ContainerUsage(this);
    }

    public History history() {
        return new History(Optional.ofNullable(firstAt), Optional.ofNullable(lastAt), samples);
    }

    /** Of CPU in cores, as of now; empty without a sample. */
    public Optional<Distribution> cpu() {
        return distribution(cpu);
    }

    /** Of daily peaks of memory in bytes, as of now; empty without a sample. */
    public Optional<Distribution> memory() {
        return distribution(memory);
    }

    /** Of the newest two weeks, as of now. */
    public RecentDays recent() {
        return days.recent();
    }

    void addCpu(Instant at, double cores) {
        cpu.add((double) truncated(cores * 1000) / 1000, CPU_WEIGHT, at);
        days.addCpu(at, cores);
        if (lastAt == null || at.isAfter(lastAt)) lastAt = at;
        if (firstAt == null || at.isBefore(firstAt)) firstAt = at;
        samples++;
    }

    void addPeak(Instant at, long bytes) {
        memory.add((double) bytes, MEMORY_WEIGHT, at);
    }

    void subtractPeak(Instant at, long bytes) {
        memory.subtract((double) bytes, MEMORY_WEIGHT, at);
    }

    /**
     * One container's highest sample of a day rose.
     *
     * @param end of the day
     * @param from 0 for its first sample
     */
    void raiseDay(Instant end, long from, long to) {
        if (from > 0) days.subtractPeak(end, from);
        days.addPeak(end, to);
    }

    /** @param needed bytes that a container is taken to have needed that was killed */
    void addKill(Instant at, long needed) {
        days.addKill(at, needed);
    }

    /** Whole millicores or bytes, cut off as the VPA does. */
    static long truncated(double amount) {
        return (long) Math.clamp(amount, 0, LARGEST);
    }

    private static Optional<Distribution> distribution(DecayingHistogram histogram) {
        return histogram.isEmpty() ? Optional.empty() : Optional.of(new Held(histogram.freeze()));
    }

    private record Held(FrozenHistogram histogram) implements Distribution {
        @Override
        public double quantile(double probability) {
            return histogram.quantile(probability);
        }

        @Override
        public double shareAbove(double amount) {
            return histogram.shareAbove(amount);
        }
    }
}
