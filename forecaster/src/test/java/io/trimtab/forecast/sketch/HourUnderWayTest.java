package io.trimtab.forecast.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HourUnderWayTest {
    private final int[] slots = new int[HourUnderWay.MOST];

    /** Up to as many buckets as there are slots nothing is lost; beyond, the upper half is what it was as long as it fits. */
    @ParameterizedTest(name = "{0} buckets, one sample each")
    @ValueSource(ints = {1, 15, 16, 17, 24})
    void theUpperHalfIsExact(int buckets) {
        int[] order = new SplittableRandom(buckets)
                .ints(1000, 0, buckets)
                .distinct()
                .limit(buckets)
                .toArray();
        for (int bucket : order) HourUnderWay.add(slots, bucket);
        double[] weights = new double[256];
        HourUnderWay.addTo(weights, slots, order.length);
        assertThat(Arrays.stream(weights).sum()).isEqualTo(order.length);
        for (int bucket = (buckets + 1) / 2 + 1; bucket < buckets; bucket++)
            assertThat(weights[bucket]).isEqualTo(1);
        if (buckets <= HourUnderWay.MOST) assertThat(weights[0]).isEqualTo(1);
    }

    /** Weight only moves up, and its sum stays. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void nothingIsLostAndNothingMovesDown(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] exact = new double[256];
        for (int i = 0; i < 5000; i++) {
            int bucket = random.nextInt(1 + random.nextInt(256));
            exact[bucket]++;
            HourUnderWay.add(slots, bucket);
        }
        double[] held = new double[256];
        HourUnderWay.addTo(held, slots, 5000);
        double exactAbove = 0;
        double heldAbove = 0;
        for (int bucket = 255; bucket >= 0; bucket--) {
            exactAbove += exact[bucket];
            heldAbove += held[bucket];
            assertThat(heldAbove).as("from bucket %d on", bucket).isGreaterThanOrEqualTo(exactAbove - 1e-6);
        }
        assertThat(HourUnderWay.samples(slots)).isEqualTo(5000);
    }

    @Test
    void aFullSlotMakesRoomAndSharesStay() {
        slots[0] = 3 << 24 | (1 << 24) - 1;
        slots[1] = 9 << 24 | 1 << 22;
        HourUnderWay.add(slots, 3);
        double[] weights = new double[256];
        HourUnderWay.addTo(weights, slots, 1);
        assertThat(weights[3]).isBetween(0.7999, 0.8001);
        assertThat(weights[9]).isBetween(0.1999, 0.2001);
    }
}
