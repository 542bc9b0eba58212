package io.trimtab.service.loop;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.forecast.RememberingForecaster;
import io.trimtab.recommend.cycle.Cycle;
import io.trimtab.service.state.StateKeeper;
import io.trimtab.service.state.StateMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Keeps what a loop has learned, and only that, as the service does. */
public final class LearnedState {
    private LearnedState() {}

    /** Restores what the folder holds; then each tick saves. */
    public static StateKeeper open(Path folder, InstantSource clock, Cycle cycle, RememberingForecaster forecaster) {
        return StateKeeper.open(
                folder,
                Duration.ZERO,
                List.of(Learned.section(cycle, forecaster)),
                clock,
                new StateMetrics(new PrometheusRegistry()),
                savedAt -> "the benchmark was broken off");
    }
}
