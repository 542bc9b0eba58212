package io.trimtab.forecast.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecayingHistogramTest {
    private static final Instant T0 = Instant.EPOCH;
    private static final Duration DAY = Duration.ofHours(24);

    @ParameterizedTest(name = "P{0} of 1, 2 (weight 2) and 5 is {1}")
    @CsvSource({"-1, 2", "0, 2", "0.25, 2", "0.26, 3", "0.75, 3", "0.76, 6", "1, 6", "2, 6"})
    void quantilesAreTheEndOfTheirBucket(double probability, double expected) {
        DecayingHistogram histogram = new DecayingHistogram(new Buckets.Linear(10, 1), Optional.empty());
        histogram.add(1, 1, T0);
        histogram.add(2, 2, T0);
        histogram.add(5, 1, T0);
        assertThat(histogram.quantile(probability)).isEqualTo(expected);
    }

    @Test
    void theLastBucketHasNoEnd() {
        DecayingHistogram histogram = new DecayingHistogram(new Buckets.Linear(10, 1), Optional.empty());
        histogram.add(1_000, 1, T0);
        assertThat(histogram.quantile(0.5)).isEqualTo(10);
        assertThat(new DecayingHistogram(new Buckets.Linear(10, 1), Optional.empty()).quantile(0.9))
                .isZero();
    }

    @Test
    void aHalfLifeHalvesAWeight() {
        DecayingHistogram histogram = new DecayingHistogram(new Buckets.Linear(10, 1), Optional.of(DAY));
        histogram.add(1, 3, T0);
        histogram.add(5, 1, T0.plus(DAY));
        // 3 against 1 that counts double: P60 is still in the older bucket, P61 is not.
        assertThat(histogram.quantile(0.60)).isEqualTo(2);
        assertThat(histogram.quantile(0.61)).isEqualTo(6);
        histogram.add(5, 1, T0.plus(DAY.multipliedBy(150)));
        assertThat(histogram.quantile(0.01)).isEqualTo(6);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void subtractingWhatWasAddedIsAsIfItHadNeverCome(long seed) {
        Random random = new Random(seed);
        DecayingHistogram histogram = new DecayingHistogram(Buckets.CPU_CORES, Optional.of(DAY));
        DecayingHistogram other = new DecayingHistogram(Buckets.CPU_CORES, Optional.of(DAY));
        for (int i = 0; i < 200; i++) {
            Instant at = T0.plusSeconds(random.nextInt(500_000));
            double value = random.nextDouble() * 4;
            histogram.add(value, 1, at);
            other.add(value, 1, at);
            histogram.add(9, 1, at);
            histogram.subtract(9, 1, at);
        }
        for (double p = 0; p <= 1; p += 0.1) assertThat(histogram.quantile(p)).isEqualTo(other.quantile(p));
        assertThat(histogram.shareWithin(4.5)).isCloseTo(1, within(1e-9));
    }

    @Test
    void aCheckpointGivesTheHistogramBack() {
        DecayingHistogram histogram = new DecayingHistogram(Buckets.MEMORY_BYTES, Optional.of(DAY));
        for (int i = 1; i <= 100; i++) histogram.add(i * 1e7, 1, T0.plusSeconds(i * 1000L));
        DecayingHistogram loaded = new DecayingHistogram(Buckets.MEMORY_BYTES, Optional.of(DAY));
        loaded.load(histogram.checkpoint());
        for (double p = 0.1; p < 1; p += 0.2) assertThat(loaded.quantile(p)).isEqualTo(histogram.quantile(p));
        var beyond = new DecayingHistogram.Checkpoint(T0, new java.util.TreeMap<>(java.util.Map.of(999, 1)), 1);
        assertThatThrownBy(() -> loaded.load(beyond)).hasMessageContaining("999");
    }

    @Test
    void refusesWhatIsNoAmount() {
        DecayingHistogram histogram = new DecayingHistogram(Buckets.CPU_CORES, Optional.of(DAY));
        assertThatThrownBy(() -> histogram.add(Double.NaN, 1, T0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> histogram.add(-1, 1, T0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Buckets.Linear(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Buckets.Exponential(10, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void memoryCountsThePeakOfEachDayAndAKillRaisesIt() {
        UsageAggregate aggregate = new UsageAggregate();
        aggregate.addMemory("p", 1e8, T0);
        aggregate.addMemory("p", 3e8, T0.plusSeconds(60));
        aggregate.addMemory("p", 2e8, T0.plusSeconds(120));
        assertThat(aggregate.memoryPeaks().quantile(0)).isGreaterThan(3e8);
        double before = aggregate.memoryPeaks().quantile(1);
        assertThat(aggregate.addKill("p", 300_000_000, T0.plusSeconds(180))).isTrue();
        assertThat(aggregate.memoryPeaks().quantile(0)).isGreaterThan(before + 1e8);
        assertThat(aggregate.addKill("p", 1, T0.minus(DAY.multipliedBy(3)))).isFalse();
    }
}
