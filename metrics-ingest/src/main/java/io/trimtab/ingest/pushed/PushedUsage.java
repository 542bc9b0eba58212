package io.trimtab.ingest.pushed;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.UsageSource;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.PodNames;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.usage.Grid;
import io.trimtab.ingest.usage.Kills;
import io.trimtab.ingest.usage.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Usage out of what was pushed, as a Prometheus that was sent the same samples would answer it: CPU as the rate over 5 minutes, or over the step where that is
 * longer, or as the average over as long where there is only a gauge; memory as the last value; at whole multiples of the step; the greatest of the series of one container, so that a pair of senders or a restart shows
 * it once.
 */
public final class PushedUsage implements UsageSource {
    /** As {@link io.trimtab.ingest.promql.PrometheusSettings} has it. */
    static final Duration RATE_WINDOW = Duration.ofMinutes(5);

    /** What to do to be sent usage, for messages. */
    public static final String HOW_TO_PUSH =
            "let a Prometheus of the cluster remote_write to POST /api/v1/write, or an OpenTelemetry collector export"
                    + " to POST /v1/metrics or the port of gRPC";

    private final PushedSamples pushed;
    private final InstantSource clock;

    public PushedUsage(PushedSamples pushed, InstantSource clock) {
        this.pushed = pushed;
        this.clock = clock;
    }

    /** @throws IngestException when nothing has come for 5 minutes */
    @Override
    public UsageBatch read(UsageQuery query) throws IngestException {
        Instant now = clock.instant();
        if (pushed.flowingSince(now).isEmpty())
            throw new IngestException(
                    IngestException.Kind.UNREACHABLE,
                    "no usage was pushed in the last 5 min; %s, and look at the sender's log".formatted(HOW_TO_PUSH),
                    null);
        Grid grid = kept(Grid.between(query.from(), query.to(), query.step()), now);
        if (grid.isEmpty()) return UsageBatch.EMPTY;
        return read(query, grid, now);
    }

    /** From when on the answer is as whole as that of a store; empty while nothing comes. */
    Optional<Instant> wholeFrom(Duration step, Instant now) {
        Duration window = window(step);
        Instant kept = now.minus(PushedSamples.KEPT).plus(window);
        return pushed.flowingSince(now)
                .map(since -> since.plus(window))
                .map(since -> since.isAfter(kept) ? since : kept);
    }

    private UsageBatch read(UsageQuery query, Grid grid, Instant now) {
        Predicate<ContainerId> wanted = wanted(query.scope());
        long windowSeconds = window(query.step()).toSeconds();
        Found found = new Found();
        Grid withBefore = grid.withOneBefore();
        pushed.forEach(now, series -> {
            if (!wanted.test(series.container)) return;
            Samples samples = switch (series.metric) {
                case CPU -> Evaluation.rate(series.samples, grid, windowSeconds);
                case CPU_CORES -> Evaluation.average(series.samples, grid, windowSeconds);
                case MEMORY -> Evaluation.last(series.samples, grid);
                case KILLED, LAST_END, RESTARTS, MEMORY_REQUEST -> Evaluation.last(series.samples, withBefore);
            };
            if (samples.size() > 0) found.of(series.metric).merge(series.container, samples, Samples::greatest);
        });
        List<UsageSeries> usage = new ArrayList<>();
        // A counter misses nothing between its samples; the gauge of the same container does.
        found.cores.keySet().removeAll(found.cpu.keySet());
        add(usage, Resource.CPU, found.cpu, Duration.ofSeconds(windowSeconds));
        add(usage, Resource.CPU, found.cores, Duration.ZERO);
        add(usage, Resource.MEMORY, found.memory, Duration.ZERO);
        return new UsageBatch(usage, kills(found, grid), List.of());
    }

    private static void add(
            List<UsageSeries> to, Resource resource, Map<ContainerId, Samples> found, Duration spreadOver) {
        found.forEach((container, samples) ->
                to.add(new UsageSeries(container, resource, samples.moments(), samples.values(), spreadOver)));
    }

    private static List<OutOfMemoryKill> kills(Found found, Grid grid) {
        return Kills.find(
                whereKilled(found.ends, found.killed),
                whereKilled(found.restarts, found.killed),
                whereKilled(found.requests, found.killed),
                grid.first(),
                grid.stepSeconds());
    }

    /** Only of the containers, and at the moments, whose last end was for memory. */
    private static Map<ContainerId, Samples> whereKilled(
            Map<ContainerId, Samples> of, Map<ContainerId, Samples> killed) {
        Map<ContainerId, Samples> found = new HashMap<>();
        killed.forEach((container, marks) -> {
            Samples all = of.get(container);
            if (all == null) return;
            Samples samples = new Samples();
            for (int i = 0, mark = 0; i < all.size(); i++) {
                while (mark < marks.size() && marks.atSecond(mark) < all.atSecond(i)) mark++;
                boolean marked =
                        mark < marks.size() && marks.atSecond(mark) == all.atSecond(i) && marks.amount(mark) > 0;
                if (marked) samples.add(all.atSecond(i), all.amount(i));
            }
            if (samples.size() > 0) found.put(container, samples);
        });
        return found;
    }

    private static Predicate<ContainerId> wanted(UsageQuery.Scope scope) {
        return switch (scope) {
            case UsageQuery.Scope.Cluster() -> container -> true;
            case UsageQuery.Scope.Namespace(String name) ->
                container -> container.pod().namespace().equals(name);
            case UsageQuery.Scope.OneWorkload(var workload) -> {
                Predicate<String> pods = Pattern.compile(PodNames.of(workload)).asMatchPredicate();
                yield container -> container.pod().namespace().equals(workload.namespace())
                        && pods.test(container.pod().name());
            }
        };
    }

    /** Without the moments that are older than all that is kept. */
    private static Grid kept(Grid grid, Instant now) {
        long oldest = now.minus(PushedSamples.KEPT).getEpochSecond();
        long before = Math.ceilDiv(oldest - grid.first(), grid.stepSeconds());
        return before <= 0 ? grid : grid.after(Math.toIntExact(Math.min(before, Math.max(0, grid.points()))));
    }

    private static Duration window(Duration step) {
        return step.compareTo(RATE_WINDOW) > 0 ? step : RATE_WINDOW;
    }

    /** Samples at the moments of a grid, by metric. */
    private static final class Found {
        private final Map<ContainerId, Samples> cpu = new HashMap<>();
        private final Map<ContainerId, Samples> cores = new HashMap<>();
        private final Map<ContainerId, Samples> memory = new HashMap<>();
        private final Map<ContainerId, Samples> killed = new HashMap<>();
        private final Map<ContainerId, Samples> ends = new HashMap<>();
        private final Map<ContainerId, Samples> restarts = new HashMap<>();
        private final Map<ContainerId, Samples> requests = new HashMap<>();

        private Map<ContainerId, Samples> of(PushedMetric metric) {
            return switch (metric) {
                case CPU -> cpu;
                case CPU_CORES -> cores;
                case MEMORY -> memory;
                case KILLED -> killed;
                case LAST_END -> ends;
                case RESTARTS -> restarts;
                case MEMORY_REQUEST -> requests;
            };
        }
    }
}
