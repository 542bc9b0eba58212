package io.trimtab.recommend.replay;

import io.trimtab.ingest.model.UtilizationTarget.Origin;
import io.trimtab.recommend.replay.WorkloadPlan.Scaling;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A HorizontalPodAutoscaler on CPU utilisation.
 *
 * @see "Kubernetes documentation, Horizontal Pod Autoscaling: desired = ceil(current * ratio), 10 % tolerance, 5 min stabilisation on the way down"
 */
final class HorizontalScaler {
    private static final double TOLERANCE = 0.1;
    private static final long STABILISATION_SECONDS = 300;

    private record Proposal(long second, int replicas) {}

    final SimulatedWorkload workload;
    final Scaling scaling;

    /** The target, which may be moved. */
    int cpuUtilizationPercent;

    /** What it stood for before it was; empty as long as it was not. */
    Optional<Origin> origin = Optional.empty();

    /** The least replicas, which may be raised. */
    int minReplicas;

    /** What they were before; empty as long as they were not. */
    OptionalInt ownMinReplicas = OptionalInt.empty();

    private final Deque<Proposal> recent = new ArrayDeque<>();

    HorizontalScaler(SimulatedWorkload workload, Scaling scaling) {
        this.workload = workload;
        this.scaling = scaling;
        this.cpuUtilizationPercent = scaling.cpuUtilizationPercent();
        this.minReplicas = scaling.minReplicas();
    }

    /** Decides on the last sample; nothing happens at zero replicas, without a ready pod or without a CPU request. */
    void step(World world) {
        if (workload.replicas == 0 || workload.readyPods == 0 || workload.podsRequestedMilli <= 0) return;
        double utilization = workload.podsUsedMilli / workload.podsRequestedMilli;
        double ratio = utilization * 100 / cpuUtilizationPercent;
        boolean near = Math.abs(ratio - 1) <= TOLERANCE;
        int proposed = near ? workload.replicas : (int) Math.ceil(workload.readyPods * ratio);
        int replicas = Math.clamp(stabilised(world.second, proposed), minReplicas, scaling.maxReplicas());
        if (replicas == workload.replicas) return;
        workload.replicas = replicas;
        world.unsettle(workload);
    }

    /** Up at once; down only to the highest proposal of the last minutes. */
    private int stabilised(long second, int proposed) {
        while (!recent.isEmpty() && recent.getFirst().second() <= second - STABILISATION_SECONDS) recent.removeFirst();
        recent.addLast(new Proposal(second, proposed));
        int highest = recent.stream().mapToInt(Proposal::replicas).max().orElseThrow();
        return proposed >= workload.replicas ? proposed : Math.min(workload.replicas, highest);
    }
}
