package io.trimtab.recommend.nodes;

import io.trimtab.recommend.nodes.Cuts.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.exception.TooManyIterationsException;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.linear.SolutionCallback;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/** What no packing of the placed copies can beat: the cheapest fractions of nodes that satisfy every cut, a linear programme over the shapes. */
final class LowerBound {
    /** Rounding of the programme's sums; taken off, so that the bound stays below. */
    private static final double ROUNDING = 1e-9;

    /** Several times what the largest catalogues need (some hundreds). */
    private static final int MOST_PIVOTS = 20_000;

    private LowerBound() {}

    /**
     * @param price of a node, at least 0
     * @return the least sum of prices; each price vector of resources under which no shape is worth more than its price proves one (linear duality)
     */
    static double least(Instance instance, List<Cut> cuts, ToDoubleFunction<Machine> price) {
        double dearest = instance.machines().stream().mapToDouble(price).max().orElse(0);
        if (cuts.isEmpty() || dearest == 0) return 0;
        List<Machine> machines = Catalogue.of(instance.machines(), instance.kinds(), List.of(price));
        double[] limits = new double[machines.size()];
        double[][] coefficients = new double[machines.size()][cuts.size()];
        for (int shape = 0; shape < limits.length; shape++) {
            limits[shape] = price.applyAsDouble(machines.get(shape)) / dearest;
            for (int cut = 0; cut < cuts.size(); cut++)
                coefficients[shape][cut] =
                        cuts.get(cut).capacities()[machines.get(shape).index()];
        }
        double[] gains = cuts.stream().mapToDouble(Cut::demand).toArray();
        return dearest * proven(coefficients, limits, gains, duals(coefficients, limits, gains));
    }

    /** The best prices of the cuts, or those reached when the steps ran out: these respect the limits too. */
    private static double[] duals(double[][] coefficients, double[] limits, double[] gains) {
        List<LinearConstraint> constraints = new ArrayList<>();
        for (int shape = 0; shape < limits.length; shape++)
            constraints.add(new LinearConstraint(coefficients[shape], Relationship.LEQ, limits[shape]));
        var reached = new SolutionCallback();
        try {
            return new SimplexSolver()
                    .optimize(
                            new MaxIter(MOST_PIVOTS),
                            new LinearObjectiveFunction(gains, 0),
                            new LinearConstraintSet(constraints),
                            GoalType.MAXIMIZE,
                            new NonNegativeConstraint(true),
                            reached)
                    .getPoint();
        } catch (TooManyIterationsException e) {
            return reached.getSolution() == null
                    ? new double[gains.length]
                    : reached.getSolution().getPoint();
        }
    }

    /** What these dual prices prove after they have been made to respect every limit. */
    private static double proven(double[][] coefficients, double[] limits, double[] gains, double[] duals) {
        double scale = 1;
        for (int shape = 0; shape < limits.length; shape++) {
            double worth = 0;
            for (int cut = 0; cut < duals.length; cut++) worth += coefficients[shape][cut] * Math.max(0, duals[cut]);
            if (worth > limits[shape]) scale = Math.min(scale, limits[shape] / worth);
        }
        double sum = 0;
        for (int cut = 0; cut < duals.length; cut++) sum += gains[cut] * Math.max(0, duals[cut]);
        return Math.max(0, sum * scale * (1 - ROUNDING));
    }
}
