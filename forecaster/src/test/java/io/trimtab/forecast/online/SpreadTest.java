package io.trimtab.forecast.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpreadTest {
    /** Errors grow faster than the level; where next to nothing was expected came as much as in the busy hours. */
    @Test
    void whatComesWhereNothingWasExpectedIsWithinMeasure() {
        double[] path = new double[100];
        double[] errors = new double[100];
        for (int h = 0; h < path.length; h++) {
            path[h] = h % 2 == 0 ? 0.5 : 1;
            errors[h] = h % 2 == 0 ? 0 : 0.1;
        }
        path[50] = 1e-9;
        errors[50] = 1;
        Spread spread = Spread.of(new double[][] {path}, new double[][] {errors});
        assertThat(spread.size(1, 0)).isBetween(0.05, 0.2);
        assertThat(spread.scores()[Level.P99.index]).isLessThan(1000);
    }

    /** As of a series that repeated to the last digit at first. */
    @Test
    void whatWasFlawlessAtFirstDoesNotGrowBeyondMeasure() {
        double[] path = new double[100];
        double[] errors = new double[100];
        Arrays.fill(path, 5);
        Arrays.fill(errors, 0, 6, 1e-12);
        Arrays.fill(errors, 6, 100, 0.1);
        Spread spread = Spread.of(new double[][] {path}, new double[][] {errors});
        assertThat(spread.size(5, 99)).isBetween(0.1, 10.0);
    }
}
