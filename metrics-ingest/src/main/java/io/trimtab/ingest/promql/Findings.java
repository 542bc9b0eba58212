package io.trimtab.ingest.promql;

import io.trimtab.ingest.model.MetricFinding;
import io.trimtab.ingest.model.MetricFinding.Kind;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.pushed.PushedMetric;
import io.trimtab.ingest.vocabulary.MetricName;
import io.trimtab.ingest.vocabulary.Producer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what a store has and what it costs that it has no more. */
final class Findings {
    private static final String NO_CPU =
            "nothing is recommended for CPU; let it scrape the kubelets' /metrics/cadvisor";
    private static final String NO_MEMORY =
            "nothing is recommended for memory; let it scrape the kubelets' /metrics/cadvisor";
    private static final String GAUGE =
            "a gauge misses what happens between its samples, so short peaks count for less; container.cpu.time would"
                    + " not";
    private static final String NO_KILLS =
            "kills for memory count from when Trimtab's watch sees them, not those before its start, so memory may be"
                    + " recommended too low at first; let it scrape kube-state-metrics";
    private static final String NO_TIMES =
            "a kill is dated by when its restart was counted, up to a step late; let it scrape"
                    + " kube_pod_container_status_last_terminated_timestamp (kube-state-metrics 2.5 or later)";
    private static final String NO_REQUESTS =
            "what a killed container had requested is not known, so the floor after a kill is its use alone; let it"
                    + " scrape kube-state-metrics";
    private static final String GPU_REQUESTED = "GPUs are packed by what is requested; their use is forecast only";
    private static final String NO_GPU =
            "the use of GPUs is not forecast; where there are some, let it scrape the DCGM exporter";

    private Findings() {}

    static List<MetricFinding> of(Names names) {
        List<MetricFinding> found = new ArrayList<>();
        Optional<MetricName> cpu = names.there(Resource.CPU);
        String cost = cpu.map(name -> name.counter() ? "" : GAUGE).orElse(NO_CPU);
        found.add(new MetricFinding(Kind.CPU, source(cpu), cost));
        found.add(finding(Kind.MEMORY, names.there(Resource.MEMORY), NO_MEMORY));
        // Both are needed: the one says why a container ended, the other that it did so again.
        Optional<MetricName> kills = names.there(PushedMetric.KILLED)
                .filter(_ -> names.there(PushedMetric.RESTARTS).isPresent());
        found.add(finding(Kind.KILLS, kills, NO_KILLS));
        found.add(finding(Kind.KILL_TIMES, names.there(PushedMetric.LAST_END), NO_TIMES));
        // What tells of kills and what tells of requests must name containers alike.
        Optional<MetricName> requests =
                names.there(PushedMetric.MEMORY_REQUEST).filter(name -> name.producer() == Producer.KUBE_STATE_METRICS);
        found.add(finding(Kind.KILLED_REQUESTS, requests, NO_REQUESTS));
        String gpu = names.gpu().stream().sorted().collect(Collectors.joining(", "));
        found.add(
                gpu.isEmpty()
                        ? new MetricFinding(Kind.GPU, "", NO_GPU)
                        : new MetricFinding(Kind.GPU, "DCGM exporter: " + gpu, GPU_REQUESTED));
        return List.copyOf(found);
    }

    /** Of a store that does not tell which names it has. */
    static List<MetricFinding> unknown(String why) {
        return List.of(
                assumed(Kind.CPU, Names.NONE.of(Resource.CPU), why),
                assumed(Kind.MEMORY, Names.NONE.of(Resource.MEMORY), why));
    }

    private static MetricFinding assumed(Kind kind, MetricName name, String why) {
        return new MetricFinding(kind, "taken for granted: " + name.name(), "which names it has is not known: " + why);
    }

    /** One line for the log. */
    static String words(List<MetricFinding> findings) {
        return findings.stream()
                .map(finding -> "%s: %s%s"
                        .formatted(
                                finding.metric().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                finding.isPresent() ? finding.source() : "missing",
                                finding.cost().isEmpty() ? "" : " (" + finding.cost() + ")"))
                .collect(Collectors.joining("; "));
    }

    private static MetricFinding finding(Kind kind, Optional<MetricName> name, String costWithout) {
        return new MetricFinding(kind, source(name), name.isPresent() ? "" : costWithout);
    }

    private static String source(Optional<MetricName> name) {
        return name.map(it -> "%s: %s".formatted(it.producer().words(), it.name()))
                .orElse("");
    }
}
