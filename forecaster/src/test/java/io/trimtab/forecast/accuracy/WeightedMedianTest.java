package io.trimtab.forecast.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightedMedianTest {
    @ParameterizedTest(name = "{0} weighted {1}")
    @CsvSource(delimiter = '|', textBlock = """
        5         | 1       | 5
        9 1 2     | 1 1 1   | 2
        4 1 2 3   | 1 1 1 1 | 2.5
        1 100     | 1 0     | 1
        1 2 100   | 0 1 0   | 2
        """)
    void halfOfTheWeightIsOnEitherSide(String values, String weights, double expected) {
        assertThat(WeightedMedian.of(numbers(values), numbers(weights))).isCloseTo(expected, within(0.01));
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
}
