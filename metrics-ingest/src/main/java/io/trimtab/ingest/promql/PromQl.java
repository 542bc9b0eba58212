package io.trimtab.ingest.promql;

import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageQuery.Scope;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.usage.PodNames;
import java.time.Duration;

/** Writes the queries. Each takes the greatest of the series of one container, since a replicated scraper or a restart shows it twice. */
record PromQl(Labels labels) {
    String usage(Resource resource, Scope scope, Duration rateWindow) {
        String matchers = matchers(scope);
        return switch (resource) {
            case CPU ->
                perContainer(
                        "rate(container_cpu_usage_seconds_total{%s}[%ds])".formatted(matchers, rateWindow.toSeconds()));
            case MEMORY -> perContainer("container_memory_working_set_bytes{%s}".formatted(matchers));
        };
    }

    /** Restart counts of the containers whose last end was for memory. */
    String restartsAfterKill(Scope scope) {
        return whereKilled(scope, "kube_pod_container_status_restarts_total", "");
    }

    /** Seconds since the epoch at which those containers ended. */
    String endOfKilled(Scope scope) {
        return whereKilled(scope, "kube_pod_container_status_last_terminated_timestamp", "");
    }

    /** Memory requests of those containers, in bytes. */
    String requestOfKilled(Scope scope) {
        return whereKilled(scope, "kube_pod_container_resource_requests", ",resource=\"memory\"");
    }

    private String whereKilled(Scope scope, String metric, String moreMatchers) {
        String matchers = matchers(scope);
        String killed =
                "kube_pod_container_status_last_terminated_reason{%s,reason=\"OOMKilled\"} > 0".formatted(matchers);
        return "%s and on (%s) (%s)"
                .formatted(perContainer(metric + "{" + matchers + moreMatchers + "}"), labels.list(), killed);
    }

    private String perContainer(String expression) {
        return "max by (%s) (%s)".formatted(labels.list(), expression);
    }

    private String matchers(Scope scope) {
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
