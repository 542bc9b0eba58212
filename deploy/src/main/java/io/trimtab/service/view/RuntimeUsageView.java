package io.trimtab.service.view;

import java.time.Instant;
import java.util.List;

/**
 * What the runtimes of one workload told of themselves within a window, read when it was asked for.
 *
 * @param missing what has no sample
 * @param gaps what could not be read, and why
 */
public record RuntimeUsageView(
        Instant from,
        Instant to,
        long stepSeconds,
        List<FigureView> figures,
        List<MissingView> missing,
        List<String> gaps) {
    /**
     * Of one container in all pods that have samples.
     *
     * @param container empty where the samples do not name it
     * @param last mean over the pods of each one's last sample
     * @param max of all samples
     */
    public record FigureView(
            String metric,
            String what,
            String unit,
            String container,
            int pods,
            double last,
            double max,
            int samples,
            Instant firstAt,
            Instant lastAt) {}

    /** @param names that were looked for */
    public record MissingView(String metric, String what, List<String> names) {}
}
