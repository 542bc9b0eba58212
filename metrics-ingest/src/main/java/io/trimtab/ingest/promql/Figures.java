package io.trimtab.ingest.promql;

import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.RuntimeMetric;
import io.trimtab.ingest.model.RuntimeUsage.Figure;
import io.trimtab.ingest.usage.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums up the samples of a workload's pods, container by container in the order of their names. */
final class Figures {
    private Figures() {}

    static List<Figure> of(RuntimeMetric metric, Map<ContainerId, Samples> series) {
        Map<String, List<Samples>> byContainer = new TreeMap<>();
        series.forEach((id, samples) -> {
            if (samples.size() > 0)
                byContainer
                        .computeIfAbsent(id.container(), name -> new ArrayList<>())
                        .add(samples);
        });
        List<Figure> figures = new ArrayList<>();
        byContainer.forEach((container, pods) ->
                figures.add(figure(metric, container.equals(RuntimePromQl.NO_CONTAINER) ? "" : container, pods)));
        return figures;
    }

    private static Figure figure(RuntimeMetric metric, String container, List<Samples> pods) {
        double sumOfLast = 0;
        double max = 0;
        int count = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Samples samples : pods) {
            int end = samples.size() - 1;
            sumOfLast += samples.amount(end);
            for (int i = 0; i <= end; i++) max = Math.max(max, samples.amount(i));
            count += samples.size();
            first = Math.min(first, samples.atSecond(0));
            last = Math.max(last, samples.atSecond(end));
        }
        return new Figure(
                metric,
                container,
                pods.size(),
                sumOfLast / pods.size(),
                max,
                count,
                Instant.ofEpochSecond(first),
                Instant.ofEpochSecond(last));
    }
}
