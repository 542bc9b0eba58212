package io.trimtab.forecast.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantileRegressionTest {
    @ParameterizedTest(name = "P{0}, seed {1}")
    @CsvSource({"0.5, 1", "0.8, 2", "0.95, 3"})
    void leavesItsShareBelow(double probability, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int count = 2_001;
        double[][] rows = new double[count][];
        double[] values = new double[count];
        double[] weights = new double[count];
        Arrays.fill(weights, 1);
        for (int i = 0; i < count; i++) {
            rows[i] = new double[] {random.nextDouble() * 10, random.nextDouble()};
            values[i] = 5 + 3 * rows[i][0] + random.nextGaussian() * (1 + rows[i][0] / 10);
        }
        QuantileRegression regression = new QuantileRegression(probability, 2);
        regression.fit(rows, values, weights);
        regression.fit(rows, values, weights);
        assertThat(regression.fitted()).isTrue();
        int below = 0;
        for (int i = 0; i < count; i++) if (values[i] <= regression.at(rows[i])) below++;
        assertThat((double) below / count).isCloseTo(probability, within(0.02));
    }
}
