package io.trimtab.recommend.nodes;

/**
 * Maximises a linear function over non-negative variables under upper limits that are not negative, so that zero is always allowed.
 *
 * @see "Chvatal: Linear Programming, 1983, chapters 2 and 3 (dictionaries; Bland's rule against cycling)"
 */
final class Simplex {
    private static final double TINY = 1e-9;
    private static final int MOST_STEPS = 20_000;
    /** From here on the first improving column instead of the best one, which cannot cycle. */
    private static final int STEPS_BEFORE_BLAND = 5_000;

    private final int rows;
    private final int columns;
    private final double[][] tableau;
    private final int[] basis;

    private Simplex(double[][] coefficients, double[] limits, double[] gains) {
        rows = limits.length;
        columns = gains.length;
        tableau = new double[rows + 1][columns + rows + 1];
        basis = new int[rows];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(coefficients[row], 0, tableau[row], 0, columns);
            tableau[row][columns + row] = 1;
            tableau[row][columns + rows] = limits[row];
            basis[row] = columns + row;
        }
        for (int column = 0; column < columns; column++) tableau[rows][column] = -gains[column];
    }

    /**
     * @param coefficients one array for each limit, one number for each variable; all at least 0
     * @param limits at least 0
     * @param gains of a unit of each variable
     * @return the variables; allowed up to rounding even if the steps ran out before the best was reached
     */
    static double[] maximise(double[][] coefficients, double[] limits, double[] gains) {
        var simplex = new Simplex(coefficients, limits, gains);
        for (int step = 0; step < MOST_STEPS; step++) {
            int column = simplex.entering(step >= STEPS_BEFORE_BLAND);
            if (column < 0) break;
            int row = simplex.leaving(column);
            if (row < 0) break;
            simplex.pivot(row, column);
        }
        double[] values = new double[simplex.columns];
        for (int row = 0; row < simplex.rows; row++) {
            if (simplex.basis[row] < simplex.columns)
                values[simplex.basis[row]] = Math.max(0, simplex.tableau[row][simplex.columns + simplex.rows]);
        }
        return values;
    }

    private int entering(boolean bland) {
        int best = -1;
        for (int column = 0; column < columns + rows; column++) {
            if (tableau[rows][column] >= -TINY) continue;
            if (bland) return column;
            if (best < 0 || tableau[rows][column] < tableau[rows][best]) best = column;
        }
        return best;
    }

    private int leaving(int column) {
        int best = -1;
        double least = Double.MAX_VALUE;
        for (int row = 0; row < rows; row++) {
            if (tableau[row][column] <= TINY) continue;
            double ratio = tableau[row][columns + rows] / tableau[row][column];
            boolean tie = best >= 0 && ratio == least && basis[row] < basis[best];
            if (ratio < least || tie) {
                best = row;
                least = ratio;
            }
        }
        return best;
    }

    private void pivot(int pivotRow, int pivotColumn) {
        double[] row = tableau[pivotRow];
        double pivot = row[pivotColumn];
        for (int column = 0; column < row.length; column++) row[column] /= pivot;
        for (int other = 0; other <= rows; other++) {
            double factor = tableau[other][pivotColumn];
            if (other == pivotRow || factor == 0) continue;
            for (int column = 0; column < row.length; column++) tableau[other][column] -= factor * row[column];
        }
        basis[pivotRow] = pivotColumn;
    }
}
