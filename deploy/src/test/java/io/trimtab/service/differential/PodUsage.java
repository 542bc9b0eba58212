package io.trimtab.service.differential;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One pod at one step.
 *
 * @param sample empty for a pod without one
 */
record PodUsage(String name, String state, Optional<Sample> sample) {
    private static final Duration FAR = Duration.ofHours(1);

    /** @param stale taken before the pod was ready, so that its CPU says nothing */
    record Sample(boolean stale, Map<String, Long> cpuMilli, Map<String, Long> memoryBytes, long podMetricMilli) {}

    /** What is requested by each container. */
    record Requests(Map<String, Long> cpuMilli, Map<String, Long> memoryBytes) {}

    static String state(Pod pod, boolean stale) {
        if (pod.getMetadata().getDeletionTimestamp() != null) return "terminating";
        String phase = pod.getStatus().getPhase();
        if (phase.equals("Failed")) return "failed";
        if (phase.equals("Pending")) return "pending";
        if (!isReady(pod)) return "neverReady";
        return stale ? "starting" : "ready";
    }

    static boolean isReady(Pod pod) {
        for (PodCondition condition : pod.getStatus().getConditions())
            if (condition.getType().equals("Ready"))
                return condition.getStatus().equals("True");
        return false;
    }

    /** Adds an item of {@code metrics.k8s.io}, if there is a sample. */
    void addResources(ArrayNode items, String namespace, Instant now) {
        sample.ifPresent(used -> {
            ObjectNode item = items.addObject();
            item.putObject("metadata").put("name", name).put("namespace", namespace);
            item.put("timestamp", now.plus(used.stale ? FAR.negated() : FAR).toString());
            item.put("window", "30s");
            ArrayNode containers = item.putArray("containers");
            used.cpuMilli.forEach((container, milli) -> containers
                    .addObject()
                    .put("name", container)
                    .putObject("usage")
                    .put("cpu", milli + "m")
                    .put("memory", Long.toString(used.memoryBytes.get(container))));
        });
    }

    /** Adds an item of {@code custom.metrics.k8s.io}, if there is a sample. */
    void addMetric(ArrayNode items, String namespace, String metric, Instant now) {
        sample.ifPresent(used -> {
            ObjectNode item = items.addObject();
            item.putObject("describedObject")
                    .put("apiVersion", "/v1")
                    .put("kind", "Pod")
                    .put("namespace", namespace)
                    .put("name", name);
            item.putObject("metric").put("name", metric);
            item.put("timestamp", now.toString()).put("value", used.podMetricMilli + "m");
        });
    }

    /** Adds a pod of a document of kind {@code replicas}. */
    void addQuestion(ArrayNode pods, Requests requests, String metric) {
        ObjectNode pod = pods.addObject().put("name", name).put("state", state);
        amounts(pod.putObject("request"), total(requests.cpuMilli), total(requests.memoryBytes));
        sample.ifPresent(used -> {
            ObjectNode usage = pod.putObject("usage");
            amounts(usage, total(used.cpuMilli), total(used.memoryBytes));
            usage.put(metric, used.podMetricMilli + "m");
        });
        ObjectNode containers = pod.putObject("containers");
        requests.cpuMilli.forEach((name, milli) -> {
            ObjectNode container = containers.putObject(name);
            amounts(container.putObject("request"), milli, requests.memoryBytes.get(name));
            sample.ifPresent(
                    used -> amounts(container.putObject("usage"), used.cpuMilli.get(name), used.memoryBytes.get(name)));
        });
    }

    private static void amounts(ObjectNode object, long cpuMilli, long memoryBytes) {
        object.put("cpu", cpuMilli + "m").put("memory", Long.toString(memoryBytes));
    }

    private static long total(Map<String, Long> amounts) {
        return amounts.values().stream().mapToLong(Long::longValue).sum();
    }
}
