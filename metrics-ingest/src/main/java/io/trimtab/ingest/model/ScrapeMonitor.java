package io.trimtab.ingest.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What we keep of a PodMonitor or a ServiceMonitor of the Prometheus Operator. Answers: whose pods is a Prometheus told to scrape, and what are the metrics of
 * their requests called?
 *
 * @param kind one of the two
 * @param selector of pods, or of the Services before them
 * @param namespaces where those are; empty: in all
 * @param annotations those that name metrics
 */
public record ScrapeMonitor(
        String kind,
        String namespace,
        String name,
        LabelSelector selector,
        Optional<Set<String>> namespaces,
        Map<String, String> annotations) {
    public ScrapeMonitor {
        namespaces = namespaces.map(Set::copyOf);
        annotations = Map.copyOf(annotations);
    }

    /** Whether it selects a pod or a Service with these labels. */
    public boolean selects(String itsNamespace, Map<String, String> labels) {
        return namespaces.map(all -> all.contains(itsNamespace)).orElse(true) && selector.test(labels);
    }

    /** For people. */
    @Override
    public String toString() {
        return "%s %s/%s".formatted(kind, namespace, name);
    }
}
