package io.trimtab.forecast.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {
    /** Rows from vertical-pod-autoscaler 1.8.1 on amd64. */
    @ParameterizedTest(name = "{0} bytes: bucket {1}")
    @CsvSource(delimiter = '|', textBlock = """
        0             | 0
        9999999       | 0
        10000000      | 1
        10000001      | 1
        20499999      | 1
        20500001      | 2
        1e12          | 174
        9e18          | 175
        """)
    void findsMemory(double bytes, int bucket) {
        assertThat(Buckets.MEMORY.find(bytes)).isEqualTo(bucket);
    }

    @Test
    void linearBucketsStartAtMultiples() {
        Buckets buckets = Buckets.linear(0.5, 2);
        assertThat(buckets.count()).isEqualTo(5);
        assertThat(buckets.start(3)).isEqualTo(1.5);
        assertThat(buckets.end(3)).isEqualTo(2);
        assertThat(buckets.end(4)).isEqualTo(2);
        assertThat(buckets.find(0.49)).isZero();
        assertThat(buckets.find(0.5)).isEqualTo(1);
        assertThat(buckets.find(1e300)).isEqualTo(4);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aValueLiesInItsBucket(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            double value = Math.exp(random.nextDouble() * 10 - 4);
            int bucket = Buckets.CPU.find(value);
            if (bucket == Buckets.CPU.count() - 1) continue;
            assertThat(value).isBetween(Buckets.CPU.start(bucket) * (1 - 1e-12), Buckets.CPU.end(bucket) * (1 + 1e-12));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5, 6})
    void functionsAgreeWithTheLibraryToTheirLastBits(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            double x = Math.exp(random.nextDouble() * 60 - 20);
            assertThat(FixedMath.log(x)).isCloseTo(Math.log(x), within(Math.ulp(Math.log(x)) * 2));
            double y = random.nextDouble() * 200 - 100;
            assertThat(FixedMath.exp2(y)).isCloseTo(Math.pow(2, y), within(Math.ulp(Math.pow(2, y)) * 2));
        }
        assertThat(FixedMath.exp2(-2000)).isZero();
        assertThat(FixedMath.exp2(7)).isEqualTo(128);
        assertThat(FixedMath.power(1.5, 0)).isEqualTo(1);
        assertThat(FixedMath.power(1.5, 3)).isEqualTo(3.375);
    }

    @Test
    void refusesWhatMakesNoBuckets() {
        assertThatThrownBy(() -> Buckets.linear(0, 1)).hasMessage("size (0.0) must be > 0");
        assertThatThrownBy(() -> Buckets.linear(1, Double.NaN)).hasMessageContaining("max (NaN)");
        assertThatThrownBy(() -> Buckets.exponential(1, 1, 5)).hasMessage("ratio (1.0) must be > 1");
        assertThatThrownBy(() -> Buckets.linear(1e-9, 1)).hasMessageContaining("1000000 buckets");
    }
}
