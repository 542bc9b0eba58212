package io.trimtab.service.loop;

import io.prometheus.metrics.core.datapoints.Timer;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.SourceHealth;
import io.trimtab.service.state.Section;
import io.trimtab.service.zero.ZeroObserver;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** What Trimtab says of itself at {@code /metrics}. */
public final class SelfMetrics implements CycleObserver {
    private static final String INVENTORY = "inventory";
    private static final String USAGE = "usage";
    private static final List<String> SOURCES = List.of(INVENTORY, USAGE);

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Histogram stageSeconds = Histogram.builder()
            .name("trimtab_cycle_stage_seconds")
            .help("Time that a stage of a round took.")
            .unit(Unit.SECONDS)
            .labelNames("stage")
            .classicUpperBounds(0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
            .register(registry);
    private final Histogram cycleSeconds = Histogram.builder()
            .name("trimtab_cycle_seconds")
            .help("Time that a whole round took.")
            .unit(Unit.SECONDS)
            .classicUpperBounds(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900)
            .register(registry);
    private final Gauge cycleInterval = Gauge.builder()
            .name("trimtab_cycle_interval_seconds")
            .help("Time from the start of a round to the start of the next one, as it is set.")
            .unit(Unit.SECONDS)
            .register(registry);
    private final Counter cycles = Counter.builder()
            .name("trimtab_cycles_total")
            .help("Rounds that ended.")
            .register(registry);
    private final Counter cycleFailures = Counter.builder()
            .name("trimtab_cycle_failures_total")
            .help("Rounds that broke off; the log says why.")
            .register(registry);
    private final Counter samples = Counter.builder()
            .name("trimtab_samples_total")
            .help("Usage samples read.")
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
    private final Gauge sourceUp = Gauge.builder()
            .name("trimtab_source_up")
            .help("Whether a source answered in the last round: 1 or 0; while it is 0, what is shown is stale.")
            .labelNames("source")
            .register(registry);
    private final Gauge sourceAnswered = Gauge.builder()
            .name("trimtab_source_answered_timestamp_seconds")
            .help("When a source last answered, on the cluster's clock.")
            .unit(Unit.SECONDS)
            .labelNames("source")
            .register(registry);
    private final Gauge cycleAt = Gauge.builder()
            .name("trimtab_cycle_timestamp_seconds")
            .help("When the last round began, on the cluster's clock.")
            .unit(Unit.SECONDS)
            .register(registry);

    private final KillCounter kills = new KillCounter(registry);
    private final ZeroMetrics zero = new ZeroMetrics(registry);
    private final Map<String, Double> lastStageSeconds = new ConcurrentSkipListMap<>();
    private Optional<RunningStage> running = Optional.empty();
    private Optional<Timer> round = Optional.empty();
    private long samplesOfRound;

    private record RunningStage(String name, Timer timer) {}

    public SelfMetrics() {
        JvmMetrics.builder().register(registry);
        // What has not happened yet is 0: a counter that appears with its first event hides that event from increase().
        for (String source : SOURCES)
            for (IngestException.Kind kind : IngestException.Kind.values())
                sourceErrors.initLabelValues(source, kind.name());
        for (Class<?> outcome : Outcome.class.getPermittedSubclasses())
            outcomes.initLabelValues(outcome.getSimpleName());
    }

    public PrometheusRegistry registry() {
        return registry;
    }

    /** What scale to zero is watched by. */
    ZeroObserver zero() {
        return zero;
    }

    /** The kills that are counted, to be kept. */
    Section countedKills() {
        return kills.section();
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
        if (stage == Stage.INVENTORY) round = Optional.of(cycleSeconds.startTimer());
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
    public void kills(List<OutOfMemoryKill> learned) {
        kills.add(learned);
    }

    @Override
    public void done(CycleReport report) {
        endStage();
        round.ifPresent(Timer::observeDuration);
        round = Optional.empty();
        samplesOfRound = 0;
        cycles.inc();
        cycleAt.set(report.at().getEpochSecond());
        report.decision().ifPresent(decision -> kills.publish(decision.snapshot()));
        report.outcomes().forEach(this::count);
        source(INVENTORY, report.inventory());
        source(USAGE, report.usage());
    }

    /** The round broke off; its times do not count. */
    void failed() {
        running = Optional.empty();
        round = Optional.empty();
        samplesOfRound = 0;
        cycleFailures.inc();
    }

    void interval(Duration every) {
        cycleInterval.set(every.toMillis() / 1000.0);
    }

    private void endStage() {
        running.ifPresent(
                stage -> lastStageSeconds.put(stage.name(), stage.timer().observeDuration()));
        running = Optional.empty();
    }

    private void count(Outcome outcome) {
        outcomes.labelValues(outcome.getClass().getSimpleName()).inc();
    }

    private void source(String name, SourceHealth health) {
        health.failure()
                .ifPresent(failure ->
                        sourceErrors.labelValues(name, failure.kind().name()).inc());
        sourceUp.labelValues(name)
                .set(health.failure().isEmpty() && health.answeredAt().isPresent() ? 1 : 0);
        health.answeredAt().ifPresent(at -> sourceAnswered.labelValues(name).set(at.getEpochSecond()));
    }
}
