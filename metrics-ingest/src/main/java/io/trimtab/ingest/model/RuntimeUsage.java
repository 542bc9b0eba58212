package io.trimtab.ingest.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the runtimes of one workload's containers told of themselves.
 *
 * @param from begin of the window that was read, {@code to} its end
 * @param step between two samples
 * @param missing what a store has no sample of for these pods, with the names that were looked for
 * @param gaps what could not be read, one line each: what, where and what to do
 */
public record RuntimeUsage(
        Instant from, Instant to, Duration step, List<Figure> figures, List<Missing> missing, List<String> gaps) {
    public RuntimeUsage {
        figures = List.copyOf(figures);
        missing = List.copyOf(missing);
        gaps = List.copyOf(gaps);
    }

    /**
     * Of one container in all pods that have samples.
     *
     * @param container empty where the samples do not name it
     * @param last mean over the pods of each one's last sample, in the metric's unit
     * @param max of all samples
     * @param samples how many there were, from {@code firstAt} to {@code lastAt}
     */
    public record Figure(
            RuntimeMetric metric,
            String container,
            int pods,
            double last,
            double max,
            int samples,
            Instant firstAt,
            Instant lastAt) {}

    public record Missing(RuntimeMetric metric, List<String> names) {
        public Missing {
            names = List.copyOf(names);
        }
    }
}
