package io.trimtab.ingest.metricsapi;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.ContainerMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import io.trimtab.ingest.UsageSource;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.MetricFinding;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.pushed.PushedMetric;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.pushed.PushedUsage;
import io.trimtab.ingest.pushed.SampleCounts;
import io.trimtab.ingest.pushed.SampleFate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks {@code metrics.k8s.io} every 30 s what each container uses, while nothing is pushed. One answer is held in memory while it is read, about 1 KB for each
 * pod: the API has no pages.
 *
 * @see "Kubernetes documentation, Resource metrics pipeline"
 */
public final class MetricsApiUsage implements UsageSource, AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(30);

    /** What is pushed must have come for as long before this is asked no more: by then it stands by itself. */
    private static final Duration ENOUGH = Duration.ofMinutes(15);

    private static final Complaint NOT_YET =
            new Complaint(Kind.UNREACHABLE, "metrics.k8s.io is being asked for the first time; wait a minute");

    private static final Complaint SILENT = new Complaint(
            Kind.UNREACHABLE,
            "nothing is pushed, and metrics.k8s.io told of no container in the last 5 min; look at the log of"
                    + " metrics-server, or " + PushedUsage.HOW_TO_PUSH);

    private final KubernetesClient client;
    private final PushedSamples pushed;
    private final PushedSamples polled;
    private final PushedUsage usage;
    private final PushedUsage others;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("metrics-api").factory());
    private volatile Optional<Complaint> failed = Optional.of(NOT_YET);
    private volatile long withoutRoom;

    /**
     * @param pushed by others; while it flows, nothing is asked
     * @param polled where what is learned is kept; nobody else's
     */
    public MetricsApiUsage(KubernetesClient client, PushedSamples pushed, PushedSamples polled, InstantSource clock) {
        this.client = client;
        this.pushed = pushed;
        this.polled = polled;
        this.usage = new PushedUsage(polled, clock);
        this.others = new PushedUsage(pushed, clock);
        this.clock = clock;
    }

    public void start() {
        // What poll meets it keeps, so that the schedule never ends by itself.
        ScheduledFuture<?> _ = thread.scheduleWithFixedDelay(this::poll, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @throws IngestException while the API does not answer, or tells nothing new, and nothing is pushed either */
    @Override
    public UsageBatch read(UsageQuery query) throws IngestException {
        Instant now = clock.instant();
        Optional<Complaint> why = trouble(now);
        if (why.isPresent()) {
            if (pushed.flowingSince(now).isPresent()) return others.read(query);
            throw new IngestException(why.get().kind(), why.get().message(), null);
        }
        UsageBatch batch = usage.read(query);
        List<String> gaps = new ArrayList<>(batch.gaps());
        gaps.add("usage is that of metrics.k8s.io: no history, no short peaks; give --prometheus, or "
                + PushedUsage.HOW_TO_PUSH);
        if (withoutRoom > 0)
            gaps.add(
                    "%d samples of metrics.k8s.io found no room, so those containers have no usage; give Trimtab more memory"
                            .formatted(withoutRoom));
        return new UsageBatch(batch.series(), batch.kills(), gaps);
    }

    private Optional<Complaint> trouble(Instant now) {
        boolean silent = polled.flowingSince(now).isEmpty();
        return failed.or(() -> silent ? Optional.of(SILENT) : Optional.empty());
    }

    /** What it is and costs; empty while what is pushed stands by itself. */
    public List<MetricFinding> findings() {
        Instant now = clock.instant();
        Optional<Complaint> why = trouble(now);
        if (isNotNeeded(now) || (why.isPresent() && pushed.flowingSince(now).isPresent())) return List.of();
        boolean answers = why.isEmpty();
        String source = answers ? "metrics.k8s.io" : "";
        String trouble = why.map(Complaint::message).orElse("");
        return List.of(
                new MetricFinding(
                        MetricFinding.Kind.CPU,
                        source,
                        answers
                                ? "averages, asked for every 30 s: shorter peaks are not seen, and what was before the"
                                        + " start is not known, so requests may be recommended too low for a week"
                                : trouble),
                new MetricFinding(
                        MetricFinding.Kind.MEMORY,
                        source,
                        answers
                                ? "asked for every 30 s: a peak between is not seen, and what was before the start is"
                                        + " not known, so requests may be recommended too low for a week"
                                : trouble),
                new MetricFinding(
                        MetricFinding.Kind.KILLS,
                        "",
                        "kills for memory count from when Trimtab's watch sees them, not those before its start"));
    }

    private boolean isNotNeeded(Instant now) {
        return pushed.flowingSince(now)
                .filter(since -> since.isBefore(now.minus(ENOUGH)))
                .isPresent();
    }

    private void poll() {
        Instant now = clock.instant();
        if (isNotNeeded(now)) {
            polled.expire(now);
            return;
        }
        try {
            take(client.top().pods().metrics().getItems(), now);
            failed = Optional.empty();
        } catch (KubernetesClientException e) {
            failed = Optional.of(Complaint.of(e));
        } catch (RuntimeException | Error e) {
            failed = Optional.of(new Complaint(
                    Kind.MALFORMED,
                    "the answer of metrics.k8s.io cannot be read: %s; look at its server".formatted(e)));
        }
    }

    private void take(List<PodMetrics> pods, Instant now) {
        SampleCounts counts = new SampleCounts();
        long newest = Long.MIN_VALUE;
        for (PodMetrics pod : pods) {
            long at = moment(pod, now).toEpochMilli();
            PodId id = new PodId(
                    pod.getMetadata().getNamespace(), pod.getMetadata().getName());
            for (ContainerMetrics container : pod.getContainers()) {
                ContainerId of = new ContainerId(id, container.getName());
                write(of, PushedMetric.CPU_CORES, container.getUsage(), "cpu", at, now, counts);
                write(of, PushedMetric.MEMORY, container.getUsage(), "memory", at, now, counts);
            }
            newest = Math.max(newest, at);
        }
        withoutRoom = counts.of(SampleFate.SERIES_LIMIT);
        if (newest > Long.MIN_VALUE) polled.brought(newest);
    }

    private void write(
            ContainerId container,
            PushedMetric metric,
            Map<String, Quantity> usage,
            String resource,
            long at,
            Instant now,
            SampleCounts counts) {
        Quantity amount = usage.get(resource);
        if (amount == null) return;
        double value = amount.getNumericalAmount().doubleValue();
        polled.write(PolledSeries.of(metric, container, at, value), now, counts);
    }

    /** Of the pod's sample; now where it is not told. */
    private static Instant moment(PodMetrics pod, Instant now) {
        try {
            return pod.getTimestamp() == null ? now : Instant.parse(pod.getTimestamp());
        } catch (DateTimeParseException e) {
            return now;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
