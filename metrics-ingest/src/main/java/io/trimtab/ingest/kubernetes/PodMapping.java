package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pods and the kills for memory that their statuses tell of. */
final class PodMapping {
    private PodMapping() {}

    /** @return the pod, its owner still empty: that takes the other kinds' records */
    static Owned<Pod> pod(io.fabric8.kubernetes.api.model.Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        PodStatus status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
        Pod mapped = new Pod(
                new PodId(metadata.getNamespace(), metadata.getName()),
                Optional.empty(),
                Optional.ofNullable(pod.getSpec())
                        .map(spec -> spec.getNodeName())
                        .filter(name -> !name.isEmpty()),
                phase(status.getPhase()),
                ContainerMapping.ofPod(pod.getSpec(), statuses(status)),
                orEmpty(metadata.getLabels()),
                orEmpty(metadata.getAnnotations()),
                Instant.parse(metadata.getCreationTimestamp()),
                instant(status.getStartTime()),
                readyAt(status),
                instant(metadata.getDeletionTimestamp()));
        return new Owned<>(mapped, Owned.controllerOf(metadata));
    }

    /** @param mapped the same pod; its requests are those in force, which the kill is told with */
    static List<OutOfMemoryKill> kills(io.fabric8.kubernetes.api.model.Pod pod, Pod mapped, Instant seenAt) {
        if (pod.getStatus() == null) return List.of();
        return statuses(pod.getStatus()).stream()
                .flatMap(status -> Stream.of(ended(status.getLastState()), ended(status.getState()))
                        .flatMap(Optional::stream)
                        .filter(end -> "OOMKilled".equals(end.getReason()))
                        .flatMap(end -> instant(end.getFinishedAt()).stream())
                        .map(at -> new OutOfMemoryKill(
                                new ContainerId(mapped.id(), status.getName()),
                                at,
                                memoryRequest(mapped, status.getName()),
                                seenAt)))
                .toList();
    }

    private static Bytes memoryRequest(Pod pod, String container) {
        return pod.containers().stream()
                .filter(spec -> spec.name().equals(container))
                .findFirst()
                .map(ContainerSpec::requirements)
                .flatMap(requirements -> requirements.memoryRequest())
                .orElse(Bytes.ZERO);
    }

    private static Optional<ContainerStateTerminated> ended(@Nullable ContainerState state) {
        return Optional.ofNullable(state).map(ContainerState::getTerminated);
    }

    private static List<ContainerStatus> statuses(PodStatus status) {
        return Stream.concat(status.getContainerStatuses().stream(), status.getInitContainerStatuses().stream())
                .toList();
    }

    private static PodPhase phase(@Nullable String phase) {
        return switch (Objects.requireNonNullElse(phase, "")) {
            case "Pending", "" -> PodPhase.PENDING; // not yet looked at by any kubelet
            case "Running" -> PodPhase.RUNNING;
            case "Succeeded" -> PodPhase.SUCCEEDED;
            case "Failed" -> PodPhase.FAILED;
            default -> PodPhase.UNKNOWN;
        };
    }

    private static Optional<Instant> readyAt(PodStatus status) {
        return status.getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"))
                .findFirst()
                .map(PodCondition::getLastTransitionTime)
                .map(Instant::parse);
    }

    static Optional<Instant> instant(@Nullable String text) {
        return Optional.ofNullable(text).map(Instant::parse);
    }

    static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
