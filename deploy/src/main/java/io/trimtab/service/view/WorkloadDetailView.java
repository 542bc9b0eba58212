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
 * @param monitors that select it, the one that counts most first
 * @param requestMetrics which metrics count and time its requests; without what neither an annotation nor a monitor tells of
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
        List<MonitorView> monitors,
        List<RequestMetricView> requestMetrics,
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

    /** @param kind PodMonitor or ServiceMonitor */
    public record MonitorView(String kind, String namespace, String name) {}

    /**
     * @param of requests or latency
     * @param names one that an annotation gives, else the well-known ones in the order in which they are looked for
     * @param by what they were taken from, in words
     */
    public record RequestMetricView(String of, List<String> names, String by) {}

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
