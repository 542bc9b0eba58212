package io.trimtab.service.kubeapi;

import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.service.kubeapi.ExternalMetricSource.Reading;
import io.trimtab.service.kubeapi.StatusException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** All sources as one; a metric that several of them know has the series of all. */
record ExternalMetrics(List<ExternalMetricSource> sources) {
    ExternalMetrics {
        sources = List.copyOf(sources);
    }

    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        sources.forEach(source -> names.addAll(source.metrics()));
        return names;
    }

    /**
     * @return the series that match, in the order of their sources
     * @throws StatusException if no source knows the metric, or one that does has nothing to act upon
     */
    List<ExternalMetric> list(String namespace, String metric, LabelSelector selector) {
        List<ExternalMetric> found = new ArrayList<>();
        boolean known = false;
        for (ExternalMetricSource source : sources) {
            if (!source.metrics().contains(metric)) continue;
            known = true;
            switch (source.read(namespace, metric)) {
                case Reading.Values(List<ExternalMetric> values) ->
                    values.stream()
                            .filter(value -> selector.test(value.labels()))
                            .forEach(found::add);
                case Reading.Unavailable(String why) ->
                    throw new StatusException(
                            Reason.SERVICE_UNAVAILABLE, "%s is not known now: %s".formatted(metric, why));
            }
        }
        if (!known)
            throw new StatusException(
                    Reason.NOT_FOUND,
                    "there is no external metric %s; GET /apis/%s/%s lists them"
                            .formatted(metric, RequestAttributes.GROUP, RequestAttributes.VERSION));
        return found;
    }
}
