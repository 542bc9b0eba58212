package io.trimtab.service.kubeapi;

import io.trimtab.forecast.Demand;
import io.trimtab.forecast.Distribution;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleReport.Decision;
import io.trimtab.recommend.cycle.SourceHealth;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the last round decided and foresaw: replicas per workload; CPU (cores) and memory (bytes) per pod and container, by quantile. */
public final class RecommendationMetrics implements ExternalMetricSource {
    static final String REPLICAS = "trimtab-replicas";
    static final String CPU = "trimtab-forecast-cpu";
    static final String MEMORY = "trimtab-forecast-memory";
    private static final List<String> QUANTILES = List.of("0.5", "0.9", "0.95", "0.99");

    private final Supplier<Optional<CycleReport>> reports;

    /** @param reports the last round's; empty before the first has ended */
    public RecommendationMetrics(Supplier<Optional<CycleReport>> reports) {
        this.reports = reports;
    }

    @Override
    public Set<String> metrics() {
        return Set.of(REPLICAS, CPU, MEMORY);
    }

    /** Unavailable while a source is stale: the loop itself does not act then, and no autoscaler should in its place. */
    @Override
    public Reading read(String namespace, String metric) {
        Optional<CycleReport> report = reports.get();
        Optional<Decision> decision = report.flatMap(CycleReport::decision);
        if (decision.isEmpty())
            return new Reading.Unavailable("the first round has not ended; /api/v1/status says more");
        Optional<SourceHealth.Failure> failure = Stream.of(
                        report.get().inventory(), report.get().usage())
                .flatMap(health -> health.failure().stream())
                .findFirst();
        if (failure.isPresent())
            return new Reading.Unavailable("a source has not answered since %s: %s"
                    .formatted(failure.get().since(), failure.get().message()));
        return new Reading.Values(
                switch (metric) {
                    case REPLICAS -> replicas(decision.get(), namespace);
                    case CPU -> forecast(decision.get(), namespace, Demand::cpu);
                    case MEMORY -> forecast(decision.get(), namespace, Demand::memory);
                    default ->
                        throw new IllegalArgumentException(
                                "metric (%s) must be one of %s".formatted(metric, metrics()));
                });
    }

    private static List<ExternalMetric> replicas(Decision decision, String namespace) {
        Map<WorkloadId, Integer> now = decision.snapshot().workloads().stream()
                .filter(workload -> workload.id().namespace().equals(namespace))
                .collect(Collectors.toMap(Workload::id, Workload::replicas));
        return decision.plan().recommendations().stream()
                .filter(recommendation -> now.containsKey(recommendation.workload()))
                .flatMap(recommendation -> wanted(recommendation, now).stream()
                        .map(count -> new ExternalMetric(
                                labels(recommendation.workload()),
                                BigDecimal.valueOf(count),
                                decision.snapshot().at())))
                .toList();
    }

    /** A workload whose count stays is told its own count, so that whoever follows stays too. */
    private static Optional<Integer> wanted(Recommendation recommendation, Map<WorkloadId, Integer> now) {
        return switch (recommendation) {
            case Recommendation.Scale scale -> Optional.of(scale.to());
            case Recommendation.Hold hold ->
                hold.subject().equals("replicas") ? Optional.ofNullable(now.get(hold.workload())) : Optional.empty();
            case Recommendation.Resize _, Recommendation.Retune _ -> Optional.empty();
        };
    }

    private static List<ExternalMetric> forecast(
            Decision decision, String namespace, Function<Demand, Optional<Distribution>> resource) {
        return decision.demands().stream()
                .filter(demand -> demand.workload().namespace().equals(namespace))
                .flatMap(demand -> resource.apply(demand).stream()
                        .flatMap(distribution -> QUANTILES.stream().map(quantile -> {
                            Map<String, String> labels = labels(demand.workload());
                            labels.put("container", demand.container().name());
                            labels.put("quantile", quantile);
                            double value = distribution.quantile(Double.parseDouble(quantile));
                            return new ExternalMetric(
                                    labels,
                                    BigDecimal.valueOf(value),
                                    decision.snapshot().at());
                        })))
                .toList();
    }

    private static Map<String, String> labels(WorkloadId workload) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("namespace", workload.namespace());
        labels.put("kind", workload.kind());
        labels.put("workload", workload.name());
        return labels;
    }
}
