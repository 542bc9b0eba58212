package io.trimtab.recommend.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.Demand.History;
import io.trimtab.forecast.Distribution;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StockVpaTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    /** Every quantile is the same amount. */
    private record Constant(double amount) implements Distribution {
        @Override
        public double quantile(double probability) {
            return amount;
        }

        @Override
        public double shareAbove(double threshold) {
            return amount > threshold ? 1 : 0;
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a day: upper doubles                    | 1      | P1D   | 1440 | 1 | 1150 | 1147 | 2300
        a week                                  | 1      | P7D   | 10080 | 1 | 1150 | 1149 | 1314
        sparse samples count as less history    | 1      | P7D   | 1440 | 1 | 1150 | 1147 | 2300
        no history: bounds are open             | 1      | PT0S  | 1    | 1 | 1150 | 25 | 100000000000000
        five minutes                            | 1      | PT5M  | 5    | 1 | 1150 | 693 | 332350
        amounts are cut off, then the margin is | 0.0109 | P1D   | 1440 | 1 | 25 | 25 | 25
        the floor is split and cut off          | 0.001  | P1D   | 1440 | 3 | 8 | 8 | 8
        the floor of seven                      | 0.001  | P1D   | 1440 | 7 | 3 | 3 | 3
        """)
    void sizesCpu(
            String name,
            double cores,
            Duration span,
            long samples,
            int containers,
            long target,
            long lower,
            long upper) {
        History history = new History(Optional.of(START), Optional.of(START.plus(span)), samples);
        Sizing sizing = StockVpa.size(Optional.of(new Constant(cores)), Optional.empty(), history, containers);
        assertThat(sizing.memory()).isEmpty();
        assertThat(sizing.cpu())
                .contains(new Range<>(new MilliCores(target), new MilliCores(lower), new MilliCores(upper)));
    }

    @Test
    void sizesMemoryToTheByte() {
        History history = new History(Optional.of(START), Optional.of(START.plus(Duration.ofDays(1))), 1440);
        Sizing sizing = StockVpa.size(Optional.empty(), Optional.of(new Constant(1_000_000_007.9)), history, 2);
        assertThat(sizing.memory())
                .contains(new Range<>(new Bytes(1_150_000_008), new Bytes(1_147_703_453), new Bytes(2_300_000_016L)));
        assertThat(StockVpa.size(Optional.empty(), Optional.of(new Constant(1)), history, 3)
                        .memory())
                .contains(Range.only(new Bytes(87_381_333)));
    }

    @Test
    void withoutCpuSamplesMemoryHasOpenBounds() {
        History none = new History(Optional.empty(), Optional.empty(), 0);
        assertThat(StockVpa.size(Optional.empty(), Optional.of(new Constant(1e9)), none, 1)
                        .memory())
                .contains(
                        new Range<>(new Bytes(1_150_000_000), new Bytes(250L << 20), new Bytes(100_000_000_000_000L)));
    }
}
