package io.trimtab.ingest.kubernetes;

import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Knative Serving runs each revision as a Deployment of its own, and writes that back when anybody else changes more than its replicas. What people change, and
 * what outlives a revision, is the service above; labels name it, so that nothing above has to be read.
 *
 * @see "knative/serving pkg/reconciler/revision: resources/deploy.go, resources/meta.go, cruds.go"
 */
final class Knative {
    private static final String GROUP = "serving.knative.dev/";

    /** A configuration may have no service. */
    private static final Map<String, String> LABELS = Map.of("Service", "service", "Configuration", "configuration");

    private static final Comparator<Owned<Workload>> BY_AGE = Comparator.comparing(
                    (Owned<Workload> owned) -> owned.record().createdAt())
            .thenComparing(owned -> owned.record().id());

    private Knative() {}

    /** The Service or Configuration that a Deployment is a revision of; empty for any other object. */
    static Optional<WorkloadId> above(Owned<Workload> deployment) {
        return deployment
                .controller()
                .filter(it ->
                        it.apiVersion().startsWith(GROUP) && it.id().kind().equals("Revision"))
                .flatMap(revision -> Stream.of("Service", "Configuration")
                        .flatMap(kind -> named(deployment, kind))
                        .findFirst());
    }

    private static Stream<WorkloadId> named(Owned<Workload> deployment, String kind) {
        return Optional.ofNullable(deployment.record().labels().get(GROUP + LABELS.get(kind)))
                .filter(name -> !name.isBlank())
                .map(name -> new WorkloadId(deployment.record().id().namespace(), kind, name))
                .stream();
    }

    /** The given workloads with the revisions of each service as one. */
    static List<Owned<Workload>> together(Collection<Owned<Workload>> all) {
        List<Owned<Workload>> workloads = new ArrayList<>();
        Map<WorkloadId, List<Owned<Workload>>> revisions = new TreeMap<>();
        for (Owned<Workload> owned : all)
            above(owned)
                    .ifPresentOrElse(
                            id -> revisions
                                    .computeIfAbsent(id, _ -> new ArrayList<>())
                                    .add(owned),
                            () -> workloads.add(owned));
        revisions.forEach((id, its) -> workloads.add(service(id, its)));
        return workloads;
    }

    /** All replicas, of the template of the newest revision: that is what the service says now. */
    private static Owned<Workload> service(WorkloadId id, List<Owned<Workload>> revisions) {
        Owned<Workload> newest = revisions.stream().max(BY_AGE).orElseThrow();
        Owned<Workload> oldest = revisions.stream().min(BY_AGE).orElseThrow();
        Workload template = newest.record();
        return new Owned<>(
                new Workload(
                        id,
                        revisions.stream()
                                .mapToInt(it -> it.record().replicas())
                                .sum(),
                        template.containers(),
                        template.labels(),
                        template.annotations(),
                        oldest.record().createdAt(),
                        template.scheduling(),
                        template.surge()),
                newest.controller(),
                newest.podLabels());
    }
}
