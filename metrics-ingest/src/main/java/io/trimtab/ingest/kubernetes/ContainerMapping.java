package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Containers and what they ask for. */
final class ContainerMapping {
    static final String GPU = "nvidia.com/gpu";

    private ContainerMapping() {}

    /** A template's containers, its sidecars (init containers that run on) after them; init containers that end leave nothing to size. */
    static List<ContainerSpec> ofTemplate(@Nullable PodSpec spec) {
        return ofPod(spec, List.of());
    }

    /** A pod's containers; what the kubelet says is in force goes before what the spec asks for. */
    static List<ContainerSpec> ofPod(@Nullable PodSpec spec, List<ContainerStatus> statuses) {
        if (spec == null) return List.of();
        Map<String, ResourceRequirements> inForce = statuses.stream()
                .filter(status -> isSet(status.getResources()))
                .collect(Collectors.toMap(
                        ContainerStatus::getName, ContainerStatus::getResources, (first, second) -> first));
        Stream<Container> sidecars = spec.getInitContainers().stream().filter(ContainerMapping::isSidecar);
        return Stream.concat(spec.getContainers().stream(), sidecars)
                .map(container -> new ContainerSpec(
                        container.getName(),
                        Objects.requireNonNullElse(container.getImage(), ""),
                        requirements(
                                inForce.getOrDefault(container.getName(), container.getResources()),
                                container.getResources()),
                        RuntimeMapping.runtime(container),
                        restartsFor(container)))
                .toList();
    }

    static boolean isSidecar(Container initContainer) {
        return "Always".equals(initContainer.getRestartPolicy());
    }

    static Requirements requirements(Container container) {
        return requirements(container.getResources(), container.getResources());
    }

    /** It says nothing where it restarts for neither. */
    private static Set<Resource> restartsFor(Container container) {
        return container.getResizePolicy() == null
                ? Set.of()
                : container.getResizePolicy().stream()
                        .filter(policy -> "RestartContainer".equals(policy.getRestartPolicy()))
                        .flatMap(policy -> switch (policy.getResourceName()) {
                            case "cpu" -> Stream.of(Resource.CPU);
                            case "memory" -> Stream.of(Resource.MEMORY);
                            default -> Stream.empty();
                        })
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** What one container of a pod has, an init container that ends included; nothing where the spec has no such container. */
    static Requirements requirements(@Nullable PodSpec spec, ContainerStatus status) {
        if (spec == null) return Requirements.NONE;
        return Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream())
                .filter(container -> container.getName().equals(status.getName()))
                .findFirst()
                .map(container -> requirements(
                        isSet(status.getResources()) ? status.getResources() : container.getResources(),
                        container.getResources()))
                .orElse(Requirements.NONE);
    }

    /** A request that is not set is the limit, as the API server has it for pods; GPUs cannot be resized, so the spec speaks for them. */
    private static Requirements requirements(
            @Nullable ResourceRequirements resources, @Nullable ResourceRequirements spec) {
        Map<String, Quantity> limits = resources == null ? Map.of() : orEmpty(resources.getLimits());
        Map<String, Quantity> requests = resources == null ? Map.of() : orEmpty(resources.getRequests());
        Map<String, Quantity> fixed = spec == null ? Map.of() : orEmpty(spec.getLimits());
        Optional<MilliCores> cpuLimit = amount(limits, "cpu", MilliCores::parse);
        Optional<Bytes> memoryLimit = amount(limits, "memory", Bytes::parse);
        return new Requirements(
                amount(requests, "cpu", MilliCores::parse).or(() -> cpuLimit),
                amount(requests, "memory", Bytes::parse).or(() -> memoryLimit),
                cpuLimit,
                memoryLimit,
                amount(fixed, GPU, GpuMilli::parse).orElse(GpuMilli.ZERO));
    }

    static <A> Optional<A> amount(Map<String, Quantity> from, String name, Function<String, A> parse) {
        return Optional.ofNullable(from.get(name)).map(Quantity::toString).map(parse);
    }

    static Map<String, Quantity> orEmpty(@Nullable Map<String, Quantity> map) {
        return map == null ? Map.of() : map;
    }

    private static boolean isSet(@Nullable ResourceRequirements resources) {
        return resources != null
                && !(orEmpty(resources.getRequests()).isEmpty()
                        && orEmpty(resources.getLimits()).isEmpty());
    }
}
