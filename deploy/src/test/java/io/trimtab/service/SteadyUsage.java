package io.trimtab.service;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Pods that have always used the same. */
final class SteadyUsage {
    static final Duration STEP = Duration.ofMinutes(1);
    private static final Duration AHEAD = Duration.ofMinutes(15);
    private static final Duration BEFORE = Duration.ofMinutes(20);

    private SteadyUsage() {}

    /** OpenMetrics text: what cAdvisor would have shown up to a quarter of an hour from now, so that the newest sample is never old. */
    static Path write(Path file, List<Pod> pods, Duration history, double cores, double memoryBytes)
            throws IOException {
        Instant end = InstantSource.system().instant().plus(AHEAD);
        long first = end.minus(history).minus(BEFORE).getEpochSecond();
        StringBuilder cpu = new StringBuilder("# TYPE container_cpu_usage_seconds counter\n");
        StringBuilder memory = new StringBuilder("# TYPE container_memory_working_set_bytes gauge\n");
        for (Pod pod : pods) {
            String container = pod.getSpec().getContainers().getFirst().getName();
            String labels = "{namespace=\"%s\",pod=\"%s\",container=\"%s\",image=\"%s\"}"
                    .formatted(
                            pod.getMetadata().getNamespace(), pod.getMetadata().getName(), container, container);
            for (long at = first; at <= end.getEpochSecond(); at += STEP.toSeconds()) {
                cpu.append("container_cpu_usage_seconds_total%s %.3f %d\n".formatted(labels, cores * (at - first), at));
                memory.append("container_memory_working_set_bytes%s %.0f %d\n".formatted(labels, memoryBytes, at));
            }
        }
        return Files.writeString(file, cpu.append(memory).append("# EOF\n"));
    }
}
