package io.trimtab.recommend.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.ResourceAmount;
import io.trimtab.ingest.model.UtilizationTarget.Origin;
import io.trimtab.recommend.plan.Retuning.Pair;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetuningTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        it fits                           | 60 | 1000 | 1000 |  750 |  750 at 80
        the next whole percentage above   | 60 | 1000 | 1000 |  745 |  750 at 80
        up, and never beyond              | 80 | 1000 | 1000 | 1255 | 1250 at 64
        no further than 90 %              | 60 | 1000 | 1000 |  400 |  667 at 90
        no further than 50 %              | 60 | 1000 | 1000 | 3000 | 1200 at 50
        no room down                      | 90 | 1000 | 1000 |  700 | none
        no room up                        | 50 | 1000 | 1000 | 1400 | none
        below the bounds it may come in   | 40 | 1000 | 1000 |  500 |  500 at 80
        below the bounds it goes no lower | 40 | 1000 | 1000 | 1200 | none
        above the bounds it may come in   | 95 | 1000 | 1000 | 1500 | 1484 at 64
        above the bounds it stays         | 95 | 1000 | 1000 |  800 | none
        from where it was moved to        | 60 | 1000 |  750 |  690 |  690 at 87
        back to where it came from        | 60 | 1000 |  667 | 1000 | 1000 at 60
        tiny: the percentage is rounded   | 60 |   10 |   10 |    7 |    7 at 86
        tiny: as far as it can           | 60 |    3 |    3 |    1 |    2 at 90
        changes that cancel out           | 60 | 1000 | 1000 | 1000 | 1000 at 60
        """)
    void theTargetGoesWithTheRequest(String name, int percent, long origin, long from, long wanted, String nearest) {
        List<Pair> pairs = Retuning.pairs(origin(percent, origin), from, wanted);
        assertThat(
                        pairs.isEmpty()
                                ? "none"
                                : "%d at %d"
                                        .formatted(
                                                pairs.getFirst().request(),
                                                pairs.getFirst().percent()))
                .isEqualTo(nearest);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void everyPairKeepsTheAmountAndLiesOnTheWay(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            Origin origin = origin(1 + random.nextInt(120), 1 + random.nextLong(20_000_000_000L));
            long from = 1 + (long) (origin.request().value() * (0.3 + random.nextDouble()));
            long wanted = 1 + (long) (from * 3 * random.nextDouble());
            for (Pair pair : Retuning.pairs(origin, from, wanted)) {
                assertThat(Math.abs(Retuning.drift(origin, pair.request(), pair.percent())))
                        .isLessThanOrEqualTo(Retuning.DRIFT);
                assertThat(pair.request()).isBetween(Math.min(from, wanted), Math.max(from, wanted));
                assertThat(pair.percent()).isBetween(Math.min(50, origin.percent()), Math.max(90, origin.percent()));
            }
        }
    }

    private static Origin origin(int percent, long milli) {
        return new Origin(percent, new ResourceAmount(Resource.CPU, milli));
    }
}
