package io.trimtab.recommend.nodes;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.SingularMatrixException;

/**
 * The cheapest fractions of the columns that together carry the wanted copies, a linear programme that is solved on from where it stood when columns are added:
 * the revised simplex method with an explicit inverse. A programme that is badly solved gives worse columns, never a wrong bound or packing.
 *
 * @see "Chvatal: Linear Programming, 1983, chapters 7 and 13"
 */
final class MasterProgramme {
    private static final double ROUNDING = 1e-9;
    /** Relative to a column's cost: what is cheaper by less changes nothing. */
    private static final double GAIN = 1e-7;
    /** Sums of a row may be off by this much before the inverse is made anew. */
    private static final double DRIFT = 1e-6;
    /** Multiplications that take as long as one step. */
    private static final int PER_STEP = 20;

    private static final int NONE = Integer.MIN_VALUE;

    private final int[] rowOfKind;
    private final Map<Integer, Integer> rowOfMachine = new TreeMap<>();
    private final double[] wanted;
    private final List<Column> columns;
    private final int rows;
    /** The column of each row; -1 - row for what is carried beyond the wanted, or a limit that is not used up. */
    private final int[] basis;

    private double[][] inverse;
    private final double[] amounts;
    private final double[] duals;

    /**
     * @param columns may grow; the first ones carry one kind each, in the order of the kinds that are wanted
     * @param limits of the machines that have one
     */
    MasterProgramme(int[] wantedByKind, List<Column> columns, Map<Integer, Integer> limits) {
        this.columns = columns;
        rowOfKind = new int[wantedByKind.length];
        int kinds = 0;
        for (int kind = 0; kind < wantedByKind.length; kind++) rowOfKind[kind] = wantedByKind[kind] > 0 ? kinds++ : -1;
        int row = kinds;
        rows = kinds + limits.size();
        wanted = new double[rows];
        for (Map.Entry<Integer, Integer> limit : limits.entrySet()) {
            wanted[row] = limit.getValue();
            rowOfMachine.put(limit.getKey(), row++);
        }
        for (int kind = 0; kind < wantedByKind.length; kind++)
            if (rowOfKind[kind] >= 0) wanted[rowOfKind[kind]] = wantedByKind[kind];
        basis = new int[rows];
        inverse = new double[rows][rows];
        amounts = new double[rows];
        duals = new double[rows];
        for (int i = 0; i < rows; i++) {
            basis[i] = i < kinds ? i : -1 - i;
            inverse[i][i] = i < kinds ? 1.0 / columns.get(i).copies()[0] : 1;
            amounts[i] = wanted[i] * inverse[i][i];
        }
        price();
    }

    /** @return the least cost */
    double solve(Work work) {
        double[] direction = new double[rows];
        for (int pivots = 0; pivots < 20 * rows + 1000 && !work.isSpent(); pivots++) {
            int entering = entering();
            work.spend(columns.size() / 4 + (long) rows * rows / PER_STEP + 1);
            if (entering == NONE) break;
            direct(entering, direction);
            int leaving = leaving(direction);
            if (leaving < 0) break;
            exchange(entering, leaving, direction);
            price();
        }
        if (drift() > DRIFT) invert();
        return cost();
    }

    /** What one copy more of each kind costs, at least 0. */
    double[] worth() {
        double[] worth = new double[rowOfKind.length];
        for (int kind = 0; kind < worth.length; kind++)
            if (rowOfKind[kind] >= 0) worth[kind] = Math.max(0, duals[rowOfKind[kind]]);
        return worth;
    }

    /** The amount of a column. */
    record Amount(Column column, double amount) {}

    /** The columns of which there is some, the most first. */
    List<Amount> amounts() {
        return IntStream.range(0, rows)
                .filter(row -> basis[row] >= 0 && amounts[row] > ROUNDING)
                .mapToObj(row -> new Amount(columns.get(basis[row]), amounts[row]))
                .sorted(Comparator.comparingDouble((Amount one) -> -one.amount()))
                .toList();
    }

    double cost() {
        double sum = 0;
        for (int row = 0; row < rows; row++) sum += cost(basis[row]) * amounts[row];
        return sum;
    }

    /** What a column costs more than it is worth. */
    double reducedCost(Column column) {
        double reduced = column.cost();
        for (int i = 0; i < column.kinds().length; i++)
            reduced -= duals[rowOfKind[column.kinds()[i]]] * column.copies()[i];
        int limit = limitRow(column);
        return limit < 0 ? reduced : reduced - duals[limit];
    }

