package io.trimtab.forecast;

import io.trimtab.ingest.model.Pod;
import java.time.Duration;
import java.time.Instant;

/**
 * Which CPU samples of a pod tell of load, and which of its start. A sample is the mean of a window before its moment; as for the stock HorizontalPodAutoscaler, that window
 * must lie after the pod became ready or after its initialization period.
 *
 * @see "Kubernetes 1.37, pkg/controller/podautoscaler/replica_calculator.go: groupPods; --horizontal-pod-autoscaler-cpu-initialization-period"
 */
public final class StartUp {
    static final Duration INITIALIZATION = Duration.ofMinutes(5);

    /** Of CPU rates, as they are asked for and made of pushed counters. */
    static final Duration SAMPLE_WINDOW = Duration.ofMinutes(5);

    private StartUp() {}

    /** Whether a sample of that moment tells of load; never of a pod that is not ready now. */
    public static boolean isOver(Pod pod, Instant sampleAt) {
        if (pod.readyAt().isEmpty()) return false;
        Instant begins = sampleAt.minus(SAMPLE_WINDOW);
        Instant initialized = pod.startedAt().orElse(pod.createdAt()).plus(INITIALIZATION);
        return !begins.isBefore(pod.readyAt().get()) || !begins.isBefore(initialized);
    }
}
