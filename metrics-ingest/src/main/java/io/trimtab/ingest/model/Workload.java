package io.trimtab.ingest.model;

import io.trimtab.cost.units.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A scalable object and its pod template.
 *
 * @param replicas the count that its spec asks for; for a DaemonSet the count of nodes that it should run on
 * @param containers of the pod template, in template order
 * @param scheduling of the pod template
 * @param surge how many pods there may be beyond its replicas while a rollout replaces them
 */
public record Workload(
        WorkloadId id,
        int replicas,
        List<ContainerSpec> containers,
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant createdAt,
        Scheduling scheduling,
        int surge) {
    public Workload {
        if (replicas < 0)
            throw new IllegalArgumentException("replicas (%d) of %s must be >= 0".formatted(replicas, id));
        containers = List.copyOf(containers);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** One that any node without taints can carry, and that never has more pods than replicas. */
    public Workload(
            WorkloadId id,
            int replicas,
            List<ContainerSpec> containers,
            Map<String, String> labels,
            Map<String, String> annotations,
            Instant createdAt) {
        this(id, replicas, containers, labels, annotations, createdAt, Scheduling.PLAIN, 0);
    }

    /** What one pod of the template asks for. */
    public Resources requestedPerPod() {
        return containers.stream()
                .map(container -> container.requirements().requested())
                .reduce(Resources.ZERO, Resources::plus);
    }
}
