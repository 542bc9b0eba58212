package io.trimtab.forecast.intermittent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntermittentTest {
    private static final int STEPS = 600;

    /** What has not come for long is expected less and less. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void forgetsADemandThatEnded(long seed) {
        double[] values = new SplittableRandom(seed)
                .doubles(STEPS)
                .map(random -> random < 0.1 ? 40 * random : 0)
                .toArray();
        double before = Intermittent.of(values, STEPS).mean();
        double[] longer = Arrays.copyOf(values, STEPS + 200);
        assertThat(Intermittent.of(longer, longer.length).mean()).isLessThan(before / 4);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0 0 0 0 0 0 0 0 0,         false",
        "1 0 0 1 0 0 1 0 0 0,       false",
        "1 0 0 1 0 0 1 0 0 1,       true",
        "1 0 1 0 1 0 1 0,           false",
        "1 0 1 0 1 0 1 0 0,         true",
        "1 0 0 1 0 -1 1 0 0 1 0 0,  false"
    })
    void fits(String values, boolean expected) {
        double[] amounts = Arrays.stream(values.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(Intermittent.fits(amounts)).isEqualTo(expected);
    }
}
