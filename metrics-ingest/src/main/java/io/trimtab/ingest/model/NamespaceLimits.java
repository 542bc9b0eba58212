package io.trimtab.ingest.model;

import java.util.Comparator;
import java.util.List;

/** What bounds the pods of namespaces, and how many of them may be away at once; each list is ordered by identity. */
public record NamespaceLimits(
        List<LimitRange> ranges, List<ResourceQuota> quotas, List<DisruptionBudget> disruptionBudgets) {
    public static final NamespaceLimits NONE = new NamespaceLimits(List.of(), List.of(), List.of());

    public NamespaceLimits {
        ranges = ranges.stream()
                .sorted(Comparator.comparing(LimitRange::namespace).thenComparing(LimitRange::name))
                .toList();
        quotas = quotas.stream()
                .sorted(Comparator.comparing(ResourceQuota::namespace).thenComparing(ResourceQuota::name))
                .toList();
        disruptionBudgets = disruptionBudgets.stream()
                .sorted(Comparator.comparing(DisruptionBudget::namespace).thenComparing(DisruptionBudget::name))
                .toList();
    }

    /** Those of one namespace. */
    public NamespaceLimits of(String namespace) {
        return new NamespaceLimits(
                ranges.stream().filter(it -> it.namespace().equals(namespace)).toList(),
                quotas.stream().filter(it -> it.namespace().equals(namespace)).toList(),
                disruptionBudgets.stream()
                        .filter(it -> it.namespace().equals(namespace))
                        .toList());
    }
}
