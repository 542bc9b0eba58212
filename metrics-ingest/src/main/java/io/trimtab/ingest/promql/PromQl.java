package io.trimtab.ingest.promql;

import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodNames;
import io.trimtab.ingest.model.RuntimeMetric;
import io.trimtab.ingest.model.UsageQuery.Scope;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.vocabulary.LabelFilter;
import io.trimtab.ingest.vocabulary.MetricName;
import io.trimtab.ingest.vocabulary.RuntimeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the queries. Each takes the greatest of the series of one container, since a replicated scraper or a restart shows it twice. */
record PromQl(Labels labels) {
    /** Where both are there the greater counts. */
    private static final Set<RuntimeMetric> GPU_USE =
            Set.of(RuntimeMetric.GPU_UTILISATION, RuntimeMetric.GPU_ENGINE_ACTIVE);

    /** VictoriaMetrics takes queries of 16 KiB, and these stand in each of them twice. */
    private static final int LONGEST_ALTERNATIVES = 4_096;

    /** @param name of usage */
    Query usage(MetricName name, Scope scope, Duration window) {
        Labels its = Labels.of(name.labels(), labels);
        String series = "%s{%s%s}".formatted(name.name(), matchers(its, scope), filter(name.filter()));
        String amount = switch (name.means()) {
            case CPU -> "rate(%s[%ds])".formatted(series, window.toSeconds());
            case CPU_CORES -> "avg_over_time(%s[%ds])".formatted(series, window.toSeconds());
            case MEMORY -> series;
            case KILLED, LAST_END, RESTARTS, MEMORY_REQUEST ->
                throw new IllegalArgumentException("%s is no usage".formatted(name.name()));
        };
        return new Query(perContainer(its, amount), its);
    }

    /**
     * How many GPUs' worth of each container's devices is busy. An exporter tells whose they are in its own labels, or, where a scrape
     * has given it those of its pod, in others; then the usual ones are its own, which use no GPU.
     */
    Query gpus(Scope scope) {
        String all = RuntimeName.all().stream()
                .filter(name -> GPU_USE.contains(name.metric()))
                .map(name -> gpus(name, scope))
                .collect(Collectors.joining(" or "));
        return new Query(perContainer(labels, all), labels);
    }

    private String gpus(RuntimeName name, Scope scope) {
        Labels its = Labels.of(name.labels(), labels);
        List<String> parts = new ArrayList<>(List.of(its.list()));
        parts.addAll(name.parts());
        String own = its.equals(labels) ? ",exported_pod=\"\",%s!~\".*dcgm.*\"".formatted(its.container()) : "";
        String sum = "sum by (%s) (max by (%s) (%s{%s%s})) * %s"
                .formatted(its.list(), String.join(", ", parts), name.name(), matchers(its, scope), own, name.scale());
        return its.equals(labels) ? sum : RuntimePromQl.renamed(sum, its, labels);
    }

    /** The containers whose last end was for memory, while it was. */
    Query killed(Scope scope) {
        return new Query(perContainer(labels, killedSeries(matchers(labels, scope))), labels);
    }

    /** Restart counts of those containers. */
    Query restartsAfterKill(Scope scope, Set<ContainerId> killed) {
        return whereKilled(scope, killed, "kube_pod_container_status_restarts_total", "");
    }

    /** Seconds since the epoch at which those containers ended. */
    Query endOfKilled(Scope scope, Set<ContainerId> killed) {
        return whereKilled(scope, killed, "kube_pod_container_status_last_terminated_timestamp", "");
    }

    /** Memory requests of those containers, in bytes. */
    Query requestOfKilled(Scope scope, Set<ContainerId> killed) {
        return whereKilled(scope, killed, "kube_pod_container_resource_requests", ",resource=\"memory\"");
    }

    private Query whereKilled(Scope scope, Set<ContainerId> killed, String metric, String moreMatchers) {
        String matchers = matchers(labels, scope) + podsOf(killed);
        return new Query(
                "%s and on (%s) (%s)"
                        .formatted(
                                perContainer(labels, metric + "{" + matchers + moreMatchers + "}"),
                                labels.list(),
                                killedSeries(matchers)),
                labels);
    }

    private static String killedSeries(String matchers) {
        return "kube_pod_container_status_last_terminated_reason{%s,reason=\"OOMKilled\"} > 0".formatted(matchers);
    }

    /** So that a store does not evaluate the series of every container for the few that were killed: that is half of the work of a back-fill. */
    private String podsOf(Set<ContainerId> killed) {
        String names = killed.stream()
                .map(id -> PodNames.literal(id.pod().name()))
                .distinct()
                .sorted()
                .collect(Collectors.joining("|"));
        return names.length() > LONGEST_ALTERNATIVES ? "" : ",%s=~%s".formatted(labels.pod(), quoted(names));
    }

    private static String perContainer(Labels by, String expression) {
        return "max by (%s) (%s)".formatted(by.list(), expression);
    }

    private static String filter(LabelFilter filter) {
        return switch (filter) {
            case LabelFilter.Any() -> "";
            case LabelFilter.Has(String label, String value) -> "," + label + "=" + quoted(value);
            case LabelFilter.Lacks(String label) -> "," + label + "=\"\"";
        };
    }

    private static String matchers(Labels labels, Scope scope) {
        // "POD" is the pause container, "" the sum over the pod's cgroup.
        String always = "%1$s!=\"\",%1$s!=\"POD\",%2$s!=\"\"".formatted(labels.container(), labels.pod());
        return switch (scope) {
            case Scope.Cluster() -> always;
            case Scope.Namespace(String name) -> always + "," + labels.namespace() + "=" + quoted(name);
            case Scope.OneWorkload(WorkloadId workload) ->
                "%s,%s=%s,%s=~%s"
                        .formatted(
                                always,
                                labels.namespace(),
                                quoted(workload.namespace()),
                                labels.pod(),
                                quoted(PodNames.of(workload)));
        };
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
