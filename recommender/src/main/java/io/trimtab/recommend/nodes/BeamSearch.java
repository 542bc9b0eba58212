package io.trimtab.recommend.nodes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Searches a node's contents copy by copy, keeping the most promising parts of contents. What cannot come to be worth more than the best is left out, so where
 * nothing else was, the best is proven.
 */
final class BeamSearch {
    private static final int DEVICE = (int) PodGroup.DEVICE_MILLI;

    /** Steps that one part of contents takes. */
    private static final int STEPS = 12;

    /** To compare so few parts with each other takes longer than to extend them. */
    private static final int FEW = 1000;

    private static final double ROUNDING = 1e-9;

    private final Knapsack knapsack;
    private final Relaxation relaxation;
    private final List<int[]> found = new ArrayList<>();
    private double best;
    private boolean proven = true;
    private final boolean podsMatter;

    /** What has been chosen of the copies up to some point, and what it can be worth in the end. */
    record Part(
            double worth,
            double bound,
            long cpuMilli,
            long memoryBytes,
            int pods,
            int emptyDevices,
            int[] openMilli,
            long ports,
            int copy,
            int count,
            @Nullable Part before) {}

    private BeamSearch(Knapsack knapsack, Relaxation relaxation, double threshold) {
        this.knapsack = knapsack;
        this.relaxation = relaxation;
        best = threshold;
        podsMatter = !knapsack.fillsBefore(knapsack.pods);
    }

    /**
     * @param contents worth more than the threshold, each more than the one before
     * @param most no contents are worth more; nothing that was proven where it is infinite
     */
    record Found(List<int[]> contents, double most) {}

    static Found search(Knapsack knapsack, Relaxation relaxation, double threshold, int width, Work work) {
        var search = new BeamSearch(knapsack, relaxation, threshold);
        search.run(width, work);
        return new Found(search.found, search.proven ? search.best : Double.POSITIVE_INFINITY);
    }

    private void run(int width, Work work) {
        List<Part> parts = List.of(new Part(
                0,
                relaxation.bound(),
                knapsack.machine.cpuMilli(),
                knapsack.machine.memoryBytes(),
                knapsack.pods,
                knapsack.machine.devices(),
                new int[0],
                0,
                -1,
                0,
                null));
        for (int copy = 0; copy < knapsack.size() && !parts.isEmpty(); copy++) {
            List<Part> next = new ArrayList<>(2 * parts.size());
            for (Part part : parts) if (isOpen(part.bound())) extend(part, copy, next);
            work.spend((long) next.size() * STEPS + 1);
            if (next.size() > Math.min(width, FEW)) {
                work.spend((long) next.size() * STEPS);
                next = Dominance.undominated(next, podsMatter);
            }
            if (next.size() > width) {
                proven = false;
                next.sort(Comparator.comparingDouble((Part part) -> -part.bound()));
                next = new ArrayList<>(next.subList(0, width));
            }
            parts = next;
            if (work.isSpent()) {
                proven = false;
                return;
            }
        }
    }

    private boolean isOpen(double bound) {
        return bound > best * (1 + ROUNDING);
    }

    /** With none, one, two … of this copy. */
    private void extend(Part part, int copy, List<Part> next) {
        double surplus = relaxation.surplus(copy);
        int most = most(part, copy);
        int[] open = part.openMilli();
        int empty = part.emptyDevices();
        int share = knapsack.shareMilli[copy];
        for (int count = 0; count <= most; count++) {
            if (count > 0 && share > 0) {
                int device = device(open, share);
                if (device < 0 && empty == 0) {
                    // Best fit may have wasted room, so nothing is proven by the lack of it.
                    if (room(open) >= share) proven = false;
                    return;
                }
                open = device < 0 ? Arrays.copyOf(open, open.length + 1) : open.clone();
                if (device < 0) {
                    device = open.length - 1;
                    open[device] = DEVICE;
                    empty--;
                }
                open[device] -= share;
            }
            double bound = part.bound() + (surplus > 0 ? (count - knapsack.most[copy]) * surplus : count * surplus);
            if (!isOpen(bound)) {
                if (surplus <= 0) return;
                continue;
            }
            if (count == 0) next.add(with(part, bound));
            else add(extended(part, copy, count, bound, open, empty), next);
        }
    }

    private int most(Part part, int copy) {
        long most = Math.min(knapsack.most[copy], part.pods());
        if (knapsack.cpuMilli[copy] > 0) most = Math.min(most, part.cpuMilli() / knapsack.cpuMilli[copy]);
        if (knapsack.memoryBytes[copy] > 0) most = Math.min(most, part.memoryBytes() / knapsack.memoryBytes[copy]);
        if (knapsack.devices[copy] > 0) most = Math.min(most, part.emptyDevices() / knapsack.devices[copy]);
        return (knapsack.port[copy] & part.ports()) == 0 ? (int) most : 0;
    }

    private static int device(int[] open, int share) {
        int best = -1;
        for (int device = 0; device < open.length; device++)
            if (open[device] >= share && (best < 0 || open[device] < open[best])) best = device;
        return best;
    }

    private static int room(int[] open) {
        return Arrays.stream(open).sum();
    }

    private static Part with(Part part, double bound) {
        return new Part(
                part.worth(),
                bound,
                part.cpuMilli(),
                part.memoryBytes(),
                part.pods(),
                part.emptyDevices(),
                part.openMilli(),
                part.ports(),
                part.copy(),
                part.count(),
                part.before());
    }

    private Part extended(Part part, int copy, int count, double bound, int[] open, int empty) {
        return new Part(
                part.worth() + count * relaxation.worth(copy),
                bound,
                part.cpuMilli() - count * knapsack.cpuMilli[copy],
                part.memoryBytes() - count * knapsack.memoryBytes[copy],
                part.pods() - count,
                empty - count * knapsack.devices[copy],
                open,
                part.ports() | knapsack.port[copy],
                copy,
                count,
                part);
    }

    private void add(Part part, List<Part> next) {
        next.add(part);
        if (part.worth() <= best * (1 + ROUNDING)) return;
        best = part.worth();
        found.add(contents(part));
    }

    private int[] contents(Part last) {
        int[] counts = new int[knapsack.size()];
        for (Part part = last; part != null && part.copy() >= 0; part = part.before())
            counts[part.copy()] = part.count();
        return counts;
    }
}
