package io.trimtab.forecast.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecayingHistogramTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Buckets TEN = Buckets.linear(1, 10);

    private record Sample(double value, double weight, Instant at) {
        void addTo(DecayingHistogram histogram) {
            histogram.add(value, weight, at);
        }

        void subtractFrom(DecayingHistogram histogram) {
            histogram.subtract(value, weight, at);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing is 0                   |               | 0.5 | 0
        the end of the bucket          | 1             | 0.5 | 2
        all below the threshold        | 1 1 1 1 5     | 0.9 | 6
        at the threshold               | 1 2 3 4 5 6 7 8 9 0 | 0.9 | 9
        just above it                  | 1 2 3 4 5 6 7 8 9 0 | 0.91 | 10
        the last bucket has no end     | 10            | 0.5 | 10
        beyond the range               | 99            | 0.5 | 10
        the least quantile             | 3 4 5         | 0   | 4
        a quantile below 0             | 3 4 5         | -1  | 4
        the largest quantile           | 3 4 5         | 1   | 6
        a quantile above 1             | 3 4 5         | 2   | 6
        """)
    void givesTheEndOfTheBucketThatIsReached(String name, String values, double quantile, double expected) {
        DecayingHistogram histogram = DecayingHistogram.lasting(TEN);
        if (values != null)
            Arrays.stream(values.split(" ")).forEach(value -> histogram.add(Double.parseDouble(value), 1, START));
        assertThat(histogram.quantile(quantile)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        equal weights at one time: the older value wins nothing  | PT0H   | 0.5  | 2
        a day younger weighs twice: a third lies at the older    | PT24H  | 0.33 | 2
        and just above a third at the younger                    | PT24H  | 0.34 | 6
        two days younger weighs four times                       | PT48H  | 0.21 | 6
        the reference moves after 100 half-lives                 | PT2424H | 0.01 | 6
        what is older than all by 100 half-lives counts nothing  | PT-2424H | 0.99 | 2
        """)
    void decays(String name, Duration later, double quantile, double expected) {
        DecayingHistogram histogram = DecayingHistogram.decaying(TEN, DAY);
        histogram.add(1, 1, START);
        histogram.add(5, 1, START.plus(later));
        assertThat(histogram.quantile(quantile)).isEqualTo(expected);
    }

    @Test
    void lighterThanAThousandthOfTheLeastSampleIsEmpty() {
        DecayingHistogram histogram = DecayingHistogram.lasting(TEN);
        histogram.add(5, 0.00009, START);
        assertThat(histogram.isEmpty()).isTrue();
        histogram.add(5, 0.00001, START);
        assertThat(histogram.isEmpty()).isFalse();
        assertThat(histogram.quantile(0.5)).isEqualTo(6);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void laws(long seed) {
        List<Sample> samples = samples(new Random(seed), 200);
        DecayingHistogram histogram = filled(samples);

        List<Sample> shuffled = new ArrayList<>(samples);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(quantiles(filled(shuffled))).as("order does not matter").isEqualTo(quantiles(histogram));

        List<Sample> larger = samples.stream()
                .map(sample -> new Sample(sample.value() * 1.3, sample.weight(), sample.at()))
                .toList();
        double[] before = quantiles(histogram);
        double[] after = quantiles(filled(larger));
        for (int i = 0; i < before.length; i++)
            assertThat(after[i]).as("more usage never yields less").isGreaterThanOrEqualTo(before[i]);

        List<Sample> extra = samples(new Random(-seed), 50);
        extra.forEach(sample -> sample.addTo(histogram));
        extra.forEach(sample -> sample.subtractFrom(histogram));
        assertThat(quantiles(histogram))
                .as("adding and taking back changes nothing")
                .isEqualTo(before);

        List<Sample> first = samples.subList(0, 80);
        DecayingHistogram merged = filled(first);
        merged.merge(filled(samples.subList(80, 200)));
        assertThat(quantiles(merged)).as("parts merged are the whole").isEqualTo(before);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14})
    void aCheckpointKeepsQuantilesWithinABucket(long seed) {
        DecayingHistogram histogram = filled(samples(new Random(seed), 300));
        HistogramCheckpoint checkpoint = histogram.checkpoint();
        DecayingHistogram restored = DecayingHistogram.restore(Buckets.CPU, DAY, checkpoint);
        double[] before = quantiles(histogram);
        double[] after = quantiles(restored);
        for (int i = 0; i < before.length; i++) assertThat(after[i]).isCloseTo(before[i], within(before[i] * 0.1));
        assertThat(Collections.max(checkpoint.bucketWeights().values())).isEqualTo(10_000);
        assertThat(restored.checkpoint().bucketWeights()).isEqualTo(checkpoint.bucketWeights());
        assertThat(restored.checkpoint().referenceAt()).isEqualTo(checkpoint.referenceAt());
    }

    @Test
    void anEmptyHistogramHasAnEmptyCheckpoint() {
        HistogramCheckpoint checkpoint = DecayingHistogram.decaying(TEN, DAY).checkpoint();
        assertThat(checkpoint.bucketWeights()).isEmpty();
        assertThat(DecayingHistogram.restore(TEN, DAY, checkpoint).isEmpty()).isTrue();
    }

    @Test
    void aMergeLeavesTheOtherAsItIs() {
        DecayingHistogram older = DecayingHistogram.decaying(TEN, DAY);
        older.add(1, 1, START);
        DecayingHistogram younger = DecayingHistogram.decaying(TEN, DAY);
        younger.add(5, 1, START.plus(DAY.multipliedBy(200)));
        HistogramCheckpoint before = older.checkpoint();
        younger.merge(older);
        assertThat(older.checkpoint()).isEqualTo(before);
        assertThat(younger.quantile(0)).isEqualTo(6);
    }

    @Test
    void whatMayExceedAnAmountIsNeverUnderstated() {
        DecayingHistogram histogram = DecayingHistogram.lasting(TEN);
        for (int value : new int[] {1, 2, 3, 8}) histogram.add(value, 1, START);
        assertThat(histogram.freeze().shareAbove(9)).isZero();
        assertThat(histogram.freeze().shareAbove(8.5)).isEqualTo(0.25);
        assertThat(histogram.freeze().shareAbove(0)).isEqualTo(1);
    }

    @Test
    void refusesWhatItCannotHold() {
        DecayingHistogram histogram = DecayingHistogram.lasting(TEN);
        assertThatThrownBy(() -> histogram.add(Double.NaN, 1, START)).hasMessageContaining("value (NaN)");
        assertThatThrownBy(() -> histogram.add(1, -1, START)).hasMessageContaining("weight (-1.0)");
        assertThatThrownBy(() -> DecayingHistogram.decaying(TEN, Duration.ZERO)).hasMessageContaining("half-life");
        assertThatThrownBy(() -> histogram.merge(DecayingHistogram.decaying(TEN, DAY)))
                .hasMessageContaining("merged");
        TreeMap<Integer, Long> beyond = new TreeMap<>();
        beyond.put(11, 1L);
        assertThatThrownBy(() -> DecayingHistogram.restore(TEN, DAY, new HistogramCheckpoint(START, beyond, 1)))
                .hasMessage("bucket 11 is beyond the last, 10");
        assertThatThrownBy(() -> new HistogramCheckpoint(START, new TreeMap<>(), -1))
                .hasMessageContaining("total");
        beyond.put(1, -1L);
        assertThatThrownBy(() -> new HistogramCheckpoint(START, beyond, 1)).hasMessageContaining("bucket 1");
    }

    private static List<Sample> samples(Random random, int count) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++)
            samples.add(
                    new Sample(Math.exp(random.nextGaussian()), 0.1, START.plusSeconds(random.nextInt(8 * 86_400))));
        return samples;
    }

    private static DecayingHistogram filled(List<Sample> samples) {
        DecayingHistogram histogram = DecayingHistogram.decaying(Buckets.CPU, DAY);
        samples.forEach(sample -> sample.addTo(histogram));
        return histogram;
    }

    private static double[] quantiles(DecayingHistogram histogram) {
        return new double[] {
            histogram.quantile(0.05), histogram.quantile(0.5), histogram.quantile(0.9), histogram.quantile(0.95)
        };
    }
}
