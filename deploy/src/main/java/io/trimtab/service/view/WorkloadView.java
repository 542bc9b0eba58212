package io.trimtab.service.view;

import java.util.List;

/**
 * One workload: what it asks for and used.
 *
 * @param policy that governs it, or those that tie; empty text where none does
 */
public record WorkloadView(
        String id,
        String namespace,
        String kind,
        String name,
        int replicas,
        int runningPods,
        List<ContainerView> containers,
        MoneyChange perMonth,
        int recommendations,
        String policy) {
    /**
     * @param cpuUsage mean of the running pods now; {@code none} without a sample
     * @param cpuP95 of the samples; {@code none} without one
     * @param memoryP95 of the daily peaks; {@code none} without one
     * @param runtime JVM, Go or Node.js; empty where nothing tells which it is
     * @param runtimeSettings what it is told of memory and processors, one line each
     */
    public record ContainerView(
            String name,
            String image,
            String cpuRequest,
            String memoryRequest,
            String cpuLimit,
            String memoryLimit,
            String cpuUsage,
            String cpuP95,
            String memoryP95,
            String runtime,
            List<String> runtimeSettings) {
        public ContainerView {
            runtimeSettings = List.copyOf(runtimeSettings);
        }
    }
}
