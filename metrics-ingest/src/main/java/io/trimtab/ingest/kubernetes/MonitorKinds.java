package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.ingest.model.ScrapeMonitor;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The kinds that say whose pods are scraped. */
record MonitorKinds(CustomKind<ScrapeMonitor> podMonitors, CustomKind<ScrapeMonitor> serviceMonitors) {
    private static final Comparator<ScrapeMonitor> BY_NAME =
            Comparator.comparing(ScrapeMonitor::namespace).thenComparing(ScrapeMonitor::name);

    static MonitorKinds of(KubernetesClient client, InstantSource clock) {
        return new MonitorKinds(
                new CustomKind<>(client, MonitorMapping.POD_MONITORS, clock, MonitorMapping::monitor),
                new CustomKind<>(client, MonitorMapping.SERVICE_MONITORS, clock, MonitorMapping::monitor));
    }

    List<CustomKind<?>> all() {
        return List.of(podMonitors, serviceMonitors);
    }

    /**
     * Those that have the pods of a workload scraped, those of its own namespace first, then PodMonitors, then by namespace and name.
     *
     * @param services of the namespace
     * @param podLabels of the workload's pods, which may have several kinds of them
     */
    List<ScrapeMonitor> of(String namespace, Collection<Map<String, String>> podLabels, List<PodService> services) {
        return select(namespace, podLabels, services, podMonitors.records(), serviceMonitors.records());
    }

    static List<ScrapeMonitor> select(
            String namespace,
            Collection<Map<String, String>> podLabels,
            List<PodService> services,
            List<ScrapeMonitor> podMonitors,
            List<ScrapeMonitor> serviceMonitors) {
        List<Map<String, String>> serviceLabels = services.stream()
                .filter(service -> podLabels.stream().anyMatch(service::leadsTo))
                .map(PodService::labels)
                .toList();
        return Stream.concat(
                        selecting(podMonitors, namespace, podLabels),
                        selecting(serviceMonitors, namespace, serviceLabels))
                .sorted(Comparator.comparing(monitor -> !monitor.namespace().equals(namespace)))
                .toList();
    }

    private static Stream<ScrapeMonitor> selecting(
            List<ScrapeMonitor> monitors, String namespace, Collection<Map<String, String>> labels) {
        return monitors.stream()
                .filter(monitor -> labels.stream().anyMatch(its -> monitor.selects(namespace, its)))
                .sorted(BY_NAME);
    }
}
