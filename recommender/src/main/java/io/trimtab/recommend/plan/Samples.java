package io.trimtab.recommend.plan;

import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.ResourceAmount;
import io.trimtab.ingest.model.RetunedTargets;
import io.trimtab.ingest.model.UtilizationTarget;
import io.trimtab.recommend.replicas.Amounts;
import io.trimtab.recommend.replicas.HorizontalScaling;
import io.trimtab.recommend.replicas.PodSample;
import io.trimtab.recommend.replicas.ScalingHistory;
import io.trimtab.recommend.replicas.ScalingInput;
import io.trimtab.recommend.replicas.ScalingMetric;
import io.trimtab.recommend.replicas.Tolerance;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The pods of one workload as an autoscaler measures them now.
 *
 * @param replicas that the workload asks for; while a new version is rolled out there are more pods
 * @param demands of its containers, with the newest sample of each pod
 * @param at now
 */
record Samples(int replicas, List<Pod> pods, List<Demand> demands, Instant at) {
    Samples {
        pods = pods.stream()
                .filter(pod -> switch (ReplicaPlans.state(pod, at)) {
                    case READY, NEVER_READY, STARTING, PENDING -> true;
                    case FAILED, TERMINATING -> false;
                })
                .toList();
        demands = List.copyOf(demands);
    }

    /** What a pod requests on the average of what the target counts; empty where nobody knows. */
    OptionalDouble requestedNow(UtilizationTarget target) {
        return pods.stream()
                .flatMap(pod -> requested(pod, target).stream())
                .mapToLong(Long::longValue)
                .average();
    }

    /**
     * How many replicas the autoscaler would want by one of its targets.
     *
     * @param request of each pod, of what the target counts, in place of what is in force
     * @param percent in place of the target's own
     */
    int replicas(HorizontalAutoscaler autoscaler, UtilizationTarget target, long request, int percent) {
        String name = RetunedTargets.word(target.resource());
        var metric = new ScalingMetric.Resource(name, Optional.empty(), new ScalingMetric.Utilization(percent));
        Map<String, Long> requestMilli = Map.of(name, milli(target.resource(), request));
        return HorizontalScaling.decide(new ScalingInput(
                        replicas,
                        autoscaler.minReplicas(),
                        autoscaler.maxReplicas(),
                        List.of(metric),
                        pods.stream()
                                .map(pod -> new PodSample(
                                        ReplicaPlans.state(pod, at),
                                        new Amounts(usageMilli(pod, target, name), requestMilli),
                                        Map.of()))
                                .toList(),
                        Tolerance.DEFAULT,
                        Optional.empty(),
                        ScalingHistory.NONE,
                        Optional.empty()))
                .desiredReplicas();
    }

    /** Of the measured part of a pod, as if it were the whole. */
    private Map<String, Long> usageMilli(Pod pod, UtilizationTarget target, String name) {
        Map<String, Long> usageMilli = new HashMap<>();
        for (Demand demand : demands) {
            Double used = target.counts(demand.container().name()) ? used(demand, target.resource(), pod.id()) : null;
            if (used != null) usageMilli.merge(name, (long) Math.ceil(used * 1000), Long::sum);
        }
        return usageMilli;
    }

    private static @Nullable Double used(Demand demand, Resource resource, PodId pod) {
        return switch (resource) {
            case CPU -> demand.cpuCoresNow().get(pod);
            case MEMORY -> demand.memoryBytesNow().get(pod);
            case GPU -> null;
        };
    }

    /** Empty where a container that counts requests nothing, since no utilisation can be measured then. */
    private static Optional<Long> requested(Pod pod, UtilizationTarget target) {
        long sum = 0;
        for (ContainerSpec container : pod.containers()) {
            if (!target.counts(container.name())) continue;
            Optional<ResourceAmount> request = ResourceAmount.requested(target.resource(), container.requirements());
            if (request.isEmpty()) return Optional.empty();
            sum += request.get().value();
        }
        return Optional.of(sum);
    }

    private static long milli(Resource resource, long amount) {
        return switch (resource) {
            case CPU, GPU -> amount;
            case MEMORY -> Math.multiplyExact(amount, 1000L);
        };
    }
}
