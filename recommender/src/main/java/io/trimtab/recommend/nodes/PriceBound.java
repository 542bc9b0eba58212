package io.trimtab.recommend.nodes;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The bound that prices of copies prove: if no contents of a node are worth more than so many times what the node costs, then all copies together cost at least
 * their worth divided by that. Only what a finished search or a relaxation says of the contents counts, so that bad prices give a low bound, never a wrong one.
 *
 * @see "Farley: A note on bounding a class of linear programming problems, including cutting stock problems, 1990"
 */
final class PriceBound {
    private static final double ROUNDING = 1e-9;
    private static final double[] OVER = {1e-7, 0.001, 0.002, 0.005, 0.01, 0.02};
    /** Parts of contents that are kept at once. */
    private static final int WIDTH = 20_000;

    private PriceBound() {}

    /**
     * @param worth of a copy of each kind, at least 0
     * @param price of a node, at least 0
     * @return 0 where it proves nothing
     */
    static double of(Instance instance, int[] placed, double[] worth, ToDoubleFunction<Machine> price, Work work) {
        if (!instance.running().isEmpty()) return 0;
        double sum = 0;
        for (PodKind kind : instance.kinds()) sum += worth[kind.index()] * placed[kind.index()];
        double scale = Double.POSITIVE_INFINITY;
        List<Machine> machines = Catalogue.of(instance.machines(), instance.kinds(), List.of(price));
        int[] counted = new int[placed.length];
        for (int kind = 0; kind < placed.length; kind++) counted[kind] = worth[kind] > 0 ? placed[kind] : 0;
        Ports ports = Ports.of(instance.kinds()).orElseThrow();
        for (Machine machine : machines) {
            Knapsack knapsack = Knapsack.of(machine, instance.kinds(), counted, ports, true);
            if (knapsack.size() == 0) continue;
            Work part = work.part(4);
            scale = Math.min(scale, price.applyAsDouble(machine) / most(knapsack, worth, part));
            work.spend(part.spent());
        }
        return Double.isFinite(scale) ? sum * scale * (1 - ROUNDING) : 0;
    }

    /** No contents are worth more: the least of some thresholds of which it can be shown. */
    private static double most(Knapsack knapsack, double[] worth, Work work) {
        var relaxation = new Relaxation(knapsack);
        relaxation.see(worth, work);
        relaxation.fit(work);
        for (double over : OVER) {
            double threshold = knapsack.machine.worth() * (1 + over);
            if (relaxation.bound() <= threshold) return threshold;
            Work part = work.part(OVER.length);
            double most = BeamSearch.search(knapsack, relaxation, threshold, WIDTH, part)
                    .most();
            work.spend(part.spent());
            if (most < relaxation.bound()) return most;
        }
        return relaxation.bound();
    }
}
