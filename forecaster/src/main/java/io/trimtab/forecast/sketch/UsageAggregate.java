package io.trimtab.forecast.sketch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a container used, over all pods of its workload, as the stock VPA aggregates it: every CPU sample, and of memory the peak of each pod's each day.
 * A kill for memory counts as a peak that is 20 % and at least 100 MiB higher.
 *
 * @see "kubernetes/autoscaler, vertical-pod-autoscaler 1.8.1, pkg/recommender/model"
 */
public final class UsageAggregate {
    private static final double SAMPLE_WEIGHT = 0.1;
    private static final double PEAK_WEIGHT = 1.0;
    private static final Duration HALF_LIFE = Duration.ofHours(24);
    private static final Duration MEMORY_WINDOW = Duration.ofHours(24);
    private static final double KILL_RATIO = 1.2;
    private static final long KILL_BYTES = 100L << 20;

    private final DecayingHistogram cpu = new DecayingHistogram(Buckets.CPU_CORES, Optional.of(HALF_LIFE));
    private final DecayingHistogram memory = new DecayingHistogram(Buckets.MEMORY_BYTES, Optional.of(HALF_LIFE));
    private final Map<String, PodState> pods = new HashMap<>();
    private Optional<Instant> firstSample = Optional.empty();
    private Optional<Instant> lastSample = Optional.empty();
    private long samples;

    /** Where the peak of a pod's running day stands. */
    private static final class PodState {
        private Instant lastCpu = Instant.MIN;
        private Optional<Instant> lastMemory = Optional.empty();
        private Instant windowEnd = Instant.MIN;
        private long peakBytes;
        private long killPeakBytes;

        private long highestBytes() {
            return Math.max(peakBytes, killPeakBytes);
        }
    }

    public DecayingHistogram cpu() {
        return cpu;
    }

    public DecayingHistogram memoryPeaks() {
        return memory;
    }

    public Optional<Instant> firstSampleAt() {
        return firstSample;
    }

    public Optional<Instant> lastSampleAt() {
        return lastSample;
    }

    public long samples() {
        return samples;
    }

    /**
     * @param cores truncated to millicores; ignored when it is not later than the pod's last one
     */
    public void addCpu(String pod, double cores, Instant at) {
        PodState state = pods.computeIfAbsent(pod, name -> new PodState());
        if (!at.isAfter(state.lastCpu)) return;
        state.lastCpu = at;
        cpu.add((long) (cores * 1000) / 1000.0, SAMPLE_WEIGHT, at);
        if (firstSample.isEmpty() || at.isBefore(firstSample.get())) firstSample = Optional.of(at);
        if (lastSample.isEmpty() || at.isAfter(lastSample.get())) lastSample = Optional.of(at);
        samples++;
    }

    /** @param bytes truncated to whole bytes; ignored when it is older than the pod's last one */
    public void addMemory(String pod, double bytes, Instant at) {
        PodState state = pods.computeIfAbsent(pod, name -> new PodState());
        if (state.lastMemory.isPresent() && at.isBefore(state.lastMemory.get())) return;
        addPeak(state, (long) bytes, at, false);
    }

    /**
     * @param requestBytes the memory request at the kill
     * @return whether it counted: one more than a day older than the pod's last sample does not
     */
    public boolean addKill(String pod, long requestBytes, Instant at) {
        PodState state = pods.computeIfAbsent(pod, name -> new PodState());
        boolean tooOld = state.lastMemory
                .map(last -> at.isBefore(last.minus(MEMORY_WINDOW)))
                .orElse(false);
        if (tooOld) return false;
        long usedBytes = Math.max(requestBytes, state.peakBytes);
        addPeak(state, Math.max(usedBytes + KILL_BYTES, (long) (usedBytes * KILL_RATIO)), at, true);
        return true;
    }

    private void addPeak(PodState state, long bytes, Instant at, boolean kill) {
        if (state.lastMemory.isEmpty()) state.windowEnd = at;
        state.lastMemory = Optional.of(at);
        if (at.isBefore(state.windowEnd)) {
            long before = state.highestBytes();
            if (before == 0 || bytes <= before) return;
            memory.subtract((double) before, PEAK_WEIGHT, state.windowEnd);
        } else {
            long passed = Duration.between(state.windowEnd, at).toMillis() / MEMORY_WINDOW.toMillis();
            state.windowEnd = state.windowEnd.plus(MEMORY_WINDOW.multipliedBy(passed + 1));
            state.peakBytes = 0;
            state.killPeakBytes = 0;
        }
        memory.add((double) bytes, PEAK_WEIGHT, state.windowEnd);
        if (kill) state.killPeakBytes = bytes;
        else state.peakBytes = bytes;
    }

    /** Forgets the running days of pods that are gone; what they used stays. */
    public void keepPods(java.util.Set<String> alive) {
        pods.keySet().retainAll(alive);
    }

    /** The stock VPA's checkpoint, version v3. */
    public record Checkpoint(
            Optional<Instant> firstSampleAt,
            Optional<Instant> lastSampleAt,
            long samples,
            DecayingHistogram.Checkpoint cpu,
            DecayingHistogram.Checkpoint memory) {}

    public Checkpoint checkpoint() {
        return new Checkpoint(firstSample, lastSample, samples, cpu.checkpoint(), memory.checkpoint());
    }

    /** @throws IllegalArgumentException if a histogram does not fit */
    public void load(Checkpoint checkpoint) {
        firstSample = checkpoint.firstSampleAt();
        lastSample = checkpoint.lastSampleAt();
        samples = checkpoint.samples();
        cpu.load(checkpoint.cpu());
        memory.load(checkpoint.memory());
    }
}
