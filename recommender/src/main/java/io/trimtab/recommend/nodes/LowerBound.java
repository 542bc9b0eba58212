package io.trimtab.recommend.nodes;

import io.trimtab.recommend.nodes.Cuts.Cut;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What no packing of the placed copies can beat: the cheapest fractions of nodes that satisfy every cut, a linear programme over the shapes. */
final class LowerBound {
    /** Rounding of the programme's sums; taken off, so that the bound stays below. */
    private static final double ROUNDING = 1e-9;

    private LowerBound() {}

    /** The least number of nodes to add. */
    static int nodes(Instance instance, List<Cut> cuts) {
        return (int) Math.ceil(least(instance, cuts, machine -> 1) - 1e-6);
    }

    /**
     * @param price of a node, at least 0
     * @return the least sum of prices; each price vector of resources under which no shape is worth more than its price proves one (linear duality)
     */
    static double least(Instance instance, List<Cut> cuts, ToDoubleFunction<Machine> price) {
        int shapes = instance.machines().size();
        double[] limits = new double[shapes];
        double[][] coefficients = new double[shapes][cuts.size()];
        for (Machine machine : instance.machines()) {
            limits[machine.index()] = price.applyAsDouble(machine);
            for (int cut = 0; cut < cuts.size(); cut++)
                coefficients[machine.index()][cut] = cuts.get(cut).capacities()[machine.index()];
        }
        double[] gains = cuts.stream().mapToDouble(Cut::demand).toArray();
        return proven(coefficients, limits, gains, Simplex.maximise(coefficients, limits, gains));
    }

    /** What these dual prices prove after they have been made to respect every limit. */
    private static double proven(double[][] coefficients, double[] limits, double[] gains, double[] duals) {
        double scale = 1;
        for (int shape = 0; shape < limits.length; shape++) {
            double worth = 0;
            for (int cut = 0; cut < duals.length; cut++) worth += coefficients[shape][cut] * duals[cut];
            if (worth > limits[shape]) scale = Math.min(scale, limits[shape] / worth);
        }
        double sum = 0;
        for (int cut = 0; cut < duals.length; cut++) sum += gains[cut] * duals[cut];
        return Math.max(0, sum * scale * (1 - ROUNDING));
    }
}
