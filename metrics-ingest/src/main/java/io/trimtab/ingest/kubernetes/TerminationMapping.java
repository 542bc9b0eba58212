package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.ContainerTermination;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.Requirements;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ends that a pod's status tells of: of each container the last one, or the last two while it has not started again. */
final class TerminationMapping {
    private static final int TERMINATED = 143; // 128 and SIGTERM

    private TerminationMapping() {}

    /**
     * What makes an end the same end, though the status tells of it twice, or again after a restart.
     *
     * @param run the runtime's id of the container; empty where the kubelet does not know it
     * @param at empty where the kubelet does not say
     */
    record EndId(ContainerId container, String podUid, String run, Optional<Instant> at) {}

    /**
     * An end and what tells it from others.
     *
     * @param termination its workload still empty
     */
    record Seen(EndId id, Optional<ControllerRef> controller, ContainerTermination termination) {}

    static List<Seen> of(Pod pod, Instant now) {
        PodStatus status = pod.getStatus();
        if (status == null) return List.of();
        List<Seen> seen = new ArrayList<>();
        Stream.concat(status.getContainerStatuses().stream(), status.getInitContainerStatuses().stream())
                .forEach(container -> Stream.of(container.getLastState(), container.getState())
                        .flatMap(TerminationMapping::ended)
                        .filter(end -> !isPlanned(pod, container.getName(), end))
                        .map(end -> seen(pod, container, end, now))
                        .forEach(seen::add));
        return seen;
    }

    private static Stream<ContainerStateTerminated> ended(@Nullable ContainerState state) {
        return Stream.ofNullable(state).map(ContainerState::getTerminated).filter(Objects::nonNull);
    }

    private static Seen seen(Pod pod, ContainerStatus container, ContainerStateTerminated end, Instant now) {
        ObjectMeta metadata = pod.getMetadata();
        ContainerId id = new ContainerId(new PodId(metadata.getNamespace(), metadata.getName()), container.getName());
        Optional<Instant> at = PodMapping.instant(end.getFinishedAt());
        Requirements inForce = ContainerMapping.requirements(pod.getSpec(), container);
        return new Seen(
                new EndId(
                        id,
                        Objects.requireNonNullElse(metadata.getUid(), ""),
                        Objects.requireNonNullElse(end.getContainerID(), ""),
                        at),
                ControllerRef.of(metadata),
                new ContainerTermination(
                        id,
                        Optional.empty(),
                        at.orElse(now),
                        now,
                        Objects.requireNonNullElse(end.getReason(), ""),
                        Objects.requireNonNullElse(end.getExitCode(), 0),
                        Optional.ofNullable(end.getSignal()).filter(signal -> signal != 0),
                        inForce.memoryRequest(),
                        inForce.memoryLimit(),
                        Objects.requireNonNullElse(container.getRestartCount(), 0)));
    }

    /**
     * A container that ended well where it was to end, or by the signal that the pod's deletion sends: each rollout has hundreds of those and
     * would push everything else out.
     */
    private static boolean isPlanned(Pod pod, String container, ContainerStateTerminated end) {
        int code = Objects.requireNonNullElse(end.getExitCode(), 0);
        boolean killed = end.getSignal() != null && end.getSignal() != 0;
        boolean well = code == 0 && !killed;
        if (well && !runsOn(pod, container)) return true;
        return (well || code == TERMINATED) && isDeleted(pod, end);
    }

    private static boolean runsOn(Pod pod, String container) {
        if (pod.getSpec() == null) return false;
        Optional<Container> init = pod.getSpec().getInitContainers().stream()
                .filter(it -> it.getName().equals(container))
                .findFirst();
        if (init.isPresent()) return "Always".equals(init.get().getRestartPolicy());
        String policy = Objects.requireNonNullElse(pod.getSpec().getRestartPolicy(), "Always");
        return policy.equals("Always");
    }

    /** Whether it ended after the pod's deletion was asked for; the API server writes the end of the grace period. */
    private static boolean isDeleted(Pod pod, ContainerStateTerminated end) {
        Optional<Instant> deadline = PodMapping.instant(pod.getMetadata().getDeletionTimestamp());
        if (deadline.isEmpty()) return false;
        long grace = Objects.requireNonNullElse(pod.getMetadata().getDeletionGracePeriodSeconds(), 0L);
        Instant asked = deadline.get().minusSeconds(grace);
        return PodMapping.instant(end.getFinishedAt())
                .map(at -> !at.isBefore(asked))
                .orElse(true);
    }
}
