package io.trimtab.ingest.promql;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.RuntimeUsageSource;
import io.trimtab.ingest.UsageSource;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.MetricFinding;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.promql.ChunkedReader.Reading;
import io.trimtab.ingest.pushed.PushedMetric;
import io.trimtab.ingest.usage.Grid;
import io.trimtab.ingest.usage.Kills;
import io.trimtab.ingest.usage.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Usage out of a Prometheus-compatible store, from the container metrics of the kubelet or of OpenTelemetry, whichever it has, and kills for memory from those
 * of kube-state-metrics.
 *
 * <p>CPU is the rate over the settings' window, or over the step where that is longer, so that no use falls between two samples. Moments are
 * whole multiples of the step. At most one query is under way at any time, whoever asks.
 */
public final class PrometheusUsageSource implements UsageSource, AutoCloseable {
    private static final int MOST_WARNINGS = 5;

    /** Rounds in which it answered a part; those in which it answered nothing do not count. */
    private static final int MOST_BROKEN_OFF = 5;

    private final PrometheusSettings settings;
    private final PromQl promQl;
    private final PrometheusClient client;
    private final Complaints complain;
    private final ChunkedReader reader;
    private final NameDetection detection;

    /** In how many readings of the whole cluster one after the other. */
    private int brokenOff;

    public PrometheusUsageSource(PrometheusSettings settings) {
        this.settings = settings;
        this.promQl = new PromQl(settings.labels());
        this.client = new PrometheusClient(settings);
        this.complain = new Complaints(settings.baseUri().toString().replaceAll("/+$", ""), settings.timeout());
        this.reader = new ChunkedReader(client, settings, complain);
        this.detection = new NameDetection(client, settings.labels(), complain.where());
    }

    @Override
    public UsageBatch read(UsageQuery query) throws IngestException {
        Grid grid = Grid.between(query.from(), query.to(), query.step());
        if (grid.isEmpty()) return UsageBatch.EMPTY;
        Names names = detection.names(query);
        Progress progress = new Progress();
        List<UsageSeries> series = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            // Most stores know of no GPU.
            if (resource == Resource.GPU && names.gpu().isEmpty()) continue;
            Duration window = max(settings.rateWindow(), query.step());
            Answer answer = progress.read(words(resource), usage(resource, names, query.scope(), window), grid);
            boolean rates = resource == Resource.CPU && names.of(resource).means() == PushedMetric.CPU;
            answer.series().forEach((id, samples) -> {
                if (samples.size() > 0)
                    series.add(new UsageSeries(
                            id, resource, samples.moments(), samples.values(), rates ? window : Duration.ZERO));
            });
        }
        List<OutOfMemoryKill> kills = kills(query.scope(), grid, progress);
        progress.throwIfNothingWasRead();
        boolean ofRounds = query.scope() instanceof UsageQuery.Scope.Cluster;
        if (ofRounds && isAskedAgain(progress.gaveUp)) throw progress.failures.getLast();
        return new UsageBatch(series, kills, progress.gaps);
    }

    /** What was read before the store broke off is read again with the rest, so that nothing is lost; but one question that it never answers must not stand in the way for ever. */
    private synchronized boolean isAskedAgain(boolean gaveUp) {
        brokenOff = gaveUp ? (brokenOff + 1) % MOST_BROKEN_OFF : 0;
        return brokenOff > 0;
    }

    private Query usage(Resource resource, Names names, UsageQuery.Scope scope, Duration window) {
        return switch (resource) {
            case CPU, MEMORY -> promQl.usage(names.of(resource), scope, window);
            case GPU -> promQl.gpus(scope);
        };
    }

    private static String words(Resource resource) {
        return switch (resource) {
            case CPU -> "CPU";
            case MEMORY -> "memory";
            case GPU -> "GPU";
        };
    }

    /** What runtimes tell of themselves, from the same store; it is closed with this. */
    public RuntimeUsageSource runtimeUsage() {
        return new PrometheusRuntimeUsage(client, settings.labels(), complain);
    }

    /** Which metrics it has, and what it costs that it has no others; empty before the first reading. */
    public List<MetricFinding> findings() {
        return detection.findings();
    }

    private List<OutOfMemoryKill> kills(UsageQuery.Scope scope, Grid grid, Progress progress) {
        Grid withBefore = grid.withOneBefore();
        Set<ContainerId> killed = progress.read("OOM kills", promQl.killed(scope), withBefore)
                .series()
                .keySet();
        if (killed.isEmpty()) return List.of();
        Map<ContainerId, Samples> ends = progress.read("OOM kill times", promQl.endOfKilled(scope, killed), withBefore)
                .series();
        Map<ContainerId, Samples> restarts = ends.keySet().containsAll(killed)
                ? Map.of()
                : progress.read("restarts after OOM kills", promQl.restartsAfterKill(scope, killed), withBefore)
                        .series();
        Map<ContainerId, Samples> requests = progress.read(
                        "memory requests", promQl.requestOfKilled(scope, killed), withBefore)
                .series();
        return Kills.find(ends, restarts, requests, grid.first(), grid.stepSeconds());
    }

    /** Stops asking. */
    @Override
    public void close() {
        client.close();
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** What one reading has met so far. */
    private final class Progress {
        private final List<String> gaps = new ArrayList<>();
        private final List<IngestException> failures = new ArrayList<>();
        private int chunks;
        private boolean gaveUp;

        Answer read(String what, Query query, Grid grid) {
            if (gaveUp) {
                gaps.add(complain.gap(
                        "%s was not asked for after the failure above".formatted(what),
                        "look at its own log, or narrow what is asked for"));
                return new Answer(Map.of(), 0, 0, List.of());
            }
            Reading reading = reader.read(what, query, grid);
            Answer answer = reading.answer();
            chunks += reading.chunks();
            gaveUp = reading.gaveUp();
            failures.addAll(reading.failures());
            gaps.addAll(reading.skipped());
            if (answer.dropped() > 0) {
                String dropped = "%d %s samples were NaN, infinite, negative or out of order and are left out"
                        .formatted(answer.dropped(), what);
                gaps.add(complain.gap(dropped, "check the exporter and recording rules behind them"));
            }
            if (answer.unnamed() > 0) {
                String unnamed = "%d %s series have no namespace, pod or container and are left out"
                        .formatted(answer.unnamed(), what);
                gaps.add(complain.gap(unnamed, "check the relabelling of the scrape"));
            }
            answer.warnings().stream()
                    .limit(MOST_WARNINGS)
                    .forEach(warning -> gaps.add(
                            complain.gap("warns of %s: %s".formatted(what, warning), "its answer may lack data")));
            return answer;
        }

        void throwIfNothingWasRead() throws IngestException {
            if (chunks == 0 && !failures.isEmpty()) throw failures.getFirst();
        }
    }
}
