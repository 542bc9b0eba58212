package io.trimtab.cost.prices;

import io.trimtab.cost.units.Resources;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/** What a core, a GiB and a device cost per hour, none below zero. */
record ComponentRates(double core, double gib, double gpu) {
    private static final int COMPONENTS = 3;
    private static final double GIB = 1L << 30;

    /** Google's list prices of a core and a GiB of general purpose machines, and OpenCost's default for a GPU, USD. */
    static final ComponentRates GENERAL = new ComponentRates(0.031611, 0.004237, 0.95);

    double price(Resources capacity) {
        double[] amounts = amounts(capacity);
        return core * amounts[0] + gib * amounts[1] + gpu * amounts[2];
    }

    /**
     * By least squares of the relative errors.
     *
     * @param weights of the shapes
     * @param stiffness how much the rates are held near these: the weight of being otherwise by as much as a rate is
     * @return the best rates of which none is below zero
     */
    ComponentRates fitted(List<Shape> shapes, double[] weights, double stiffness) {
        double[] near = {core, gib, gpu};
        RealMatrix errors = new Array2DRowRealMatrix(shapes.size() + COMPONENTS, COMPONENTS);
        RealVector wanted = new ArrayRealVector(shapes.size() + COMPONENTS);
        for (int row = 0; row < shapes.size(); row++) {
            double[] amounts = amounts(shapes.get(row).capacity());
            double weight = Math.sqrt(weights[row]);
            double price = shapes.get(row).onDemand().doubleValue();
            for (int i = 0; i < COMPONENTS; i++) errors.setEntry(row, i, weight * amounts[i] / price);
            wanted.setEntry(row, weight);
        }
        for (int i = 0; i < COMPONENTS; i++) {
            errors.setEntry(shapes.size() + i, i, Math.sqrt(stiffness) / near[i]);
            wanted.setEntry(shapes.size() + i, Math.sqrt(stiffness));
        }
        double least = Double.POSITIVE_INFINITY;
        ComponentRates best = this;
        // Of so few components each set that may be above zero can be tried.
        for (int set = 1; set < 1 << COMPONENTS; set++) {
            Optional<double[]> rates = solve(errors, wanted, set);
            if (rates.isEmpty()) continue;
            double error = errors.operate(new ArrayRealVector(rates.get()))
                    .subtract(wanted)
                    .getNorm();
            if (error >= least) continue;
            least = error;
            best = new ComponentRates(rates.get()[0], rates.get()[1], rates.get()[2]);
        }
        return best;
    }

    ComponentRates times(double factor) {
        return new ComponentRates(core * factor, gib * factor, gpu * factor);
    }

    /** @return empty where one of the set came out below zero */
    private static Optional<double[]> solve(RealMatrix errors, RealVector wanted, int set) {
        int[] columns = new int[Integer.bitCount(set)];
        for (int i = 0, at = 0; i < COMPONENTS; i++) if ((set >> i & 1) == 1) columns[at++] = i;
        int[] rows = new int[errors.getRowDimension()];
        for (int i = 0; i < rows.length; i++) rows[i] = i;
        RealVector found = new SingularValueDecomposition(errors.getSubMatrix(rows, columns))
                .getSolver()
                .solve(wanted);
        double[] rates = new double[COMPONENTS];
        for (int i = 0; i < columns.length; i++) {
            if (found.getEntry(i) < 0) return Optional.empty();
            rates[columns[i]] = found.getEntry(i);
        }
        return Optional.of(rates);
    }

    private static double[] amounts(Resources capacity) {
        return new double[] {
            capacity.cpu().value() / 1000.0,
            capacity.memory().value() / GIB,
            capacity.gpu().value() / 1000.0
        };
    }
}
