package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Volume;
import io.trimtab.ingest.model.Tie;
import io.trimtab.ingest.model.Ties;
import io.trimtab.ingest.model.Ties.KeepAway;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What ties a pod to its place. What is merely preferred ties nothing. */
final class TiesMapping {
    /** What is counted on nodes, and so no reason to stay. */
    private static final Set<String> COUNTED = Set.of("cpu", "memory", "ephemeral-storage", ContainerMapping.GPU);

    private TiesMapping() {}

    static Ties ties(PodSpec spec) {
        Set<Tie> ties = EnumSet.noneOf(Tie.class);
        if (spec.getVolumes().stream().anyMatch(TiesMapping::isLocal)) ties.add(Tie.LOCAL_FILES);
        if (spec.getVolumes().stream().anyMatch(volume -> volume.getPersistentVolumeClaim() != null))
            ties.add(Tie.VOLUME_CLAIM);
        List<KeepAway> keepsAway =
                antiAffinity(spec).stream().map(TiesMapping::keepAway).toList();
        if (!keepsAway.isEmpty() || hasAffinity(spec) || hasSpread(spec)) ties.add(Tie.OTHER_PODS);
        if (containers(spec)
                .flatMap(container -> container.getPorts().stream())
                .anyMatch(port -> port.getHostPort() != null && port.getHostPort() > 0)) ties.add(Tie.HOST_PORT);
        if (!spec.getResourceClaims().isEmpty() || containers(spec).anyMatch(TiesMapping::asksForMore))
            ties.add(Tie.OTHER_RESOURCE);
        return ties.isEmpty() ? Ties.NONE : new Ties(ties, keepsAway);
    }

    /** @see "Cluster Autoscaler documentation, FAQ: What types of pods can prevent CA from removing a node?" */
    private static boolean isLocal(Volume volume) {
        boolean onDisk = volume.getEmptyDir() != null
                && !"Memory".equals(volume.getEmptyDir().getMedium());
        return onDisk || volume.getHostPath() != null;
    }

    private static Stream<Container> containers(PodSpec spec) {
        return Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream());
    }

    private static boolean asksForMore(Container container) {
        ResourceRequirements resources = container.getResources();
        if (resources == null) return false;
        return Stream.of(resources.getRequests(), resources.getLimits())
                .flatMap(amounts -> ContainerMapping.orEmpty(amounts).keySet().stream())
                .anyMatch(name -> !COUNTED.contains(name));
    }

    private static List<PodAffinityTerm> antiAffinity(PodSpec spec) {
        return Optional.ofNullable(spec.getAffinity())
                .map(Affinity::getPodAntiAffinity)
                .map(it -> it.getRequiredDuringSchedulingIgnoredDuringExecution())
                .orElse(List.of());
    }

    private static boolean hasAffinity(PodSpec spec) {
        return Optional.ofNullable(spec.getAffinity())
                .map(Affinity::getPodAffinity)
                .filter(it ->
                        !it.getRequiredDuringSchedulingIgnoredDuringExecution().isEmpty())
                .isPresent();
    }

    private static boolean hasSpread(PodSpec spec) {
        return spec.getTopologySpreadConstraints().stream()
                .anyMatch(it -> !"ScheduleAnyway".equals(it.getWhenUnsatisfiable()));
    }

    /** Which namespaces a selector of namespaces means changes with their labels, so it is taken to mean all. */
    private static KeepAway keepAway(PodAffinityTerm term) {
        return new KeepAway(
                term.getTopologyKey(),
                term.getNamespaceSelector() != null,
                Set.copyOf(term.getNamespaces()),
                SelectorMapping.selector(term.getLabelSelector()));
    }
}
