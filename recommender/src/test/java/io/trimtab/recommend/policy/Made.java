package io.trimtab.recommend.policy;

import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Policies and workloads in a word or two. */
final class Made {
    static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");
    static final Policy.Spec PLAIN = new Policy.Spec(
            Mode.RECOMMEND,
            Policy.Scope.EVERYTHING,
            Policy.Objective.DEFAULT,
            Policy.Requests.DEFAULT,
            Policy.Replicas.UNBOUND,
            Policy.Zero.OFF,
            Policy.Acts.DEFAULT);

    private Made() {}

    /**
     * Such as {@code shop/a}, {@code shop/a Deployment tier=web} or {@code base * tier=web}: a name, for a namespaced policy with its namespace, then kinds, then a
     * selector.
     */
    static Policy policy(String text) {
        String[] parts = text.strip().split(" ", 3);
        Set<String> kinds = parts.length > 1 && !parts[1].equals("*") ? Set.of(parts[1].split("\\+")) : Set.of();
        LabelSelector selector = LabelSelector.parse(parts.length > 2 ? parts[2] : "");
        return policy(id(parts[0]), with(PLAIN, new Policy.Scope(kinds, selector)));
    }

    static Policy policy(PolicyId id, Policy.Spec spec) {
        return new Policy(id, 1, AT, Map.of(), spec, List.of(), Optional.empty());
    }

    static PolicyId id(String text) {
        String[] parts = text.split("/");
        return parts.length == 1
                ? new PolicyId(PolicyId.CLUSTER_WIDE, "", parts[0])
                : new PolicyId(PolicyId.NAMESPACED, parts[0], parts[1]);
    }

    private static Policy.Spec with(Policy.Spec spec, Policy.Scope scope) {
        return new Policy.Spec(
                spec.mode(), scope, spec.objective(), spec.requests(), spec.replicas(), spec.zero(), spec.acts());
    }

    /** Such as {@code shop/Deployment/web tier=web,app=a}. */
    static Workload workload(String text) {
        String[] parts = text.strip().split(" ", 2);
        Map<String, String> labels = new HashMap<>();
        if (parts.length > 1)
            Arrays.stream(parts[1].split(",")).map(label -> label.split("=")).forEach(it -> labels.put(it[0], it[1]));
        return workload(WorkloadId.parse(parts[0]), labels, Map.of());
    }

    static Workload workload(WorkloadId id, Map<String, String> labels, Map<String, String> annotations) {
        return new Workload(id, 2, List.of(), labels, annotations, AT);
    }
}
