package io.trimtab.ingest.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.trimtab.ingest.model.RequestMetrics;
import io.trimtab.ingest.model.ScrapeMonitor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the Prometheus Operator is told to scrape, which a cluster may not have, and the Services that it finds pods by.
 *
 * @see "Prometheus Operator, API reference: monitoring.coreos.com/v1, PodMonitor, ServiceMonitor and NamespaceSelector"
 */
final class MonitorMapping {
    static final ResourceDefinitionContext POD_MONITORS =
            CustomKind.definition("monitoring.coreos.com", "v1", "podmonitors", "PodMonitor", true);

    static final ResourceDefinitionContext SERVICE_MONITORS =
            CustomKind.definition("monitoring.coreos.com", "v1", "servicemonitors", "ServiceMonitor", true);

    private static final Set<String> USED_ANNOTATIONS =
            Set.of(RequestMetrics.REQUESTS_ANNOTATION, RequestMetrics.LATENCY_ANNOTATION);

    private static final ObjectMapper JSON = new ObjectMapper();

    private MonitorMapping() {}

    static ScrapeMonitor monitor(GenericKubernetesResource it) {
        String namespace = it.getMetadata().getNamespace();
        @Nullable LabelSelector selector = JSON.convertValue(it.<Object>get("spec", "selector"), LabelSelector.class);
        return new ScrapeMonitor(
                it.getKind(),
                namespace,
                it.getMetadata().getName(),
                SelectorMapping.selector(selector),
                namespaces(it, namespace),
                PodMapping.orEmpty(it.getMetadata().getAnnotations()).entrySet().stream()
                        .filter(annotation -> USED_ANNOTATIONS.contains(annotation.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Optional<Set<String>> namespaces(GenericKubernetesResource it, String own) {
        if (Boolean.TRUE.equals(it.get("spec", "namespaceSelector", "any"))) return Optional.empty();
        Set<String> named = it.get("spec", "namespaceSelector", "matchNames") instanceof List<?> names
                ? names.stream().map(String::valueOf).collect(Collectors.toSet())
                : Set.of();
        return Optional.of(named.isEmpty() ? Set.of(own) : named);
    }

    static PodService service(io.fabric8.kubernetes.api.model.Service it) {
        return new PodService(
                it.getMetadata().getNamespace(),
                PodMapping.orEmpty(it.getMetadata().getLabels()),
                it.getSpec() == null
                        ? Map.of()
                        : PodMapping.orEmpty(it.getSpec().getSelector()));
    }
}
