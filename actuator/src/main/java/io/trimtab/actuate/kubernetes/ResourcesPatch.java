package io.trimtab.actuate.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.Requirements;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The strategic merge patch that gives one container of a pod its requests and limits and touches nothing else. */
final class ResourcesPatch {
    private ResourcesPatch() {}

    /** @return the patch, bound to the pod's version; empty when the pod has all of it already */
    static Optional<Map<String, Object>> of(Pod pod, String container, Requirements to) {
        Container now = PodResize.find(pod, container)
                .orElseThrow(() -> new IllegalArgumentException(
                        "pod %s has no container %s".formatted(pod.getMetadata().getName(), container)));
        var resources = Optional.ofNullable(now.getResources());
        Map<String, @Nullable Object> requests = new LinkedHashMap<>();
        Map<String, @Nullable Object> limits = new LinkedHashMap<>();
        Map<String, Quantity> hasRequests =
                resources.map(it -> it.getRequests()).orElse(Map.of());
        Map<String, Quantity> hasLimits = resources.map(it -> it.getLimits()).orElse(Map.of());
        put(requests, "cpu", hasRequests, to.cpuRequest(), MilliCores::parse);
        put(requests, "memory", hasRequests, to.memoryRequest(), Bytes::parse);
        put(limits, "cpu", hasLimits, to.cpuLimit(), MilliCores::parse);
        put(limits, "memory", hasLimits, to.memoryLimit(), Bytes::parse);
        if (requests.isEmpty() && limits.isEmpty()) return Optional.empty();
        boolean sidecar = pod.getSpec().getContainers().stream()
                .noneMatch(it -> it.getName().equals(container));
        Map<String, Object> change =
                Map.of("name", container, "resources", Map.of("requests", requests, "limits", limits));
        return Optional.of(Map.of(
                "metadata",
                Map.of(
                        "uid",
                        pod.getMetadata().getUid(),
                        "resourceVersion",
                        pod.getMetadata().getResourceVersion()),
                "spec",
                Map.of(sidecar ? "initContainers" : "containers", List.of(change))));
    }

    /** An amount that is to go is null in a merge patch; one that is there already is left out. */
    private static <A> void put(
            Map<String, @Nullable Object> patch,
            String name,
            Map<String, Quantity> has,
            Optional<A> wanted,
            Function<String, A> parse) {
        Optional<A> present =
                Optional.ofNullable(has.get(name)).map(Quantity::toString).map(parse);
        if (!present.equals(wanted))
            patch.put(name, wanted.map(Object::toString).orElse(null));
    }
}
