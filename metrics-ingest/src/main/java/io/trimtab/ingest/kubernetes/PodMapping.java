package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Scheduling;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pods. */
final class PodMapping {
    /** What annotations begin with that say something here. */
    private static final List<String> ADDRESSED = List.of(
            "trimtab.io/",
            "karpenter.sh/do-not-",
            "cluster-autoscaler.kubernetes.io/",
            Pod.DELETION_COST,
            Node.MACHINE,
            Pod.MIRROR);

    private PodMapping() {}

    static WatchedPod pod(io.fabric8.kubernetes.api.model.Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        PodStatus status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
        Optional<ControllerRef> controller = ControllerRef.of(metadata);
        Pod mapped = new Pod(
                new PodId(metadata.getNamespace(), metadata.getName()),
                Optional.empty(),
                Optional.ofNullable(pod.getSpec())
                        .map(spec -> spec.getNodeName())
                        .filter(name -> !name.isEmpty()),
                phase(status.getPhase()),
                ContainerMapping.ofPod(pod.getSpec(), statuses(status)),
                orEmpty(metadata.getLabels()),
                spokenTo(metadata),
                Timestamps.parse(metadata.getCreationTimestamp()),
                instant(status.getStartTime()),
                readyAt(status),
                instant(metadata.getDeletionTimestamp()),
                scheduling(pod.getSpec(), controller),
                Objects.requireNonNullElse(metadata.getUid(), ""));
        return new WatchedPod(mapped, controller, claims(pod.getSpec()), priorityClass(pod.getSpec()));
    }

    /** A daemon's pod has an affinity for its own node and no other, in place of what its template says. */
    private static Scheduling scheduling(@Nullable PodSpec spec, Optional<ControllerRef> controller) {
        boolean daemon =
                controller.filter(it -> it.id().kind().equals("DaemonSet")).isPresent();
        return daemon ? SchedulingMapping.withoutAffinity(spec) : SchedulingMapping.scheduling(spec);
    }

    /** Those that are addressed to us or to what removes nodes. Others' are the most of many a pod, and say nothing here. */
    static Map<String, String> spokenTo(ObjectMeta metadata) {
        return orEmpty(metadata.getAnnotations()).entrySet().stream()
                .filter(annotation -> ADDRESSED.stream().anyMatch(annotation.getKey()::startsWith))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<String> claims(@Nullable PodSpec spec) {
        if (spec == null) return List.of();
        return spec.getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .toList();
    }

    private static String priorityClass(@Nullable PodSpec spec) {
        return spec == null ? "" : Objects.requireNonNullElse(spec.getPriorityClassName(), "");
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
                .map(Timestamps::parse);
    }

    static Optional<Instant> instant(@Nullable String text) {
        return Optional.ofNullable(text).map(Timestamps::parse);
    }

    static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
