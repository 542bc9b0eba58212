package io.trimtab.recommend.feasible;

import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.WorkloadId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is free on each node, less with each pod that is placed. Pods that wait for a node have theirs already. */
final class FreeNodes {
    private final List<Free> all = new ArrayList<>();
    private final Map<WorkloadId, Integer> placed = new HashMap<>();

    private static final class Free {
        private final Node node;
        private Resources room;
        private int pods;

        private Free(Node node) {
            this.node = node;
            this.room = node.allocatable();
            this.pods = node.maxPods();
        }

        private boolean carries(PodShape each) {
            return each.scheduling().allows(node);
        }

        private void place(Resources requested) {
            room = room.minusOrZero(requested);
            pods = Math.max(0, pods - 1);
        }

        private long count(Resources each) {
            long count = pods;
            if (each.cpu().value() > 0)
                count = Math.min(count, room.cpu().value() / each.cpu().value());
            if (each.memory().value() > 0)
                count = Math.min(count, room.memory().value() / each.memory().value());
            if (each.gpu().value() > 0)
                count = Math.min(count, room.gpu().value() / each.gpu().value());
            return count;
        }
    }

    FreeNodes(ClusterSnapshot snapshot) {
        Map<String, Free> byName = new HashMap<>();
        for (Node node : snapshot.nodes()) {
            var free = new Free(node);
            byName.put(node.name(), free);
            if (node.ready() && node.schedulable()) all.add(free);
        }
        List<Pod> waiting = new ArrayList<>();
        for (Pod pod : snapshot.pods()) {
            if (pod.phase() == PodPhase.SUCCEEDED || pod.phase() == PodPhase.FAILED) continue;
            Free on = pod.node().map(byName::get).orElse(null);
            if (on != null) {
                on.place(PodShape.of(pod).requested());
                count(pod);
            } else if (pod.node().isEmpty() && pod.deletedAt().isEmpty()) waiting.add(pod);
        }
        waiting.stream().filter(pod -> place(PodShape.of(pod), 1) == 1).forEach(this::count);
    }

    private void count(Pod pod) {
        if (pod.deletedAt().isEmpty()) pod.owner().ifPresent(owner -> placed.merge(owner, 1, Integer::sum));
    }

    /** How many of its pods have a node, or find one. */
    int placed(WorkloadId workload) {
        return placed.getOrDefault(workload, 0);
    }

    /** How many such pods find room. */
    long count(PodShape each) {
        Resources requested = each.requested();
        return all.stream()
                .filter(free -> free.carries(each))
                .mapToLong(free -> free.count(requested))
                .sum();
    }

    /**
     * On the first nodes with room, by name.
     *
     * @return how many found some
     */
    int place(PodShape each, int pods) {
        Resources requested = each.requested();
        int left = pods;
        for (Free free : all) {
            if (!free.carries(each)) continue;
            for (; left > 0 && free.count(requested) > 0; left--) free.place(requested);
        }
        return pods - left;
    }
}
