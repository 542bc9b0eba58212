package io.trimtab.forecast.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DayHistogramTest {
    private final DayHistogram histogram = new DayHistogram(Buckets.CPU);

    @Test
    void anEmptyOneKnowsNothing() {
        assertThat(histogram.total()).isZero();
        assertThat(histogram.quantile(0.9)).isZero();
        assertThat(histogram.shareAbove(1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void quantilesAreThoseOfTheSamplesWithinABucket(long seed) {
        Random random = new Random(seed);
        double[] samples = DoubleStream.generate(() -> Math.exp(random.nextGaussian()))
                .limit(5000)
                .toArray();
        for (double sample : samples) histogram.add(sample);
        double[] sorted = DoubleStream.of(samples).sorted().toArray();
        double before = 0;
        for (double p = 0.01; p < 1; p += 0.01) {
            double exact = sorted[(int) (p * sorted.length)];
            double said = histogram.quantile(p);
            assertThat(said).isCloseTo(exact, within(0.05 * exact + 0.01));
            assertThat(said).as("quantiles rise").isGreaterThanOrEqualTo(before);
            assertThat(histogram.shareAbove(said))
                    .as("the share above a quantile")
                    .isCloseTo(1 - p, within(1e-6));
            before = said;
        }
    }

    @Test
    void togetherTheyAreAsIfOneHadSeenAll() {
        DayHistogram other = new DayHistogram(Buckets.CPU);
        DayHistogram all = new DayHistogram(Buckets.CPU);
        Random random = new Random(4);
        for (int i = 0; i < 1000; i++) {
            double value = random.nextDouble() * (i % 2 == 0 ? 0.1 : 10);
            (i % 2 == 0 ? histogram : other).add(value);
            all.add(value);
        }
        histogram.addAll(other);
        histogram.addAll(new DayHistogram(Buckets.CPU));
        for (double p = 0; p <= 1; p += 0.1) assertThat(histogram.quantile(p)).isEqualTo(all.quantile(p));
    }

    @Test
    void readsWhatItWrote() {
        for (double value : new double[] {0, 0.3, 0.3, 7, 5000}) histogram.add(value);
        StateWriter writer = new StateWriter();
        histogram.write(writer);
        StateReader reader = new StateReader(writer.toBytes());
        DayHistogram read = DayHistogram.read(Buckets.CPU, reader);
        reader.end();
        assertThat(read.total()).isEqualTo(5);
        for (double p = 0; p <= 1; p += 0.1) assertThat(read.quantile(p)).isEqualTo(histogram.quantile(p));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DayHistogram.read(Buckets.linear(1, 10), new StateReader(writer.toBytes())))
                .withMessageContaining("beyond the last");
    }
}
