package io.trimtab.recommend.replay;

import io.trimtab.ingest.model.PodId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pod and where it stands in its life; moments are seconds since the epoch. */
final class SimulatedPod {
    static final long NEVER = Long.MIN_VALUE;

    final PodId id;
    final SimulatedWorkload workload;
    final long ordinal;
    final int revision;
    final long createdAt;
    final List<SimulatedContainer> containers;

    /** The node that a daemon's pod is for. */
    final @Nullable SimulatedNode onlyNode;

    @Nullable
    SimulatedNode node;

    long boundAt = NEVER;
    long startedAt = NEVER;
    long readyAt = NEVER;
    long deletedAt = NEVER;
    boolean hasEverStarted;
    boolean gone;

    /** Counts the starts, so that an event meant for an earlier one is known as late. */
    int incarnation;

    int killsInARow;

    /** Work of a run to completion that is left, in milli-core-seconds, as of {@code progressAt}, going down by {@code rateMilli}. */
    double workLeft;

    double workTotal;
    double rateMilli;
    long progressAt;

    /** The recent load relative to the usual peak, which memory follows with a delay; and the highest since the start. */
    double load;

    double highestLoad;
    boolean resizeWaits;

    SimulatedPod(PodId id, SimulatedWorkload workload, long ordinal, long createdAt, @Nullable SimulatedNode onlyNode) {
        this.id = id;
        this.workload = workload;
        this.ordinal = ordinal;
        this.revision = workload.revision;
        this.createdAt = createdAt;
        this.onlyNode = onlyNode;
        this.containers =
                workload.template.stream().map(SimulatedContainer::new).toList();
    }

    boolean isRunning() {
        return startedAt != NEVER;
    }

    boolean isReady() {
        return readyAt != NEVER;
    }

    boolean isTerminating() {
        return deletedAt != NEVER;
    }

    long cpuRequestMilli() {
        long sum = 0;
        for (SimulatedContainer container : containers) sum += container.cpuRequestMilli;
        return sum;
    }

    long memoryRequestBytes() {
        long sum = 0;
        for (SimulatedContainer container : containers) sum += container.memoryRequestBytes;
        return sum;
    }

    long gpuMilli() {
        long sum = 0;
        for (SimulatedContainer container : containers)
            sum += container.spec.requirements().gpu().value();
        return sum;
    }

    /** Seconds that the work left takes at the present rate. */
    double secondsLeft() {
        return rateMilli <= 0 ? Double.POSITIVE_INFINITY : workLeft / rateMilli;
    }
}
