package io.trimtab.service.loop;

import io.trimtab.forecast.Demand;
import io.trimtab.forecast.Distribution;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.ContainerTermination;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.service.view.EvidenceView;
import io.trimtab.service.view.EvidenceView.Mark;
import io.trimtab.service.view.EvidenceView.QuantileView;
import io.trimtab.service.view.EvidenceView.SeriesView;
import io.trimtab.service.view.RecommendationView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads back the samples that a recommendation was decided from. */
final class EvidenceReader {
    private static final Duration STEP = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final double[] QUANTILES = {0.5, 0.9, 0.95};

    private final Cluster cluster;

    EvidenceReader(Cluster cluster) {
        this.cluster = cluster;
    }

    /** A source that does not answer leaves the series empty and a mark that says why. */
    EvidenceView read(RecommendationView view, CycleReport report) {
        WorkloadId workload = new WorkloadId(view.namespace(), view.workloadKind(), view.workload());
        List<Mark> marks = new ArrayList<>();
        UsageBatch batch = read(workload, report.at(), marks);
        batch.kills().forEach(kill -> marks.add(new Mark(kill.at(), "OOM kill of " + kill.container())));
        Optional<Demand> demand = report.decision().stream()
                .flatMap(decision -> decision.demands().stream())
                .filter(candidate -> candidate.workload().equals(workload))
                .filter(candidate -> view.subject().equals("replicas")
                        || candidate.container().name().equals(view.subject()))
                .findFirst();
        Optional<Requirements> now = demand.map(found -> found.container().requirements());
        Optional<Requirements> proposed = proposed(view, report);
        return new EvidenceView(
                view,
                series(
                        batch,
                        Resource.CPU,
                        view.subject(),
                        now.flatMap(Requirements::cpuRequest).map(cpu -> cpu.value() / 1000.0),
                        proposed.flatMap(Requirements::cpuRequest).map(cpu -> cpu.value() / 1000.0),
                        demand.flatMap(Demand::cpu)),
                series(
                        batch,
                        Resource.MEMORY,
                        view.subject(),
                        now.flatMap(Requirements::memoryRequest).map(memory -> (double) memory.value()),
                        proposed.flatMap(Requirements::memoryRequest).map(memory -> (double) memory.value()),
                        demand.flatMap(Demand::memory)),
                marks);
    }

    /** The kills for memory of a workload whose containers are not watched, newest first; none while the source does not answer. */
    List<ContainerTermination> kills(WorkloadId workload, Instant now) {
        return read(workload, now, new ArrayList<>()).kills().stream()
                .map(kill -> ContainerTermination.of(kill, workload))
                .sorted(ContainerTermination.NEWEST_FIRST)
                .toList();
    }

    private UsageBatch read(WorkloadId workload, Instant now, List<Mark> marks) {
        Duration history = cluster.settings().history();
        Instant from = now.minus(history.compareTo(LONGEST) < 0 ? history : LONGEST);
        try {
            return cluster.usage().read(new UsageQuery(new UsageQuery.Scope.OneWorkload(workload), from, now, STEP));
        } catch (IngestException e) {
            marks.add(new Mark(now, "the samples cannot be read: " + e.getMessage()));
            return UsageBatch.EMPTY;
        }
    }

    private static Optional<Requirements> proposed(RecommendationView view, CycleReport report) {
        return report.decision().stream()
                .flatMap(decision -> decision.plan().recommendations().stream())
                .flatMap(recommendation -> switch (recommendation) {
                    case Recommendation.Resize resize -> Stream.of(resize);
                    case Recommendation.Retune retune -> retune.resizes().stream();
                    case Recommendation.Scale _, Recommendation.Hold _ -> Stream.<Recommendation.Resize>of();
                })
                .filter(resize -> Rendering.id(resize).equals(view.id()))
                .map(Recommendation.Resize::to)
                .findFirst();
    }

    private static SeriesView series(
            UsageBatch batch,
            Resource resource,
            String subject,
            Optional<Double> request,
            Optional<Double> proposed,
            Optional<Distribution> distribution) {
        Map<Long, double[]> byStep = new TreeMap<>();
        for (UsageSeries series : batch.series()) {
            boolean wanted = series.resource() == resource
                    && (subject.equals("replicas")
                            || series.container().container().equals(subject));
            if (!wanted) continue;
            for (int i = 0; i < series.size(); i++) {
                long step = series.atSeconds()[i] / STEP.toSeconds() * STEP.toSeconds();
                double[] sums = byStep.computeIfAbsent(step, key -> new double[3]);
                sums[0] += series.amounts()[i];
                sums[1] += 1;
                sums[2] = Math.max(sums[2], series.amounts()[i]);
            }
        }
        long[] at = byStep.keySet().stream().mapToLong(Long::longValue).toArray();
        List<@Nullable Double> mean = new ArrayList<>();
        List<@Nullable Double> max = new ArrayList<>();
        byStep.values().forEach(sums -> {
            mean.add(sums[0] / sums[1]);
            max.add(sums[2]);
        });
        List<QuantileView> quantiles = new ArrayList<>();
        distribution.ifPresent(known -> {
            for (double probability : QUANTILES)
                quantiles.add(new QuantileView(probability, known.quantile(probability)));
        });
        return new SeriesView(resource.unit(), at, mean, max, request.orElse(null), proposed.orElse(null), quantiles);
    }
}
