package io.trimtab.recommend.replay;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.Scheduling;
import io.trimtab.ingest.model.Taint;
import io.trimtab.ingest.model.Toleration;
import io.trimtab.ingest.model.UtilizationTarget;
import io.trimtab.ingest.model.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows the world in the records that a real cluster is shown in. */
final class Snapshots {
    private static final String REGION = "eu-central-1";

    /** Says which of the twelve kinds a workload plays. */
    static final String KIND_LABEL = "simulation.trimtab.io/kind";

    private static final String GPU_TAINT = "nvidia.com/gpu";
    private static final String SPOT_TAINT = "karpenter.sh/capacity-type";

    private static final Map<WorkloadKind, Scheduling> SCHEDULING = Arrays.stream(WorkloadKind.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), Snapshots::toleratingTaints));

    private Snapshots() {}

    static ClusterSnapshot of(World world) {
        return new ClusterSnapshot(
                Instant.ofEpochSecond(world.second),
                world.workloads.values().stream()
                        .map(workload -> workload(workload, world))
                        .toList(),
                world.workloads.values().stream()
                        .flatMap(workload -> workload.pods.stream())
                        .map(Snapshots::pod)
                        .toList(),
                world.nodes.stream().map(Snapshots::node).toList(),
                world.scalers.stream().map(Snapshots::autoscaler).toList());
    }

    private static Workload workload(SimulatedWorkload workload, World world) {
        WorkloadPlan plan = workload.plan;
        int replicas = plan.kind().isDaemon()
                ? Math.toIntExact(
                        world.nodes.stream().filter(SimulatedNode::takesPods).count())
                : workload.replicas;
        return new Workload(
                plan.id(),
                replicas,
                workload.template,
                labels(plan),
                Map.of("deployment.kubernetes.io/revision", Integer.toString(workload.revision)),
                world.spec.start(),
                scheduling(plan.kind()),
                0);
    }

    private static Map<String, String> labels(WorkloadPlan plan) {
        return Map.of(
                "app.kubernetes.io/name",
                plan.id().name(),
                KIND_LABEL,
                plan.kind().label());
    }

    private static Pod pod(SimulatedPod pod) {
        return new Pod(
                pod.id,
                Optional.of(pod.workload.plan.id()),
                Optional.ofNullable(pod.node).map(node -> node.name),
                pod.boundAt != SimulatedPod.NEVER && pod.hasEverStarted ? PodPhase.RUNNING : PodPhase.PENDING,
                pod.containers.stream().map(container -> container.spec).toList(),
                labels(pod.workload.plan),
                Map.of(),
                Instant.ofEpochSecond(pod.createdAt),
                moment(pod.boundAt),
                moment(pod.readyAt),
                moment(pod.deletedAt),
                scheduling(pod.workload.plan.kind()));
    }

    private static Optional<Instant> moment(long second) {
        return second == SimulatedPod.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second));
    }

    private static Node node(SimulatedNode node) {
        NodePool.Shape shape = node.pool.shape();
        Map<String, String> labels = Map.of(
                "node.kubernetes.io/instance-type",
                shape.instanceType(),
                "topology.kubernetes.io/region",
                REGION,
                "topology.kubernetes.io/zone",
                node.zone,
                "kubernetes.io/arch",
                "amd64",
                "karpenter.sh/capacity-type",
                node.pool.capacityType().label(),
                "karpenter.sh/nodepool",
                node.pool.name());
        return new Node(
                node.name,
                shape.instanceType(),
                REGION,
                node.zone,
                node.pool.capacityType(),
                resources(shape.cpuMilli(), shape.memoryBytes(), shape.gpuMilli()),
                resources(node.allocatableCpuMilli, node.allocatableMemoryBytes, shape.gpuMilli()),
                shape.maxPods(),
                node.ready,
                node.schedulable,
                labels,
                Instant.ofEpochSecond(node.launchedAt),
                node.pool.name(),
                taints(node.pool),
                Map.of());
    }

    /** What {@link Scheduler#tolerates} obeys, in the words of Kubernetes. */
    private static List<Taint> taints(NodePool pool) {
        List<Taint> taints = new ArrayList<>();
        if (pool.hasGpu()) taints.add(new Taint(GPU_TAINT, "", Taint.Effect.NO_SCHEDULE));
        if (pool.capacityType() == CapacityType.SPOT)
            taints.add(new Taint(SPOT_TAINT, CapacityType.SPOT.label(), Taint.Effect.NO_SCHEDULE));
        return taints;
    }

    private static Scheduling scheduling(WorkloadKind kind) {
        return Objects.requireNonNull(SCHEDULING.get(kind));
    }

    private static Scheduling toleratingTaints(WorkloadKind kind) {
        List<Toleration> tolerations = new ArrayList<>();
        if (kind.isDaemon()) tolerations.add(new Toleration(Optional.empty(), Optional.empty(), Optional.empty()));
        if (kind.usesGpu()) tolerations.add(new Toleration(Optional.of(GPU_TAINT), Optional.empty(), Optional.empty()));
        if (kind.toleratesSpot)
            tolerations.add(new Toleration(Optional.of(SPOT_TAINT), Optional.empty(), Optional.empty()));
        return new Scheduling(Map.of(), List.of(), tolerations, List.of(), Resources.ZERO);
    }

    private static Resources resources(long cpuMilli, long memoryBytes, long gpuMilli) {
        return new Resources(new MilliCores(cpuMilli), new Bytes(memoryBytes), new GpuMilli(gpuMilli));
    }

    private static HorizontalAutoscaler autoscaler(HorizontalScaler scaler) {
        WorkloadPlan.Scaling scaling = scaler.scaling;
        var target = scaler.workload.plan.id();
        return new HorizontalAutoscaler(
                target.namespace(),
                target.name(),
                target,
                scaler.minReplicas,
                scaler.ownMinReplicas,
                scaling.maxReplicas(),
                List.of(new UtilizationTarget(
                        Resource.CPU, Optional.empty(), scaler.cpuUtilizationPercent, scaler.origin)),
                Optional.empty());
    }
}
