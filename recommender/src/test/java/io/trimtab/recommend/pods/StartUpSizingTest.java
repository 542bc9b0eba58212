package io.trimtab.recommend.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.starts.StartUse;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.PodReason.StartUpBoost;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartUpSizingTest {
    /** Twelve starts. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        a full node would slow it            | 2.0 |  60 |  0 |  500 | -    | 2000 none 180s full node
        at the edge of 10 s                  | 1.0 |  10 |  0 |  500 | -    | 1000 none 10s full node
        below it                             | 1.0 |   9 |  0 |  500 | -    | -
        a quarter more                       | 1.25|  60 |  0 | 1000 | -    | 1250 none 15s full node
        less than a quarter more             | 1.24|  60 |  0 | 1000 | -    | -
        it starts with less than it has      | 0.3 |  60 |  0 | 1000 | -    | -
        it does nothing                      | 0.0 |  60 |  0 | 1000 | -    | -
        nothing is requested                 | 2.0 |  60 |  0 | -    | -    | -
        the limit to come would hold it      | 2.0 |  60 |  0 |  500 | 1000 | 2000 4000 60s always
        its limit has held it: twice as much | 1.0 |  60 | 12 |  500 | 1000 | 2000 4000 30s always
        one start of twelve was held         | 1.0 |  60 |  1 |  500 | 2000 | 1000 4000 60s full node
        """)
    void isWantedWhereItPays(
            String name, double cores, long seconds, int atLimit, Long request, Long limit, String expected) {
        var use = new StartUse(12, cores, Duration.ofSeconds(seconds), atLimit);
        assertThat(boost(use, requirements(request, limit), PodPolicy.DEFAULT))
                .isEqualTo(expected == null ? "-" : expected);
    }

    @Test
    void boundsAndLimitsThatStayAreObeyed() {
        var use = new StartUse(12, 2, Duration.ofSeconds(60), 0);
        Requirements later = requirements(500L, 1000L);
        Bounds bounds =
                new Bounds(Optional.empty(), Optional.of(new MilliCores(800)), Optional.empty(), Optional.empty());
        assertThat(boost(use, later, policy(bounds, LimitRules.RATIO))).isEqualTo("800 1600 45s always");
        assertThat(boost(use, later, policy(Bounds.NONE, LimitRules.KEEP))).isEqualTo("1000 1000 120s full node");
        assertThat(boost(use, requirements(1000L, 1000L), policy(Bounds.NONE, LimitRules.KEEP)))
                .as("there is nothing above its limit")
                .isEqualTo("-");
    }

    /** Seed 21: whatever starts use, a boost is more than the request of later, within its limit, and more use never asks for less. */
    @Test
    void moreUseNeverAsksForLess() {
        Random random = new Random(21);
        int boosted = 0;
        for (int i = 0; i < 1000; i++) {
            long request = 1 + random.nextInt(2000);
            Requirements later = requirements(request, random.nextBoolean() ? request + random.nextInt(4000) : null);
            Duration lasts = Duration.ofSeconds(random.nextInt(600));
            double cores = 4 * random.nextDouble();
            Optional<StartUpBoost> less = of(new StartUse(5, cores, lasts, 0), later, PodPolicy.DEFAULT);
            Optional<StartUpBoost> more = of(new StartUse(5, 1.2 * cores, lasts, 0), later, PodPolicy.DEFAULT);
            if (less.isEmpty()) continue;
            boosted++;
            assertThat(less.get().request().value()).isGreaterThan(request);
            assertThat(less.get()
                            .limit()
                            .filter(limit -> limit.compareTo(less.get().request()) < 0))
                    .isEmpty();
            assertThat(more.orElseThrow().request())
                    .isGreaterThanOrEqualTo(less.get().request());
            if (more.get().always() == less.get().always())
                assertThat(more.get().slower())
                        .isGreaterThanOrEqualTo(less.get().slower());
        }
        assertThat(boosted).isGreaterThan(300);
    }

    private static String boost(StartUse use, Requirements later, PodPolicy policy) {
        return of(use, later, policy)
                .map(it -> "%d %s %ds %s"
                        .formatted(
                                it.request().value(),
                                it.limit().map(limit -> "" + limit.value()).orElse("none"),
                                it.slower().toSeconds(),
                                it.always() ? "always" : "full node"))
                .orElse("-");
    }

    private static Optional<StartUpBoost> of(StartUse use, Requirements later, PodPolicy policy) {
        return StartUpSizing.wanted(use, later, policy)
                .flatMap(wanted -> StartUpSizing.boost(
                        "app", use, later, policy.limits().applied(later, Optional.of(wanted), Optional.empty())));
    }

    private static PodPolicy policy(Bounds bounds, LimitRules limits) {
        return new PodPolicy(bounds, limits, Duration.ZERO, 0.1, AcceptedRisk.DEFAULT);
    }

    private static Requirements requirements(Long request, Long limit) {
        return new Requirements(
                Optional.ofNullable(request).map(MilliCores::new),
                Optional.empty(),
                Optional.ofNullable(limit).map(MilliCores::new),
                Optional.empty(),
                GpuMilli.ZERO);
    }
}
