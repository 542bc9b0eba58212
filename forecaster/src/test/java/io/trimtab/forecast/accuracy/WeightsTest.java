package io.trimtab.forecast.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WeightsTest {
    @Test
    void theBestCountsWholeAndOthersByHowMuchMoreTheyLost() {
        assertThat(Weights.of(new double[] {2, 4, 3}, 1))
                .containsExactly(new double[] {1, Math.exp(-1), Math.exp(-0.5)}, within(1e-12));
    }

    @Test
    void whereOneNeverErredOnlyThoseCountThatNeverDid() {
        assertThat(Weights.of(new double[] {0, 1e-9, 0}, 4)).containsExactly(1, 0, 1);
    }
}
