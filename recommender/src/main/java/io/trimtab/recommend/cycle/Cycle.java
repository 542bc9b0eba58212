package io.trimtab.recommend.cycle;

import io.trimtab.forecast.Demand;
import io.trimtab.forecast.Forecaster;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.Inventory;
import io.trimtab.ingest.UsageSource;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.recommend.Actuator;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.cycle.CycleObserver.Stage;
import io.trimtab.recommend.cycle.CycleReport.Decision;
import io.trimtab.recommend.plan.Plan;
import io.trimtab.recommend.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The loop. A round reads the clock once, takes a snapshot, reads the samples since the last round, forecasts, decides everything, and only then acts.
 * A source that fails makes its part of the answer stale, never empty, and nothing is acted on while one is failing. Used by one thread at a time.
 */
public final class Cycle {
    private final InstantSource clock;
    private final Inventory inventory;
    private final UsageSource usage;
    private final Forecaster forecaster;
    private final Planner planner;
    private final Actuator actuator;
    private final CycleObserver observer;
    private final CycleSettings settings;

    private Optional<ClusterSnapshot> known = Optional.empty();
    private Optional<Instant> readUntil = Optional.empty();
    private SourceHealth inventoryHealth = SourceHealth.UNASKED;
    private SourceHealth usageHealth = SourceHealth.UNASKED;

    /** What a round works with. */
    public record Parts(
            InstantSource clock,
            Inventory inventory,
            UsageSource usage,
            Forecaster forecaster,
            Planner planner,
            Actuator actuator) {}

    public Cycle(Parts parts, CycleSettings settings, CycleObserver observer) {
        this.clock = parts.clock();
        this.inventory = parts.inventory();
        this.usage = parts.usage();
        this.forecaster = parts.forecaster();
        this.planner = parts.planner();
        this.actuator = parts.actuator();
        this.settings = settings;
        this.observer = observer;
    }

    /** Up to when the forecaster has all samples; empty before the first slice. */
    public Optional<Instant> readUntil() {
        return readUntil;
    }

    /** Lets the next round read on from there, or from as far back as the history reaches, whichever is later. For a forecaster that was restored. */
    public void resumeAfter(Instant moment) {
        readUntil = Optional.of(moment);
    }

    public CycleReport runOnce() {
        Instant now = clock.instant();
        observer.stage(Stage.INVENTORY);
        takeSnapshot(now);
        observer.stage(Stage.USAGE);
        known.ifPresent(snapshot -> readUsage(snapshot, now));
        observer.stage(Stage.FORECAST);
        Optional<Decision> decision = known.map(this::decide);
        observer.stage(Stage.ACT);
        List<Outcome> outcomes = decision.map(this::act).orElse(List.of());
        CycleReport report = new CycleReport(now, decision, outcomes, inventoryHealth, usageHealth);
        observer.done(report);
        return report;
    }

    private void takeSnapshot(Instant now) {
        try {
            known = Optional.of(inventory.snapshot(now));
            inventoryHealth = SourceHealth.answered(now, List.of());
        } catch (IngestException e) {
            inventoryHealth = inventoryHealth.failed(now, e);
        }
    }

    /** Reads slice by slice, so that a long history never stands in memory whole; a failed slice is asked for again by the next round. */
    private void readUsage(ClusterSnapshot snapshot, Instant now) {
        Instant oldest = now.minus(settings.history());
        Instant start = readUntil.filter(oldest::isBefore).orElse(oldest);
        Instant from = start;
        long samples = 0;
        List<String> gaps = new ArrayList<>();
        try {
            while (from.isBefore(now)) {
                Instant to = earlier(from.plus(settings.slice()), now);
                UsageBatch batch =
                        usage.read(new UsageQuery(new UsageQuery.Scope.Cluster(), from, to, settings.step()));
                forecaster.observe(batch, snapshot);
                observer.kills(batch.kills());
                gaps.addAll(batch.gaps());
                samples += batch.series().stream()
                        .mapToLong(series -> series.size())
                        .sum();
                from = to;
                readUntil = Optional.of(to);
                observer.read(Duration.between(start, to), Duration.between(start, now), samples);
            }
            usageHealth = SourceHealth.answered(now, gaps.stream().distinct().toList());
        } catch (IngestException e) {
            usageHealth = usageHealth.failed(now, e);
        }
    }

    private Decision decide(ClusterSnapshot snapshot) {
        List<Demand> demands = forecaster.forecast(snapshot);
        observer.stage(Stage.RECOMMEND);
        Plan plan = planner.plan(snapshot, demands, forecaster);
        return new Decision(snapshot, demands, plan);
    }

    private List<Outcome> act(Decision decision) {
        boolean stale =
                inventoryHealth.failure().isPresent() || usageHealth.failure().isPresent();
        if (stale) return List.of();
        return decision.plan().recommendations().stream().map(actuator::apply).toList();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
