package io.trimtab.recommend.headroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.forecast.online.Level;
import io.trimtab.recommend.headroom.PoolWeek.Autoscaler;
import io.trimtab.recommend.headroom.PoolWeek.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolWeekTest {
    private static final Duration UNNEEDED = Duration.ofMinutes(2);
    private static final Autoscaler REACTIVE = new Autoscaler.Reactive(Duration.ofMinutes(10));
    private static final int SERVICES = 20;

    @ParameterizedTest(name = "{0} now, {1} ahead, {2} on a node: {3}")
    @CsvSource({"0, 0, 10, 0", "10, 0, 10, 1", "10.1, 0, 10, 2", "10, 20, 10, 2", "20, 10, 10, 2", "10, 20.5, 10, 3"})
    void countsNodes(double asked, double ahead, double perNode, int expected) {
        assertThat(Headroom.nodes(asked, ahead, perNode)).isEqualTo(expected);
    }

    @Test
    void refusesNodesWithoutRoom() {
        assertThatThrownBy(() -> Headroom.nodes(1, 1, 0)).hasMessageContaining("perNode (0.0)");
    }

    @ParameterizedTest(name = "seed {0}: pods wait less with the forecast")
    @ValueSource(longs = {1, 2})
    void podsWaitLessWithTheForecast(long seed) {
        Outcome reactive = PoolWeek.run(REACTIVE, seed, SERVICES);
        Outcome forecast = PoolWeek.run(new Autoscaler.Forecast(Level.P99, UNNEEDED), seed, SERVICES);

        assertThat(reactive.pendingPodSeconds()).isPositive();
        assertThat(forecast.pendingPodSeconds()).isLessThan(0.5 * reactive.pendingPodSeconds());
        assertThat(PoolWeek.run(REACTIVE, seed, SERVICES)).isEqualTo(reactive);
    }

    @Test
    void patienceCostsAndLeavesFewerPodsWaiting() {
        Outcome hasty = PoolWeek.run(new Autoscaler.Reactive(UNNEEDED), 3, SERVICES);
        Outcome patient = PoolWeek.run(REACTIVE, 3, SERVICES);

        assertThat(patient.nodeHours()).isGreaterThan(hasty.nodeHours());
        assertThat(patient.pendingPodSeconds()).isLessThan(hasty.pendingPodSeconds());
    }
}
