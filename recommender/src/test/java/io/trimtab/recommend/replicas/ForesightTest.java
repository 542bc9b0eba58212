package io.trimtab.recommend.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.recommend.replicas.ScalingAnswer.Predicted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forecasts of a metric with a target of 1 for each replica, a value a minute. */
class ForesightTest {
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    @Test
    void aRampIsFollowedToTheMomentAPodServes() {
        Predicted predicted = predict(60, "90s", i -> 1 + 0.1 * i);

        assertThat(predicted.at()).isEqualTo(START.plusSeconds(59 * 60 + 90));
        assertThat(predicted.value().orElseThrow()).isCloseTo(1 + 0.1 * 60.5, within(1e-6));
        assertThat(predicted.replicas())
                .as("7.05 need 8, though they are within a tenth of 7")
                .contains(8);
        assertThat(predicted.used()).isTrue();
        assertThat(predict(60, "600s", i -> 1 + 0.1 * i).replicas()).contains(8);
    }

    @Test
    void aSeasonIsFollowedUphill() {
        Predicted predicted = predict(24 * 7 + 6, "300s", i -> 10 + 8 * Math.sin(2 * Math.PI * i / 24));

        assertThat(predicted.value().orElseThrow())
                .isCloseTo(10 + 8 * Math.sin(2 * Math.PI * (24 * 7 + 10) / 24), within(1e-6));
        assertThat(predicted.used()).isTrue();
    }

    @Test
    void gapsDoNotStopIt() {
        List<Optional<Double>> values = IntStream.range(0, 60)
                .mapToObj(i -> i % 7 == 3 ? Optional.<Double>empty() : Optional.of(1 + 0.1 * i))
                .toList();

        assertThat(decide(values, "60s").predicted().orElseThrow().value().orElseThrow())
                .isCloseTo(7.0, within(1e-6));
    }

    @Test
    void aConstantNeedsNoForecast() {
        ScalingAnswer answer = decide(values(60, i -> 4), "90s");

        assertThat(answer.predicted().orElseThrow().used()).isFalse();
        assertThat(answer.reasons().toString()).contains("ForecastNotBetter");
        assertThat(answer.desiredReplicas()).isEqualTo(4);
    }

    /** Headroom over what cannot be foreseen is bought only as far as it is cheap. */
    @Test
    void jumpsThatNothingAnnouncesCostLittleSeed5() {
        double raised = 0;
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(500 + seed);
            double[] level = {50};
            Predicted predicted = predict(200, "120s", i -> level[0] = Math.max(1, level[0] + random.nextGaussian()));
            if (predicted.used()) raised += predicted.value().orElseThrow() / level[0] - 1;
        }
        assertThat(raised / 40).isBetween(-0.02, 0.05);
    }

    @Test
    void tooFewValuesAreNotJudged() {
        ScalingAnswer answer = decide(values(8, i -> i), "60s");

        assertThat(answer.predicted().orElseThrow().value()).isEmpty();
        assertThat(answer.reasons().toString()).contains("ForecastTooShort");
    }

    @Test
    void aFallIsForecastButTakesNothingAway() {
        ScalingAnswer answer = decide(values(60, i -> 100 - i), "600s");

        assertThat(answer.predicted().orElseThrow().value().orElseThrow()).isCloseTo(31, within(1e-6));
        assertThat(answer.desiredReplicas()).isEqualTo(41);
        assertThat(answer.reasons().toString()).contains("ForecastNotHigher");
    }

    @Test
    void boundsHoldForForecastsToo() {
        Scenario scenario =
                Scenario.of(7, Scenario.metric("6900", "avg:1000"), "").bounded(1, 7);
        ScalingAnswer answer = scenario.foreseeing(demand(values(60, i -> 1 + 0.1 * i), "600s"))
                .decide();

        assertThat(answer.predicted().orElseThrow().replicas()).contains(8);
        assertThat(answer.desiredReplicas()).isEqualTo(7);
        assertThat(answer.limitedBy()).contains(ScalingAnswer.Limit.MAX_REPLICAS);
    }

    /** 6.9 are needed now, 8 by then. */
    @ParameterizedTest(name = "room for {0} of 8")
    @CsvSource(textBlock = """
        9, 8, ForecastHigher
        8, 8, ForecastHigher
        7, 7, ForecastBeyondNodes
        2, 7, ForecastBeyondNodes
        """)
    void aForecastAsksForNoMoreThanThereIsRoomFor(int room, int expected, String reason) {
        PastDemand demand = demand(values(60, i -> 1 + 0.1 * i), "600s");
        ScalingAnswer answer = Scenario.of(6, Scenario.metric("6900", "avg:1000"), "")
                .bounded(1, 20)
                .foreseeing(demand.within(Optional.of(new ReplicaRoom.OnNodes(room))))
                .decide();

        assertThat(answer.predicted().orElseThrow().replicas()).contains(8);
        assertThat(answer.desiredReplicas()).isEqualTo(expected);
        assertThat(answer.reasons().toString()).contains(reason);
    }

    private static Predicted predict(int count, String podStart, IntToDoubleFunction value) {
        return decide(values(count, value), podStart).predicted().orElseThrow();
    }

    private static List<Optional<Double>> values(int count, IntToDoubleFunction value) {
        return IntStream.range(0, count)
                .mapToObj(i -> Optional.of(value.applyAsDouble(i)))
                .toList();
    }

    /** The metric's newest value decides the number without a forecast. */
    private static ScalingAnswer decide(List<Optional<Double>> values, String podStart) {
        double now = values.getLast().orElse(1.0);
        int replicas = (int) Math.max(1, Math.ceil(now));
        Scenario scenario =
                Scenario.of(replicas, Scenario.metric(Long.toString(Math.round(now * 1000)), "avg:1000"), "");
        return scenario.foreseeing(demand(values, podStart)).decide();
    }

    private static PastDemand demand(List<Optional<Double>> values, String podStart) {
        return new PastDemand(START, Duration.ofSeconds(60), values, Duration.parse("PT" + podStart));
    }
}
