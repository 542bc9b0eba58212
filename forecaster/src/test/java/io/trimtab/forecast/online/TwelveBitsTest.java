package io.trimtab.forecast.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwelveBitsTest {
    private static final double STEP = Math.pow(2, 1.0 / 128);
    private final byte[] packed = new byte[6];

    @ParameterizedTest(name = "{0}: at least {1}, at most {2}")
    @CsvSource({
        "0, 0, 0",
        "1e-30, 1e-30, 1.6e-5",
        "0.0013, 0.0013, 0.0014",
        "1, 1, 1",
        "3, 3, 3.017",
        "65504, 65504, 65536",
        "65536, 65536, 65536",
        "1e30, 65536, 65536",
        "NaN, NaN, NaN"
    })
    void roundsUpAndEndsWhereItEnds(float amount, float least, float most) {
        TwelveBits.put(packed, 1, amount);
        float kept = TwelveBits.get(packed, 1);
        if (Float.isNaN(least)) assertThat(kept).isNaN();
        else assertThat(kept).isBetween(least, most);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void laws(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] kept = new float[4];
        for (int i = 0; i < 20_000; i++) {
            int index = random.nextInt(4);
            float amount = (float) Math.pow(2, random.nextDouble(-9, 15));
            boolean below = random.nextBoolean();
            if (below) TwelveBits.putBelow(packed, index, amount);
            else TwelveBits.put(packed, index, amount);
            kept[index] = TwelveBits.get(packed, index);
            assertThat((double) kept[index] / amount)
                    .as("%s, below: %s", amount, below)
                    .isBetween(below ? 1 / STEP - 1e-6 : 1, below ? 1 : STEP + 1e-6);
            for (int other = 0; other < 4; other++)
                assertThat(TwelveBits.get(packed, other))
                        .as("its neighbours stay")
                        .isEqualTo(kept[other]);
            TwelveBits.put(packed, index, 2 * kept[index]);
            assertThat(TwelveBits.get(packed, index)).isEqualTo(2 * kept[index]);
            kept[index] *= 2;
        }
    }

    @Test
    void aPeakIsNeverBelowWhatItWasAndItsStepsAreFineNearTheMean() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 20_000; i++) {
            float mean = (float) Math.pow(2, random.nextDouble(-9, 14));
            float above = (float) Math.pow(2, random.nextDouble(-12, 5.8));
            float peak = mean * (1 + above);
            assertThat((double) PeakRatio.peak(mean, PeakRatio.code(mean, peak)) / peak)
                    .isBetween(1.0, 1 + (0.0011 + 0.031 * above) / (1 + above));
        }
        assertThat(PeakRatio.peak(5, PeakRatio.code(5, 5))).isEqualTo(5);
        assertThat(PeakRatio.peak(0, PeakRatio.code(0, 0))).isZero();
        assertThat(PeakRatio.peak(1, PeakRatio.code(1, 60))).isCloseTo(60, within(1.8f));
    }
}
