package io.trimtab.recommend.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Above the last value, with replicas of one unit and pods that serve two minutes later. */
class HeadroomTest {
    @Test
    void staysWithinWhatItMayCostAndIsBetterSeed11() {
        Random random = new Random(11);
        int found = 0;
        for (int trial = 0; trial < 20; trial++) {
            DemandSeries series = series(wavering(random, 10 + random.nextInt(100)));
            PastLoop.Outcome reactive = Headroom.reactive(series, 1);
            Optional<Headroom.Margin> margin = Headroom.best(series, new DemandMethod.Last(), reactive, 1);
            if (margin.isEmpty()) continue;
            found++;
            PastLoop.Outcome outcome =
                    new PastLoop(series, 0, 1).run(i -> margin.get().above(series.value(i)));
            assertThat(outcome.podSteps()).isLessThanOrEqualTo(1.04 * reactive.podSteps());
            assertThat(outcome.shortSteps()).isLessThan(reactive.shortSteps());
        }
        assertThat(found).isGreaterThan(15);
    }

    /** One price buys nearly all of a calm hour and less of a wild one. */
    @Test
    void moreIsCoveredWhereItIsCheapSeed12() {
        DemandSeries series = series(wavering(new Random(12), 40));
        Headroom.Margin margin = Headroom.best(series, new DemandMethod.Last(), Headroom.reactive(series, 1), 1)
                .orElseThrow();

        double little = (margin.above(9) - 9) / Math.sqrt(9);
        double much = (margin.above(100) - 100) / Math.sqrt(100);
        assertThat(little).isGreaterThan(much + 0.3);
    }

    @Test
    void aConstantNeedsNone() {
        double[] level = new double[600];
        Arrays.fill(level, 7);
        DemandSeries series = series(level);

        assertThat(Headroom.best(series, new DemandMethod.Last(), Headroom.reactive(series, 1), 1))
                .isEmpty();
    }

    /** Around a level that moves with the day, as much as many independent users do. */
    private static double[] wavering(Random random, double mean) {
        double[] values = new double[1440];
        for (int i = 0; i < values.length; i++) {
            double level = mean * (1 + 0.5 * Math.sin(2 * Math.PI * i / 1440));
            values[i] = Math.max(0, level + Math.sqrt(level) * random.nextGaussian());
        }
        return values;
    }

    private static DemandSeries series(double[] values) {
        return DemandSeries.of(
                Duration.ofMinutes(1),
                Arrays.stream(values).mapToObj(Optional::of).toList(),
                Duration.ofSeconds(90));
    }
}
