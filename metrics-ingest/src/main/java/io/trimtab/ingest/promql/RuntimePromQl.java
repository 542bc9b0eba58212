package io.trimtab.ingest.promql;

import io.trimtab.ingest.model.PodNames;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.vocabulary.RuntimeName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the queries for what the containers of one workload tell of themselves; each gives one series a container. */
record RuntimePromQl(Labels store, WorkloadId workload) {
    /** Stands for the container where a scrape does not name it: a series needs one here. */
    static final String NO_CONTAINER = "-";

    private static final String WINDOW = "5m";

    /** @param names of one metric; of a container that has several, as of two exporters, the greatest counts */
    String value(List<RuntimeName> names) {
        return whole(names.stream().map(this::value).collect(Collectors.joining(" or ")));
    }

    /** @param counters names of metrics; of a container that has several the first counts, as all may count the same requests */
    String rate(List<String> counters) {
        return firstOf(counters, "sum by (%1$s) (rate(%2$s{%3$s}[%4$s]))");
    }

    /** @param histograms names of metrics, without {@code _bucket}; likewise */
    String latency(List<String> histograms) {
        return firstOf(histograms, "histogram_quantile(0.95, sum by (%1$s, le) (rate(%2$s_bucket{%3$s}[%4$s])))");
    }

    private String firstOf(List<String> names, String template) {
        return whole(names.stream()
                .map(name -> template.formatted(store.list(), name, matchers(store), WINDOW))
                .collect(Collectors.joining(" or ")));
    }

    private String value(RuntimeName name) {
        boolean usual = name.labels().namespace().equals(Labels.USUAL.namespace());
        Labels labels = usual
                ? store
                : new Labels(
                        name.labels().namespace(),
                        name.labels().pod(),
                        name.labels().container());
        List<String> all = new ArrayList<>(List.of(labels.list()));
        all.addAll(name.parts());
        String matchers = matchers(labels) + (name.matcher().isEmpty() ? "" : "," + name.matcher());
        String sum = "%s by (%s) (max by (%s) (%s{%s}))"
                .formatted(
                        name.averaged() ? "avg" : "sum", labels.list(), String.join(", ", all), name.name(), matchers);
        String scaled = name.scale() == 1 ? sum : "%s * %s".formatted(sum, name.scale());
        return usual ? scaled : renamed(scaled, labels, store);
    }

    static String renamed(String expression, Labels from, Labels to) {
        String namespace = copied(expression, from.namespace(), to.namespace());
        String pod = copied(namespace, from.pod(), to.pod());
        return copied(pod, from.container(), to.container());
    }

    private static String copied(String expression, String from, String to) {
        return "label_replace(%s, \"%s\", \"$1\", \"%s\", \"(.+)\")".formatted(expression, to, from);
    }

    private String whole(String expression) {
        return "label_replace(max by (%1$s) (%2$s), \"%3$s\", \"%4$s\", \"%3$s\", \"\")"
                .formatted(store.list(), expression, store.container(), NO_CONTAINER);
    }

    private String matchers(Labels labels) {
        return "%s=%s,%s=~%s"
                .formatted(
                        labels.namespace(),
                        PromQl.quoted(workload.namespace()),
                        labels.pod(),
                        PromQl.quoted(PodNames.of(workload)));
    }
}
