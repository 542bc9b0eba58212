package io.trimtab.recommend.consolidation;

import java.util.List;
import java.util.Optional;

/**
 * The room for a pod that leaves the least behind, among nodes that stay anyhow: those that cannot be drained, have received pods or are added. Only where none has
 * room, the first other node, those that are worth keeping first.
 */
final class Guided implements Draft.Choice {
    private final List<Host> keepFirst;
    private final boolean[] staying;
    private final double gibPerMilli;

    /** @param staying by index: hosts that cannot be drained */
    Guided(List<Host> keepFirst, boolean[] staying, double gibPerMilli) {
        this.keepFirst = keepFirst;
        this.staying = staying;
        this.gibPerMilli = gibPerMilli;
    }

    @Override
    public Optional<Room> room(Draft draft, Moving pod) {
        Room best = null;
        double closest = -1;
        Room fresh = null;
        for (Host host : keepFirst) {
            Room room = draft.room(host);
            boolean stays = staying[host.index()] || room.received() > 0;
            if (!stays && fresh != null) continue;
            if (draft.isDrained(host.index()) || !suits(draft, room, pod)) continue;
            if (!stays) {
                fresh = room;
                continue;
            }
            double alike = alike(pod, room);
            if (alike <= closest) continue;
            best = room;
            closest = alike;
        }
        for (Draft.Added added : draft.added()) {
            double alike = suits(draft, added.room(), pod) ? alike(pod, added.room()) : -1;
            if (alike <= closest) continue;
            best = added.room();
            closest = alike;
        }
        return Optional.ofNullable(best == null ? fresh : best);
    }

    /** Never more pods of a disruption budget than it lets go at once: the node could not be drained after that. */
    static boolean suits(Draft draft, Room room, Moving pod) {
        if (!room.takes(pod)) return false;
        if (pod.pod().budget().isEmpty()) return true;
        String budget = pod.pod().budget().get();
        return room.pods(budget) < draft.cluster().allowed(budget);
    }

    /** The cosine of what the pod asks for and what is free, a core counted as so many GiB as pods ask for with it on average. */
    private double alike(Moving pod, Room room) {
        double podCores = pod.cpuMilli() * gibPerMilli;
        double podGib = pod.memoryBytes() / (double) (1L << 30);
        double cores = room.cpuMilli() * gibPerMilli;
        double gib = room.memoryBytes() / (double) (1L << 30);
        double lengths = Math.sqrt((podCores * podCores + podGib * podGib) * (cores * cores + gib * gib));
        return lengths == 0 ? 0 : (podCores * cores + podGib * gib) / lengths;
    }
}
