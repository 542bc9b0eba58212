package io.trimtab.ingest.model;

import io.trimtab.cost.units.Bytes;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A run of a container that ended, other than by plan: a kill for memory, an exit code, a signal, the end of what should have run on.
 *
 * @param workload whose pod it was; empty for a bare pod
 * @param at when it ended, as the kubelet says; when it became known where the kubelet does not say
 * @param seenAt when it became known
 * @param reason in the kubelet's word, such as {@code OOMKilled}, {@code Error} or {@code Completed}; empty where it gave none
 * @param signal that ended it; empty where none is known
 * @param memoryRequest in force then; empty when it had none, likewise the limit
 * @param restarts of the container in its pod when this became known
 */
public record ContainerTermination(
        ContainerId container,
        Optional<WorkloadId> workload,
        Instant at,
        Instant seenAt,
        String reason,
        int exitCode,
        Optional<Integer> signal,
        Optional<Bytes> memoryRequest,
        Optional<Bytes> memoryLimit,
        int restarts) {
    private static final String OUT_OF_MEMORY = "OOMKilled";

    /** By the end, the newest first. */
    public static final Comparator<ContainerTermination> NEWEST_FIRST =
            Comparator.comparing(ContainerTermination::at).reversed().thenComparing(ContainerTermination::container);

    /** This as a kill for memory, if it is one. */
    public Optional<OutOfMemoryKill> outOfMemory() {
        return reason.equals(OUT_OF_MEMORY)
                ? Optional.of(new OutOfMemoryKill(container, at, memoryRequest.orElse(Bytes.ZERO), seenAt))
                : Optional.empty();
    }

    /** The same for a pod whose owner is known by now. */
    public ContainerTermination of(Optional<WorkloadId> owner) {
        return new ContainerTermination(
                container, owner, at, seenAt, reason, exitCode, signal, memoryRequest, memoryLimit, restarts);
    }

    /** A kill for memory of which nothing more is known. */
    public static ContainerTermination of(OutOfMemoryKill kill, WorkloadId workload) {
        return new ContainerTermination(
                kill.container(),
                Optional.of(workload),
                kill.at(),
                kill.seenAt(),
                OUT_OF_MEMORY,
                137, // 128 and SIGKILL, with which the kernel kills
                Optional.empty(),
                Optional.of(kill.memoryRequest()).filter(request -> !request.equals(Bytes.ZERO)),
                Optional.empty(),
                0);
    }
}
