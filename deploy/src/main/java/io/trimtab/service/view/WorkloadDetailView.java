package io.trimtab.service.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One workload as it is now, with what the last round recommends for it. Only usage, money and recommendations are as old as that round.
 *
 * @param workload its replicas, pods and requests are those of now
 * @param owners above it, the nearest first, as {@code shop/Kind/name}
 * @param scaledBy every autoscaler that has a say in it
 * @param priority as {@code name (value)}; empty where its pods name none
 * @param namespaceLimits LimitRanges and ResourceQuotas of its namespace
 * @param terminations of its containers, newest first; plain ends of jobs, init containers and deleted pods are not here
 */
public record WorkloadDetailView(
        WorkloadView workload,
        List<String> owners,
        List<PodView> pods,
        List<RecommendationView> recommendations,
        List<ScalerView> scaledBy,
        List<DisruptionBudgetView> disruptionBudgets,
        List<VolumeClaimView> volumeClaims,
        String priority,
        List<NamespaceLimitView> namespaceLimits,
        List<TerminationView> terminations) {
    /** @param node empty while it is not bound to one */
    public record PodView(
            String name, String node, String phase, boolean ready, String cpuRequest, String memoryRequest) {}

    /**
     * @param kind HorizontalPodAutoscaler, VerticalPodAutoscaler, or what triggers scale
     * @param what it does, in words
     */
    public record ScalerView(String kind, String name, String what) {}

    /** @param minAvailable empty where it has none, likewise {@code maxUnavailable} */
    public record DisruptionBudgetView(
            String name, String minAvailable, String maxUnavailable, int disruptionsAllowed) {}

    /** @param volume empty while it is not bound */
    public record VolumeClaimView(String name, String storageClass, String size, String volume) {}

    /** @param says what it bounds, in words */
    public record NamespaceLimitView(String kind, String name, List<String> says) {}

    /**
     * @param at when it ended, {@code seenAt} when Trimtab heard of it
     * @param signal null where none is known
     * @param memoryRequest in force then, or {@code none}; likewise the limit
     */
    public record TerminationView(
            String pod,
            String container,
            Instant at,
            Instant seenAt,
            String reason,
            int exitCode,
            @Nullable Integer signal,
            String memoryRequest,
            String memoryLimit,
            int restarts) {}
}
