package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import io.trimtab.ingest.Inventory;
import io.trimtab.ingest.PodLookup;
import io.trimtab.ingest.WorkloadLookup;
import io.trimtab.ingest.kubernetes.policy.ClusterScalingPolicy;
import io.trimtab.ingest.kubernetes.policy.PolicyMapping;
import io.trimtab.ingest.kubernetes.policy.ScalingPolicy;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Namespace;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What runs in a cluster, kept up to date by watches. While the API server is away it keeps what it knew; a kind that may not be read is a
 * line in {@link #problems} and the rest goes on.
 */
public final class KubernetesInventory implements Inventory, WorkloadLookup, PodLookup, AutoCloseable {
    private static final int KILLS_KEPT = 10_000;

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Duration staleAfter;
    private final String server;
    private final KillLog kills = new KillLog(KILLS_KEPT);
    private final List<KindWatch<?, ?>> watches = new ArrayList<>();
    private final KindWatch<?, Owned<Pod>> pods;
    private final KindWatch<?, Node> nodes;
    private final KindWatch<?, Owned<Workload>> replicaSets;
    private final KindWatch<?, Owned<Workload>> jobs;
    private final Map<String, KindWatch<?, Workload>> workloads;
    private final KindWatch<?, HorizontalAutoscaler> autoscalers;
    private final KindWatch<?, Namespace> namespaces;
    private final List<KindWatch<?, Policy>> policies;

    /**
     * Starts nothing yet; see {@link #start}.
     *
     * @param client stays the caller's: it is not closed here
     * @param staleAfter how long {@link #snapshot} goes on answering from memory while the API server answers but its watch of pods
     *     or nodes is broken
     */
    public KubernetesInventory(KubernetesClient client, InstantSource clock, Duration staleAfter) {
        if (staleAfter.isNegative())
            throw new IllegalArgumentException("stale-after (%s) must not be negative".formatted(staleAfter));
        this.client = client;
        this.clock = clock;
        this.staleAfter = staleAfter;
        this.server = client.getMasterUrl().toString().replaceAll("/+$", "");
        this.pods = watch(
                client,
                "pods",
                io.fabric8.kubernetes.api.model.Pod.class,
                io.fabric8.kubernetes.api.model.Pod::new,
                this::pod);
        this.nodes = watch(
                client,
                "nodes",
                io.fabric8.kubernetes.api.model.Node.class,
                io.fabric8.kubernetes.api.model.Node::new,
                NodeMapping::node);
        this.replicaSets = watch(client, "replicasets", ReplicaSet.class, ReplicaSet::new, WorkloadMapping::replicaSet);
        this.jobs = watch(client, "jobs", Job.class, Job::new, WorkloadMapping::job);
        this.workloads = Map.of(
                "Deployment",
                watch(client, "deployments", Deployment.class, Deployment::new, WorkloadMapping::deployment),
                "StatefulSet",
                watch(client, "statefulsets", StatefulSet.class, StatefulSet::new, WorkloadMapping::statefulSet),
                "DaemonSet",
                watch(client, "daemonsets", DaemonSet.class, DaemonSet::new, WorkloadMapping::daemonSet),
                "CronJob",
                watch(client, "cronjobs", CronJob.class, CronJob::new, WorkloadMapping::cronJob));
        this.autoscalers = watch(
                client,
                "horizontalpodautoscalers",
                HorizontalPodAutoscaler.class,
                HorizontalPodAutoscaler::new,
                WorkloadMapping::autoscaler);
        this.namespaces = watch(
                client,
                "namespaces",
                io.fabric8.kubernetes.api.model.Namespace.class,
                io.fabric8.kubernetes.api.model.Namespace::new,
                WorkloadMapping::namespace);
        this.policies = List.of(
                optional(client, "scalingpolicies", ScalingPolicy.class, ScalingPolicy::new, PolicyMapping::policy),
                optional(
                        client,
                        "clusterscalingpolicies",
                        ClusterScalingPolicy.class,
                        ClusterScalingPolicy::new,
                        PolicyMapping::policy));
    }

    /** Begins to list and watch; returns at once. */
    public void start() {
        watches.forEach(KindWatch::start);
    }

    /** Whether every kind that may be read has been listed; pods and nodes must be. */
    public boolean hasSynced() {
        return pods.hasSynced()
                && nodes.hasSynced()
                && watches.stream().allMatch(watch -> watch.hasSynced() || watch.isForbidden() || watch.isAbsent());
    }

    @Override
    public ClusterSnapshot snapshot(Instant now) throws IngestException {
        // Pods without their ReplicaSets would be counted under the wrong owners, so every kind is waited for.
        boolean stale = Stream.of(pods, nodes)
                .flatMap(needed -> needed.brokenSince(now).stream())
                .anyMatch(since -> since.plus(staleAfter).isBefore(now));
        if (stale || !hasSynced()) {
            String why = problems(now).stream().findFirst().orElseGet(this::notYet);
            throw new IngestException(Kind.UNREACHABLE, why, null);
        }
        askForVersion();
        return lastKnown(now);
    }

    /** From memory, without asking the API server. */
    @Override
    public Optional<Workload> workload(WorkloadId id) throws IngestException {
        KindWatch<?, Workload> watch = workloads.get(id.kind());
        if (watch == null)
            throw new IllegalArgumentException("the kind of %s must be one of %s"
                    .formatted(id, String.join(", ", new TreeSet<>(workloads.keySet()))));
        requireFresh(watch);
        return watch.record(id.namespace(), id.name());
    }

    /** From memory, without asking the API server. */
    @Override
    public List<Pod> pods(String namespace) throws IngestException {
        requireFresh(pods);
        // Until they are listed, pods would be counted under the wrong owners.
        for (KindWatch<?, ?> between : List.of(replicaSets, jobs))
            if (!between.hasSynced() && !between.isForbidden())
                throw new IngestException(Kind.UNREACHABLE, notYet(), null);
        return pods.records(namespace).stream()
                .map(pod -> Ownership.withOwner(pod.record(), pod.controller().map(this::top)))
                .toList();
    }

    private WorkloadId top(WorkloadId direct) {
        Optional<Owned<Workload>> between = switch (direct.kind()) {
            case "ReplicaSet" -> replicaSets.record(direct.namespace(), direct.name());
            case "Job" -> jobs.record(direct.namespace(), direct.name());
            default -> Optional.empty();
        };
        return between.flatMap(Owned::controller).orElse(direct);
    }

    private void requireFresh(KindWatch<?, ?> watch) throws IngestException {
        Instant now = clock.instant();
        if (!isStale(watch, now) && watch.hasSynced()) return;
        String why = watch.problems(now).stream().findFirst().orElseGet(this::notYet);
        throw new IngestException(Kind.UNREACHABLE, why, null);
    }

    private String notYet() {
        return "Kubernetes at %s: not all has been listed yet; wait a few seconds".formatted(server);
    }

    /** A watch whose connection is lost says nothing for minutes, while it connects anew; so each snapshot asks. */
    private void askForVersion() throws IngestException {
        try {
            client.raw("/version");
        } catch (KubernetesClientException e) {
            boolean answered = e.getCode() >= 400 && e.getCode() < 500;
            if (answered) return;
            String why = "Kubernetes at %s: does not answer: %s; check the API server and the network policy"
                    .formatted(server, deepest(e));
            throw new IngestException(Kind.UNREACHABLE, why, e);
        }
    }

    static String deepest(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) at = at.getCause();
        return String.valueOf(at.getMessage()).replaceAll("\\s+", " ");
    }

    /** What is known, however old; empty lists before the first listing. */
    public ClusterSnapshot lastKnown(Instant now) {
        List<Owned<Workload>> between = Stream.concat(replicaSets.records().stream(), jobs.records().stream())
                .toList();
        List<Pod> owned = new Ownership(between).pods(pods.records());
        List<Workload> known = new ArrayList<>(Ownership.free(between));
        workloads.values().forEach(watch -> known.addAll(watch.records()));
        known.addAll(Ownership.unwatched(known, owned));
        return new ClusterSnapshot(
                now,
                known,
                owned,
                nodes.records(),
                autoscalers.records(),
                namespaces.records(),
                policies(),
                limitsKnown(now));
    }

    /** What cannot be read, or has not been heard of for long, could hold a pause, or a policy that allows less. */
    private boolean limitsKnown(Instant now) {
        return Stream.concat(policies.stream(), Stream.of(namespaces, autoscalers))
                .allMatch(watch -> watch.isAbsent() || (watch.hasSynced() && !isStale(watch, now) && watch.isWhole()));
    }

    private boolean isStale(KindWatch<?, ?> watch, Instant now) {
        return watch.brokenSince(now)
                .filter(since -> since.plus(staleAfter).isBefore(now))
                .isPresent();
    }

    private List<Policy> policies() {
        return policies.stream().flatMap(watch -> watch.records().stream()).toList();
    }

    /** As {@link #lastKnown}, without the pods, which are most of it, and so without the workloads that are known by their pods alone. */
    public ClusterSnapshot withoutPods(Instant now) {
        List<Workload> known = workloads.values().stream()
                .flatMap(watch -> watch.records().stream())
                .toList();
        return new ClusterSnapshot(
                now,
                known,
                List.of(),
                nodes.records(),
                autoscalers.records(),
                namespaces.records(),
                policies(),
                limitsKnown(now));
    }

    /** The kills for memory that became known after the moment, by when they did; the last 10,000 are kept. */
    public List<OutOfMemoryKill> killsSeenAfter(Instant moment) {
        return kills.seenAfter(moment);
    }

    /** Takes back the kills that an inventory before this one had seen, so that they do not count as new. */
    public void restoreKills(List<OutOfMemoryKill> seen) {
        kills.restore(seen);
    }

    /** What is not watched or cannot be read, one line each: what, where, since when and what to do; empty when all is well. */
    public List<String> problems() {
        return problems(clock.instant());
    }

    private List<String> problems(Instant now) {
        return watches.stream().flatMap(watch -> watch.problems(now).stream()).toList();
    }

    /** Ends the watches. */
    @Override
    public void close() {
        watches.forEach(KindWatch::close);
    }

    private Owned<Pod> pod(io.fabric8.kubernetes.api.model.Pod pod) {
        Owned<Pod> mapped = PodMapping.pod(pod);
        kills.add(PodMapping.kills(pod, mapped.record(), clock.instant()));
        return mapped;
    }

    private <T extends HasMetadata, R> KindWatch<T, R> watch(
            KubernetesClient client, String resources, Class<T> type, Supplier<T> empty, Function<T, R> mapping) {
        return watch(client, resources, false, type, empty, mapping);
    }

    /** Of a kind that a cluster may do without. */
    private <T extends HasMetadata, R> KindWatch<T, R> optional(
            KubernetesClient client, String resources, Class<T> type, Supplier<T> empty, Function<T, R> mapping) {
        return watch(client, resources, true, type, empty, mapping);
    }

    private <T extends HasMetadata, R> KindWatch<T, R> watch(
            KubernetesClient client,
            String resources,
            boolean optional,
            Class<T> type,
            Supplier<T> empty,
            Function<T, R> mapping) {
        var informer = client.resources(type).inAnyNamespace().runnableInformer(0);
        var watch = new KindWatch<>(resources, server, optional, clock, informer, new RecordStore<>(empty, mapping));
        watches.add(watch);
        return watch;
    }
}
