package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import io.trimtab.ingest.Inventory;
import io.trimtab.ingest.PodLookup;
import io.trimtab.ingest.WorkloadLookup;
import io.trimtab.ingest.WorkloadStates;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.model.WorkloadState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What runs in a cluster, kept up to date by watches. While the API server is away it keeps what it knew; a kind that may not be read is a
 * line in {@link #problems} and the rest goes on.
 */
public final class KubernetesInventory implements Inventory, WorkloadLookup, PodLookup, WorkloadStates, AutoCloseable {
    private static final int TERMINATIONS_KEPT = 10_000;
    private static final int TERMINATIONS_KEPT_OF_A_WORKLOAD = 100;

    private final KubernetesClient client;
    private final InstantSource clock;
    private final String server;
    private final Shared shared = new Shared();
    private final WatchedKinds kinds;
    private final Owners owners;
    private final Snapshots snapshots;
    private final TerminationLog terminations;
    private final States states;

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
        this.server = client.getMasterUrl().toString().replaceAll("/+$", "");
        this.kinds = new WatchedKinds(client, clock, this::pod, new GonePods());
        this.owners = new Owners(client);
        this.snapshots = new Snapshots(kinds, owners, staleAfter);
        this.terminations =
                new TerminationLog(TERMINATIONS_KEPT, TERMINATIONS_KEPT_OF_A_WORKLOAD, snapshots.chain()::workload);
        this.states = new States(kinds, snapshots, terminations);
    }

    /** Begins to list and watch; returns at once. */
    public void start() {
        kinds.start();
    }

    /** Whether every kind that may be read has been listed; pods and nodes must be. */
    public boolean hasSynced() {
        return kinds.hasSynced();
    }

    /** Whether a kind is being listed for the first time and nothing has gone wrong with that; a large one takes a while. */
    public boolean isListing() {
        return kinds.isListing();
    }

    @Override
    public ClusterSnapshot snapshot(Instant now) throws IngestException {
        // Pods without their ReplicaSets would be counted under the wrong owners, so every kind is waited for.
        boolean stale = Stream.of(kinds.pods, kinds.nodes).anyMatch(needed -> snapshots.isStale(needed, now));
        if (stale || !hasSynced()) {
            String why = kinds.problems(now).stream().findFirst().orElseGet(this::notYet);
            throw new IngestException(Kind.UNREACHABLE, why, null);
        }
        askForVersion();
        return lastKnown(now);
    }

    /** From memory, without asking the API server. */
    @Override
    public Optional<Workload> workload(WorkloadId id) throws IngestException {
        KindWatch<?, Owned<Workload>> watch = kinds.workloads.get(id.kind());
        if (watch == null)
            throw new IllegalArgumentException("the kind of %s must be one of %s"
                    .formatted(id, String.join(", ", new TreeSet<>(kinds.workloads.keySet()))));
        requireFresh(watch);
        return watch.record(id.namespace(), id.name()).map(Owned::record);
    }

    /** From memory, without asking the API server. */
    @Override
    public List<Pod> pods(String namespace) throws IngestException {
        requireFresh(kinds.pods);
        // Until they are listed, pods would be counted under the wrong owners.
        for (KindWatch<?, ?> between : List.of(kinds.replicaSets, kinds.jobs))
            if (!between.hasSynced() && !between.isForbidden())
                throw new IngestException(Kind.UNREACHABLE, notYet(), null);
        return snapshots.pods(namespace);
    }

    private void requireFresh(KindWatch<?, ?> watch) throws IngestException {
        Instant now = clock.instant();
        if (!snapshots.isStale(watch, now) && watch.hasSynced()) return;
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
        return snapshots.whole(now);
    }

    /** As {@link #lastKnown}, without the pods, which are most of it, and so without the workloads that are known by their pods alone. */
    public ClusterSnapshot withoutPods(Instant now) {
        return snapshots.withoutPods(now);
    }

    /** From memory, without asking the API server. A termination is here as soon as the API server has told of it. */
    @Override
    public Optional<WorkloadState> state(WorkloadId id) {
        return states.state(id);
    }

    /** The kills for memory that became known after the moment, by when they did; the last 10,000 terminations are kept. */
    public List<OutOfMemoryKill> killsSeenAfter(Instant moment) {
        return terminations.killsSeenAfter(moment);
    }

    /** Writes the terminations seen so far: the pods that show them may be gone when they are read. */
    public void saveTerminations(DataOutput to) throws IOException {
        TerminationData.write(terminations.kept(), to);
    }

    /**
     * Takes back what {@link #saveTerminations} wrote in an inventory before this one; what both have seen became known when that one saw it.
     *
     * @throws IOException if it is no such list; then nothing has changed
     */
    public void restoreTerminations(DataInput from) throws IOException {
        terminations.restore(TerminationData.read(from));
    }

    /** What is not watched or cannot be read, one line each: what, where, since when and what to do; empty when all is well. */
    public List<String> problems() {
        Stream<String> owning = owners.forbidden().stream()
                .map(plural ->
                        "Kubernetes at %s: %s own pods and may not be read, so their workloads are known by their pods alone; grant get on them and their scale to Trimtab's service account"
                                .formatted(server, plural));
        return Stream.concat(kinds.problems(clock.instant()).stream(), owning).toList();
    }

    /** Ends the watches. */
    @Override
    public void close() {
        kinds.close();
        owners.close();
    }

    private WatchedPod pod(io.fabric8.kubernetes.api.model.Pod pod) {
        WatchedPod mapped = shared.of(PodMapping.pod(pod));
        terminations.add(mapped.pod().id(), TerminationMapping.of(pod, clock.instant()));
        return mapped;
    }

    /** The last state of a pod may tell of an end that no state before it told of. */
    private final class GonePods implements ResourceEventHandler<io.fabric8.kubernetes.api.model.Pod> {
        @Override
        public void onAdd(io.fabric8.kubernetes.api.model.Pod pod) {
            // The store has it.
        }

        @Override
        public void onUpdate(io.fabric8.kubernetes.api.model.Pod before, io.fabric8.kubernetes.api.model.Pod after) {
            // The store has it.
        }

        @Override
        public void onDelete(io.fabric8.kubernetes.api.model.Pod pod, boolean lastStateUnknown) {
            ObjectMeta metadata = pod.getMetadata();
            PodId id = new PodId(metadata.getNamespace(), metadata.getName());
            if (!lastStateUnknown) terminations.add(id, TerminationMapping.of(pod, clock.instant()));
            terminations.forget(id, Optional.ofNullable(metadata.getUid()));
        }
    }
}
