package io.trimtab.recommend.nodes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Fills one node after another with the copies that suit its room best, choosing each time the shape that carries the most for its price.
 *
 * @see "Panigrahy, Talwar, Uyeda, Wieder: Heuristics for Vector Bin Packing, 2011 (dot product)"
 */
final class Filling {
    private final Layout layout;
    private final List<Machine> candidates;
    private final Weights weights;
    private final Work work;

    private Filling(Layout layout, List<Machine> candidates, Weights weights, Work work) {
        this.layout = layout;
        this.candidates = candidates;
        this.weights = weights;
        this.work = work;
    }

    /**
     * @param candidates the shapes to try for each node; what fits none of them goes by first fit
     * @return nothing if the work was spent before the end
     */
    static Optional<Layout> pack(Layout layout, List<Machine> candidates, Weights weights, Work work) {
        var filling = new Filling(layout, candidates, weights, work);
        for (NodeState node : List.copyOf(layout.nodes())) {
            filling.choose(node).forEach(kind -> layout.place(node, kind));
            if (work.isSpent()) return Optional.empty();
        }
        while (filling.addBest()) if (work.isSpent()) return Optional.empty();
        if (work.isSpent()) return Optional.empty();
        return FirstFit.pack(layout, layout.kinds(), Opening.forTheRest(), work);
    }

    private record Filled(Machine machine, List<PodKind> contents, double valueForPrice) {}

    private boolean addBest() {
        Optional<Filled> best = candidates.stream()
                .filter(layout::mayAdd)
                .map(this::filled)
                .filter(filled -> !filled.contents().isEmpty())
                .max(Comparator.comparingDouble(Filled::valueForPrice)
                        .thenComparingInt(filled -> -filled.machine().index()));
        if (best.isEmpty() || work.isSpent()) return false;
        add(best.get());
        // The same contents again as often as there are copies for them: the choice would be the same.
        while (layout.mayAdd(best.get().machine()) && repeats(best.get().contents())) add(best.get());
        return true;
    }

    private Filled filled(Machine machine) {
        List<PodKind> contents = choose(NodeState.empty(machine));
        double value = contents.stream().mapToDouble(weights::of).sum();
        return new Filled(machine, contents, value / Math.max(machine.worth(), Double.MIN_NORMAL));
    }

    private void add(Filled filled) {
        NodeState node = layout.add(filled.machine());
        filled.contents().forEach(kind -> layout.place(node, kind));
        work.spend(filled.contents().size());
    }

    private boolean repeats(List<PodKind> contents) {
        IdentityHashMap<PodKind, Integer> wanted = new IdentityHashMap<>();
        for (PodKind kind : contents) {
            if (kind.maxSkew() > 0 || wanted.merge(kind, 1, Integer::sum) > layout.waiting(kind)) return false;
        }
        return true;
    }

    /** A kind that may get copies on the node, and how many it has got. */
    private static final class Option {
        private final PodKind kind;
        private int taken;

        Option(PodKind kind) {
            this.kind = kind;
        }
    }

    /** The copies that the node would get, in the order in which they would be placed. */
    private List<PodKind> choose(NodeState node) {
        NodeState trial = node.copy();
        List<Option> open = new ArrayList<>();
        for (PodKind kind : layout.kinds()) if (layout.waiting(kind) > 0) open.add(new Option(kind));
        work.spend(layout.kinds().size());
        List<PodKind> contents = new ArrayList<>();
        while (!work.isSpent()) {
            work.spend(open.size());
            open.removeIf(option -> isClosed(option, trial));
            if (open.isEmpty()) break;
            Option best = open.getFirst();
            double bestFit = weights.fit(best.kind, trial);
            for (Option option : open) {
                double fit = weights.fit(option.kind, trial);
                if (fit <= bestFit) continue;
                best = option;
                bestFit = fit;
            }
            trial.place(best.kind);
            best.taken++;
            contents.add(best.kind);
        }
        return contents;
    }

    private boolean isClosed(Option option, NodeState trial) {
        return option.taken == layout.waiting(option.kind)
                || !trial.takes(option.kind)
                || !layout.zoneAllows(option.kind, trial.machine(), option.taken);
    }
}
