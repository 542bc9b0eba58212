package io.trimtab.recommend.nodes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Takes a few added nodes at a time and packs what lies on them anew, keeping what is better, as long as there is work left. */
final class Repacking {
    /** Any fixed number: the same problem has the same answer. */
    private static final long SEED = 20_261_124;

    /** More find better places but take longer: gaps on 10,000 different pods and 50 shapes were 4.3 % with 2, 3.8 % with 4, 4.5 % with 8. */
    private static final int MOST_NODES = 4;

    private static final int MOST_FUTILE_ROUNDS = 2000;

    /** Of few nodes there are few choices. */
    private static final int FUTILE_ROUNDS_PER_NODE = 40;

    /** Numbers that are cleared in the time of one step. */
    private static final int ARRAY_STEPS = 16;

    /** Sums in another order differ by less. */
    private static final double ROUNDING = 1e-9;

    private final Layout layout;
    private final List<Machine> candidates;
    private final Weights weights;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<NodeState> fixed = new ArrayList<>();
    private final List<NodeState> movable = new ArrayList<>();
    private final int[] added;

    private Repacking(Layout layout, List<Machine> candidates, Weights weights) {
        this.layout = layout;
        this.candidates = candidates;
        this.weights = weights;
        added = layout.addedByMachine();
        // Copies that are counted by zone stay, or their move would change what other zones may take.
        for (NodeState node : layout.addedNodes()) {
            boolean zoned = node.placed().stream().anyMatch(one -> one.kind().maxSkew() > 0);
            (zoned ? fixed : movable).add(node);
        }
    }

    static void improve(Layout layout, List<Machine> candidates, Weights weights, Work work) {
        if (layout.levelled()) return;
        var repacking = new Repacking(layout, candidates, weights);
        int most = Math.min(MOST_FUTILE_ROUNDS, FUTILE_ROUNDS_PER_NODE * repacking.movable.size());
        int futile = 0;
        while (futile < most && !repacking.movable.isEmpty() && !work.isSpent())
            futile = repacking.round(work) ? 0 : futile + 1;
        List<NodeState> nodes = new ArrayList<>(repacking.fixed);
        nodes.addAll(repacking.movable);
        layout.replaceAdded(nodes);
    }

    /** Whether a few nodes were packed anew and are better for it. */
    private boolean round(Work work) {
        int size = Math.min(movable.size(), 2 + random.nextInt(MOST_NODES - 1));
        // The chosen ones to the end, where they are cheap to exchange.
        for (int last = movable.size() - 1; last >= movable.size() - size; last--)
            Collections.swap(movable, last, random.nextInt(last + 1));
        List<NodeState> some = movable.subList(movable.size() - size, movable.size());
        Optional<Layout> packed = packedAnew(some, work);
        if (packed.isEmpty() || !packed.get().nothingWaits() || packed.get().levelled()) return false;
        Downsizing.apply(packed.get());
        if (!isBetter(packed.get(), some)) return false;
        some.forEach(node -> added[node.machine().index()]--);
        packed.get().addedNodes().forEach(node -> added[node.machine().index()]++);
        some.clear();
        movable.addAll(packed.get().addedNodes());
        return true;
    }

    private Optional<Layout> packedAnew(List<NodeState> some, Work work) {
        int[] waiting = new int[layout.instance().kinds().size()];
        int[] others = added.clone();
        Set<Integer> kinds = new TreeSet<>();
        for (NodeState node : some) {
            others[node.machine().index()]--;
            for (NodeState.Placed one : node.placed()) {
                waiting[one.kind().index()]++;
                kinds.add(one.kind().index());
            }
        }
        work.spend(waiting.length / ARRAY_STEPS + 1);
        List<PodKind> affected =
                kinds.stream().map(layout.instance().kinds()::get).toList();
        return Filling.pack(Layout.part(layout.instance(), affected, waiting, others), candidates, jittered(), work);
    }

    private static boolean isBetter(Layout packed, List<NodeState> than) {
        double value = than.stream().mapToDouble(node -> node.machine().worth()).sum();
        double cost =
                than.stream().mapToDouble(node -> node.machine().expectedCost()).sum();
        boolean same = packed.value() < value * (1 + ROUNDING);
        return packed.value() < value * (1 - ROUNDING) || (same && packed.expectedCost() < cost * (1 - ROUNDING));
    }

    private Weights jittered() {
        return new Weights(
                weights.perCpuMilli() * random.nextDouble(0.3, 1.7),
                weights.perMemoryByte() * random.nextDouble(0.3, 1.7),
                weights.perGpuMilli() * random.nextDouble(0.3, 1.7),
                weights.perPod(),
                random.nextBoolean());
    }
}