    /** The row of the limit of its machine; -1 for none. */
    private int limitRow(Column column) {
        return rowOfMachine.getOrDefault(column.machine().index(), -1);
    }

    private double cost(int column) {
        return column < 0 ? 0 : columns.get(column).cost();
    }

    private int entering() {
        int best = NONE;
        double least = -GAIN;
        for (int i = 0; i < columns.size(); i++) {
            double reduced = reducedCost(columns.get(i)) / columns.get(i).cost();
            if (reduced >= least) continue;
            least = reduced;
            best = i;
        }
        for (int row = 0; row < rows; row++) {
            double reduced = isLimit(row) ? -duals[row] : duals[row];
            if (reduced >= least) continue;
            least = reduced;
            best = -1 - row;
        }
        return best;
    }

    private boolean isLimit(int row) {
        return row >= rows - rowOfMachine.size();
    }

    /** How the amounts fall when the entering column's grows. */
    private void direct(int entering, double[] direction) {
        for (int row = 0; row < rows; row++) {
            double[] ofRow = inverse[row];
            if (entering < 0) {
                direction[row] = isLimit(-1 - entering) ? ofRow[-1 - entering] : -ofRow[-1 - entering];
                continue;
            }
            Column column = columns.get(entering);
            double sum = 0;
            for (int i = 0; i < column.kinds().length; i++)
                sum += ofRow[rowOfKind[column.kinds()[i]]] * column.copies()[i];
            int limit = limitRow(column);
            direction[row] = limit < 0 ? sum : sum + ofRow[limit];
        }
    }

    /** The row that is first used up; of several the one that keeps the inverse soundest. */
    private int leaving(double[] direction) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int row = 0; row < rows; row++) {
            if (direction[row] <= ROUNDING) continue;
            double steps = Math.max(0, amounts[row]) / direction[row];
            boolean same = best >= 0 && Math.abs(steps - least) <= ROUNDING;
            if (same ? direction[row] <= direction[best] : steps >= least) continue;
            least = steps;
            best = row;
        }
        return best;
    }

    private void exchange(int entering, int leaving, double[] direction) {
        double steps = Math.max(0, amounts[leaving]) / direction[leaving];
        double[] pivot = inverse[leaving];
        for (int i = 0; i < rows; i++) pivot[i] /= direction[leaving];
        for (int row = 0; row < rows; row++) {
            double factor = direction[row];
            if (row == leaving || factor == 0) continue;
            double[] ofRow = inverse[row];
            for (int i = 0; i < rows; i++) ofRow[i] -= factor * pivot[i];
            amounts[row] -= factor * steps;
        }
        amounts[leaving] = steps;
        basis[leaving] = entering;
    }

    private void price() {
        Arrays.fill(duals, 0);
        for (int row = 0; row < rows; row++) {
            double cost = cost(basis[row]);
            if (cost == 0) continue;
            double[] ofRow = inverse[row];
            for (int i = 0; i < rows; i++) duals[i] += cost * ofRow[i];
        }
    }

    /** The most by which the amounts miss a row. */
    private double drift() {
        double[] sums = new double[rows];
        for (int row = 0; row < rows; row++) {
            double[] coefficients = coefficients(basis[row]);
            for (int i = 0; i < rows; i++) sums[i] += coefficients[i] * amounts[row];
        }
        double most = 0;
        for (int row = 0; row < rows; row++) most = Math.max(most, Math.abs(sums[row] - wanted[row]));
        return most;
    }

    private double[] coefficients(int id) {
        double[] coefficients = new double[rows];
        if (id < 0) {
            coefficients[-1 - id] = isLimit(-1 - id) ? 1 : -1;
            return coefficients;
        }
        Column column = columns.get(id);
        for (int i = 0; i < column.kinds().length; i++) coefficients[rowOfKind[column.kinds()[i]]] = column.copies()[i];
        int limit = limitRow(column);
        if (limit >= 0) coefficients[limit] = 1;
        return coefficients;
    }

    /** Makes the inverse and the amounts anew from the basis. */
    private void invert() {
        var matrix = new Array2DRowRealMatrix(rows, rows);
        for (int row = 0; row < rows; row++) matrix.setColumn(row, coefficients(basis[row]));
        try {
            inverse = new LUDecomposition(matrix).getSolver().getInverse().getData();
        } catch (SingularMatrixException e) {
            return;
        }
        for (int row = 0; row < rows; row++) {
            amounts[row] = 0;
            for (int i = 0; i < rows; i++) amounts[row] += inverse[row][i] * wanted[i];
        }
        price();
    }
}
