package io.trimtab.forecast;

import io.trimtab.ingest.model.Pod;
import java.time.Duration;
import java.time.Instant;

/**
 * Which CPU samples of a pod tell of load, and which of its start. A sample is the mean of a window before its moment; as for the stock HorizontalPodAutoscaler, that window must
 * lie after the pod became ready. The stock one takes any sample once its initialization period is over, however long the start takes; with windows of minutes that would
 * count what starting took.
 *
 * @see "Kubernetes 1.37, pkg/controller/podautoscaler/replica_calculator.go: groupPods; --horizontal-pod-autoscaler-cpu-initialization-period"
 */
public final class StartUp {
    static final Duration INITIALIZATION = Duration.ofMinutes(5);

    /** Of CPU rates, as they are asked for and made of pushed counters. */
    static final Duration SAMPLE_WINDOW = Duration.ofMinutes(5);

    /** A pod that became ready later than that was ready before. */
    static final Duration LONGEST = Duration.ofMinutes(30);

    private StartUp() {}

    /** Whether a sample of that moment tells of load; never of a pod that is not ready now. */
    public static boolean isOver(Pod pod, Instant sampleAt) {
        if (pod.readyAt().isEmpty()) return false;
        Instant started = pod.startedAt().orElse(pod.createdAt());
        boolean readyBefore = !pod.readyAt().get().isBefore(started.plus(LONGEST));
        Instant over =
                readyBefore ? started.plus(INITIALIZATION) : pod.readyAt().get();
        return !sampleAt.minus(SAMPLE_WINDOW).isBefore(over);
    }

    /** Likewise, and whether what a pod does when it has just become ready, such as compiling, is over too. */
    static boolean hasSettled(Pod pod, Instant sampleAt) {
        return isOver(pod, sampleAt.minus(INITIALIZATION));
    }
}
