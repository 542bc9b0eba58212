package io.trimtab.ingest.kubernetes;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.NamespaceLimits;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes snapshots of what the watches know, however old that is. */
final class Snapshots {
    private final WatchedKinds kinds;
    private final Owners owners;
    private final OwnerChain chain;
    private final Duration staleAfter;

    Snapshots(WatchedKinds kinds, Owners owners, Duration staleAfter) {
        this.kinds = kinds;
        this.owners = owners;
        this.chain = new OwnerChain(kinds::workload, owners::find);
        this.staleAfter = staleAfter;
    }

    OwnerChain chain() {
        return chain;
    }

    ClusterSnapshot whole(Instant now) {
        List<Pod> owned = Ownership.pods(kinds.pods.records(), chain::workload);
        List<Workload> known = new ArrayList<>(
                Ownership.free(Stream.concat(kinds.replicaSets.records().stream(), kinds.jobs.records().stream())
                        .toList()));
        known.addAll(written());
        known.addAll(Ownership.unwatched(known, owned, owners.replicas()));
        return snapshot(now, known, owned);
    }

    /** Without the pods, which are most of it, and so without the workloads that are known by their pods alone. */
    ClusterSnapshot withoutPods(Instant now) {
        return snapshot(now, written(), List.of());
    }

    private List<Workload> written() {
        List<Owned<Workload>> all = kinds.workloads.values().stream()
                .flatMap(watch -> watch.records().stream())
                .toList();
        return Knative.together(all).stream().map(Owned::record).toList();
    }

    /** A workload whose pod template is known: one of a watched kind, or a Knative service by its newest revision. */
    Optional<Owned<Workload>> template(WorkloadId id) {
        return kinds.workload(id)
                .filter(owned -> Knative.above(owned).isEmpty())
                .or(() -> Knative.together(kinds.deployments.records(id.namespace())).stream()
                        .filter(owned -> owned.record().id().equals(id))
                        .findFirst());
    }

    private ClusterSnapshot snapshot(Instant now, List<Workload> workloads, List<Pod> pods) {
        return new ClusterSnapshot(
                now,
                workloads,
                pods,
                kinds.nodes.records(),
                kinds.autoscalers.records(),
                kinds.namespaces.records(),
                policies(),
                kinds.supply.supply(),
                new NamespaceLimits(
                        kinds.limitRanges.records(), kinds.quotas.records(), kinds.disruptionBudgets.records()),
                limitsKnown(now));
    }

    /** The pods of one namespace, in no order. */
    List<Pod> pods(String namespace) {
        return Ownership.pods(kinds.pods.records(namespace), chain::workload);
    }

    /**
     * A workload, also one that is known by its pods alone.
     *
     * @param its pods
     */
    Optional<Workload> workload(WorkloadId id, List<Pod> its) {
        return template(id)
                .<Workload>map(Owned::record)
                .or(() -> Ownership.unwatched(List.of(), its, owners.replicas()).stream()
                        .findFirst());
    }

    boolean isStale(KindWatch<?, ?> watch, Instant now) {
        return watch.brokenSince(now)
                .filter(since -> since.plus(staleAfter).isBefore(now))
                .isPresent();
    }

    private List<Policy> policies() {
        return kinds.policies.stream()
                .flatMap(watch -> watch.records().stream())
                .toList();
    }

    /** What cannot be read, or has not been heard of for long, could hold a pause, or a policy that allows less. */
    private boolean limitsKnown(Instant now) {
        return Stream.concat(
                        kinds.policies.stream(),
                        Stream.of(
                                kinds.namespaces,
                                kinds.autoscalers,
                                kinds.disruptionBudgets,
                                kinds.limitRanges,
                                kinds.quotas))
                .allMatch(watch -> watch.isAbsent() || (watch.hasSynced() && !isStale(watch, now) && watch.isWhole()));
    }
}
