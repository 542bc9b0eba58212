package io.trimtab.service.loop;

import io.prometheus.metrics.core.datapoints.Timer;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.SourceHealth;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** What Trimtab says of itself at {@code /metrics}. */
public final class SelfMetrics implements CycleObserver {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Histogram stageSeconds = Histogram.builder()
            .name("trimtab_cycle_stage_seconds")
            .help("Time that a stage of the cycle took.")
            .labelNames("stage")
            .classicUpperBounds(0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
            .register(registry);
    private final Counter cycles = Counter.builder()
            .name("trimtab_cycles_total")
            .help("Rounds of the loop.")
            .register(registry);
    private final Counter samples = Counter.builder()
            .name("trimtab_samples_total")
            .help("Usage samples read.")
            .register(registry);
    private final Gauge recommendations = Gauge.builder()
            .name("trimtab_recommendations")
            .help("Recommendations of the last round, by kind.")
            .labelNames("kind")
            .register(registry);
    private final Counter outcomes = Counter.builder()
            .name("trimtab_outcomes_total")
            .help("What became of recommendations.")
            .labelNames("outcome")
            .register(registry);
    private final Counter sourceErrors = Counter.builder()
            .name("trimtab_source_errors_total")
            .help("Rounds in which a source did not answer, by kind of failure.")
            .labelNames("source", "kind")
            .register(registry);
    private final Gauge sourceAnswered = Gauge.builder()
            .name("trimtab_source_answered_timestamp_seconds")
            .help("When a source last answered, on the cluster's clock.")
            .labelNames("source")
            .register(registry);
    private final Gauge cycleAt = Gauge.builder()
            .name("trimtab_cycle_timestamp_seconds")
            .help("When the last round began, on the cluster's clock.")
            .register(registry);

    private final Map<String, Double> lastStageSeconds = new ConcurrentSkipListMap<>();
    private Optional<RunningStage> running = Optional.empty();
    private long samplesOfRound;

    private record RunningStage(String name, Timer timer) {}

    public SelfMetrics() {
        JvmMetrics.builder().register(registry);
    }

    public PrometheusRegistry registry() {
        return registry;
    }

    /** Seconds that each stage of the last round took. */
    public Map<String, Double> lastStageSeconds() {
        return Map.copyOf(lastStageSeconds);
    }

    public long cycleCount() {
        return (long) cycles.get();
    }

    @Override
    public void stage(Stage stage) {
        endStage();
        String name = stage.name().toLowerCase(Locale.ROOT);
        running = Optional.of(
                new RunningStage(name, stageSeconds.labelValues(name).startTimer()));
    }

    @Override
    public void read(Duration done, Duration all, long samplesSoFar) {
        samples.inc(samplesSoFar - samplesOfRound);
        samplesOfRound = samplesSoFar;
    }

    @Override
    public void done(CycleReport report) {
        endStage();
        samplesOfRound = 0;
        cycles.inc();
        cycleAt.set(report.at().getEpochSecond());
        recommendations.clear();
        report.decision()
                .ifPresent(decision -> decision.plan().recommendations().forEach(this::count));
        report.outcomes().forEach(this::count);
        source("inventory", report.inventory());
        source("usage", report.usage());
    }

    private void endStage() {
        running.ifPresent(
                stage -> lastStageSeconds.put(stage.name(), stage.timer().observeDuration()));
        running = Optional.empty();
    }

    private void count(Recommendation recommendation) {
        recommendations.labelValues(recommendation.getClass().getSimpleName()).inc();
    }

    private void count(Outcome outcome) {
        outcomes.labelValues(outcome.getClass().getSimpleName()).inc();
    }

    private void source(String name, SourceHealth health) {
        health.failure()
                .ifPresent(failure ->
                        sourceErrors.labelValues(name, failure.kind().name()).inc());
        health.answeredAt().ifPresent(at -> sourceAnswered.labelValues(name).set(at.getEpochSecond()));
    }
}
