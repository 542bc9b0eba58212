package io.trimtab.recommend.replay;

import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The samples of every container for the window that is kept, those of pods that are gone included; and the kills. */
final class UsageHistory {
    record Kill(WorkloadId workload, OutOfMemoryKill kill) {}

    /** A node's samples are missed now and then, as by a scrape that timed out; all of them for half an hour every ten days, as by an upgrade of the collector. */
    private static final double MISSED_SCRAPES = 0.002;

    private static final long OUTAGE_EVERY_SECONDS = 10 * 86_400L;
    private static final long OUTAGE_SECONDS = 1_800;

    private final long seed;
    private final long startSecond;
    private final long stepSeconds;
    private final int kept;
    private final SortedMap<WorkloadId, List<ContainerHistory>> byWorkload = new TreeMap<>();
    private final List<Kill> kills = new ArrayList<>();
    private long prunedAt;

    UsageHistory(SimulatedClusterSpec spec) {
        seed = spec.seed();
        startSecond = spec.start().getEpochSecond();
        stepSeconds = spec.step().toSeconds();
        kept = Math.toIntExact(spec.historyKept().dividedBy(spec.step()));
    }

    /** Whether a sample of this node is taken at this moment. */
    boolean isScraped(long nodeSeed, long second) {
        boolean missed = Seeds.unit(nodeSeed + 2, second) < MISSED_SCRAPES;
        return !missed && !isOutage(second);
    }

    private boolean isOutage(long second) {
        long from = outageFrom(Math.floorDiv(second - startSecond, OUTAGE_EVERY_SECONDS));
        return second >= from && second < from + OUTAGE_SECONDS;
    }

    private long outageFrom(long period) {
        double when = 0.2 + 0.7 * Seeds.unit(seed + 4, period);
        return startSecond + period * OUTAGE_EVERY_SECONDS + Math.round(when * (OUTAGE_EVERY_SECONDS - OUTAGE_SECONDS));
    }

    /** The collector's outages that lie within or touch a span, each as its first moment and the first after it. */
    List<long[]> outages(long fromSecond, long toSecond) {
        List<long[]> found = new ArrayList<>();
        long first = Math.max(0, Math.floorDiv(fromSecond - startSecond, OUTAGE_EVERY_SECONDS));
        long last = Math.floorDiv(toSecond - startSecond, OUTAGE_EVERY_SECONDS);
        for (long period = first; period <= last; period++) {
            long from = outageFrom(period);
            if (from <= toSecond && from + OUTAGE_SECONDS > fromSecond)
                found.add(new long[] {from, from + OUTAGE_SECONDS});
        }
        return found;
    }

    void add(SimulatedPod pod, SimulatedContainer container, long second) {
        long index = (second - startSecond) / stepSeconds;
        ContainerHistory history = container.history;
        if (history == null) {
            history = open(pod, container, index);
            container.history = history;
        }
        history.add(index, container.usedMilli / 1000, container.memoryBytes);
    }

    /** A StatefulSet's pod goes on with the history of the pod that bore its name before. */
    private ContainerHistory open(SimulatedPod pod, SimulatedContainer container, long index) {
        ContainerId id = new ContainerId(pod.id, container.spec.name());
        List<ContainerHistory> histories =
                byWorkload.computeIfAbsent(pod.workload.plan.id(), absent -> new ArrayList<>());
        if (pod.workload.plan.kind() == WorkloadKind.STATEFUL_STORE) {
            for (ContainerHistory earlier : histories) if (earlier.container.equals(id)) return earlier;
        }
        ContainerHistory opened = new ContainerHistory(id, kept, index);
        histories.add(opened);
        return opened;
    }

    void addKill(WorkloadId workload, ContainerId container, long memoryRequestBytes, long second) {
        Instant at = Instant.ofEpochSecond(second);
        kills.add(new Kill(workload, new OutOfMemoryKill(container, at, new Bytes(memoryRequestBytes), at)));
    }

    /** Once a day, forgets pods whose last sample, and kills, that are older than what is kept. */
    void prune(long second) {
        if (second - prunedAt < 86_400) return;
        prunedAt = second;
        long oldest = oldestIndex(second);
        for (List<ContainerHistory> histories : byWorkload.values())
            histories.removeIf(history -> history.endIndex() <= oldest);
        kills.removeIf(kill -> kill.kill().at().getEpochSecond() < secondOf(oldest));
    }

    /** The index of the oldest sample that is still answered for. */
    long oldestIndex(long nowSecond) {
        return Math.max(1, (nowSecond - startSecond) / stepSeconds - kept + 1);
    }

    long secondOf(long index) {
        return startSecond + index * stepSeconds;
    }

    /** The index of the last sample at or before a moment; may be negative. */
    long indexAtOrBefore(long second) {
        return Math.floorDiv(second - startSecond, stepSeconds);
    }

    SortedMap<WorkloadId, List<ContainerHistory>> byWorkload() {
        return byWorkload;
    }

    List<Kill> kills() {
        return kills;
    }

    /** Bytes that the samples take. */
    long sizeBytes() {
        long size = 0;
        for (List<ContainerHistory> histories : byWorkload.values())
            for (ContainerHistory history : histories) size += history.sizeBytes();
        return size;
    }
}
