package io.trimtab.recommend.consolidation;

import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.nodes.NodeShape;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/**
 * What resources are worth at the best: prices of a core, a GiB and a GPU under which no node, running or to be added, offers more than it costs, and at which what
 * all pods ask for is worth most (the dual of the cheapest fractions of nodes). A node whose room is worth less than its price is a dear one.
 *
 * @param core USD per hour
 */
record Worth(double core, double gib, double gpu) {
    private static final int MOST_PIVOTS = 2_000;

    /** @param hosts that may be drained */
    static Worth of(List<Host> hosts, List<NodeShape> shapes) {
        List<LinearConstraint> limits = new ArrayList<>();
        for (Host host : hosts) limits.add(limit(host.room(), host.price()));
        for (NodeShape shape : shapes)
            limits.add(limit(shape.room(), shape.offer().paid().doubleValue()));
        Resources demand = hosts.stream().map(Host::requested).reduce(Resources.ZERO, Resources::plus);
        try {
            double[] best = new SimplexSolver()
                    .optimize(
                            new MaxIter(MOST_PIVOTS),
                            new LinearObjectiveFunction(amounts(demand), 0),
                            new LinearConstraintSet(limits.stream().distinct().toList()),
                            GoalType.MAXIMIZE,
                            new NonNegativeConstraint(true))
                    .getPoint();
            return new Worth(best[0], best[1], best[2]);
        } catch (MathIllegalStateException e) {
            // Pods ask for what no node has, so that has no price: any prices will do, for they only guide.
            return new Worth(1, 0.125, 20);
        }
    }

    private static LinearConstraint limit(Resources room, double price) {
        return new LinearConstraint(amounts(room), Relationship.LEQ, price);
    }

    private static double[] amounts(Resources resources) {
        return new double[] {
            resources.cpu().value() / 1e3,
            resources.memory().value() / (double) (1L << 30),
            resources.gpu().value() / 1e3
        };
    }

    double of(Resources resources) {
        double[] amounts = amounts(resources);
        return core * amounts[0] + gib * amounts[1] + gpu * amounts[2];
    }

    double of(Room room) {
        return core * room.cpuMilli() / 1e3
                + gib * room.memoryBytes() / (1L << 30)
                + (gpu == 0 ? 0 : gpu * room.gpuMilli() / 1e3);
    }
}
