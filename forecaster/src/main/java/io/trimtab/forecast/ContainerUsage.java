package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one container of one pod used: keeps its samples in order and finds the peak of memory of each day since its first sample. Not safe for
 * threads.
 *
 * @see "k8s.io/autoscaler vertical-pod-autoscaler 1.8.1, pkg/recommender/model/container.go"
 */
public final class ContainerUsage {
    private static final Duration PEAK_INTERVAL = Duration.ofHours(24);

    /** A container that was killed for memory is taken to need this much more than it had, by whichever is more. */
    private static final double KILL_RATIO = 1.2;

    private static final long KILL_BYTES = 100L << 20;

    private final UsageAggregate aggregate;
    private @Nullable Instant lastCpuAt;
    private @Nullable Instant lastMemoryAt;
    private @Nullable Instant windowEnd;
    private long peakBytes;
    private long killPeakBytes;

    /** The highest sample of the window; unlike {@code peakBytes} it goes on after a kill. */
    private long usedBytes;

    ContainerUsage(UsageAggregate aggregate) {
        this.aggregate = aggregate;
    }

    /**
     * @param cores finite and >= 0; counted in whole millicores
     * @return whether it was new; a sample that is not after the newest one is dropped
     */
    public boolean addCpu(Instant at, double cores) {
        if (lastCpuAt != null && !at.isAfter(lastCpuAt)) return false;
        aggregate.addCpu(at, cores);
        lastCpuAt = at;
        return true;
    }

    /**
     * @param bytes finite and >= 0; counted in whole bytes
     * @return whether it counted; a sample before the newest one is dropped
     */
    public boolean addMemory(Instant at, double bytes) {
        if (lastMemoryAt != null && at.isBefore(lastMemoryAt)) return false;
        addMemory(at, UsageAggregate.truncated(bytes), false);
        return true;
    }

    /**
     * Counts as a sample of what the container is taken to have needed.
     *
     * @param requestBytes its memory request at that moment; 0 when it had none
     * @return whether it counted in the stock VPA's histogram, which drops a kill more than a day before the newest sample; the days keep it
     */
    public boolean addKill(Instant at, long requestBytes) {
        long needed = needed(Math.max(requestBytes, peakBytes));
        aggregate.addKill(at, needed);
        if (lastMemoryAt != null && at.isBefore(lastMemoryAt.minus(PEAK_INTERVAL))) return false;
        addMemory(at, needed, true);
        return true;
    }

    /** What a container is taken to need that was killed while it used {@code bytes}. */
    public static long needed(long bytes) {
        return Math.max(
                UsageAggregate.truncated(bytes + (double) KILL_BYTES), UsageAggregate.truncated(bytes * KILL_RATIO));
    }

    /** Without the aggregate, which it shares. */
    void write(StateWriter to) {
        to.moment(lastCpuAt);
        to.moment(lastMemoryAt);
        to.moment(windowEnd);
        to.number(peakBytes);
        to.number(killPeakBytes);
        to.number(usedBytes);
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    static ContainerUsage read(UsageAggregate aggregate, StateReader from) {
        ContainerUsage usage = new ContainerUsage(aggregate);
        usage.lastCpuAt = from.moment();
        usage.lastMemoryAt = from.moment();
        usage.windowEnd = from.moment();
        usage.peakBytes = from.number();
        usage.killPeakBytes = from.number();
        usage.usedBytes = from.number();
        return usage;
    }

    private void addMemory(Instant at, long bytes, boolean kill) {
        lastMemoryAt = at;
        Instant end = windowEnd == null ? at : windowEnd;
        boolean fresh = !at.isBefore(end);
        if (fresh) {
            long intervals = Duration.between(end, at).dividedBy(PEAK_INTERVAL) + 1;
            end = end.plus(PEAK_INTERVAL.multipliedBy(intervals));
            windowEnd = end;
            peakBytes = 0;
            killPeakBytes = 0;
            usedBytes = 0;
        }
        if (!kill && bytes > usedBytes) {
            aggregate.raiseDay(end, usedBytes, bytes);
            usedBytes = bytes;
        }
        if (!fresh) {
            long before = Math.max(peakBytes, killPeakBytes);
            if (before == 0 || bytes <= before) return;
            aggregate.subtractPeak(end, before);
        }
        aggregate.addPeak(end, bytes);
        if (kill) killPeakBytes = bytes;
        else peakBytes = bytes;
    }
}
