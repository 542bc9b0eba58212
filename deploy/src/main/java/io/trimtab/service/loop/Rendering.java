package io.trimtab.service.loop;

import io.trimtab.cost.allocation.Allocation;
import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleReport.Decision;
import io.trimtab.recommend.cycle.SourceHealth;
import io.trimtab.service.view.CostsView;
import io.trimtab.service.view.MoneyChange;
import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.OverviewView;
import io.trimtab.service.view.RecommendationView;
import io.trimtab.service.view.WorkloadView;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns a round's report into what is shown. */
final class Rendering {
    private static final String USD = "USD";
    private static final BigDecimal HOURS_PER_MONTH = BigDecimal.valueOf(730);
    private static final MoneyChange NOTHING = new MoneyChange(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, USD);
    private static final int TOP = 10;

    List<WorkloadView> workloads(CycleReport report, List<RecommendationView> shown, PolicyRendering policies) {
        if (report.decision().isEmpty()) return List.of();
        Decision decision = report.decision().get();
        Map<WorkloadId, List<Demand>> demands =
                decision.demands().stream().collect(Collectors.groupingBy(Demand::workload));
        Map<WorkloadId, Long> running = decision.snapshot().pods().stream()
                .filter(pod -> pod.owner().isPresent() && pod.phase() == PodPhase.RUNNING)
                .collect(Collectors.groupingBy(pod -> pod.owner().orElseThrow(), Collectors.counting()));
        Map<String, List<RecommendationView>> byWorkload = shown.stream()
                .collect(Collectors.groupingBy(
                        view -> view.namespace() + "/" + view.workloadKind() + "/" + view.workload()));
        return decision.snapshot().workloads().stream()
                .map(workload -> workload(
                        workload,
                        demands.getOrDefault(workload.id(), List.of()),
                        running.getOrDefault(workload.id(), 0L).intValue(),
                        byWorkload.getOrDefault(workload.id().toString(), List.of()),
                        policies.policyOf(workload.id())))
                .toList();
    }

    private static WorkloadView workload(
            Workload workload, List<Demand> demands, int running, List<RecommendationView> shown, String policy) {
        List<RecommendationView> changes =
                shown.stream().filter(view -> !view.kind().equals("Hold")).toList();
        return new WorkloadView(
                workload.id().toString(),
                workload.id().namespace(),
                workload.id().kind(),
                workload.id().name(),
                workload.replicas(),
                running,
                demands.stream().map(ContainerRendering::of).toList(),
                sum(changes),
                changes.size(),
                policy);
    }

    CostsView costs(CycleReport report) {
        if (report.decision().isEmpty()) {
            var nothing = new CostsView.CostRow(
                    "idle", BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, 0);
            return new CostsView(report.at(), report.at(), USD, List.of(), nothing, BigDecimal.ZERO, 0);
        }
        Allocation costs = report.decision().get().plan().costs();
        List<CostsView.CostRow> rows = costs.rows().stream()
                .map(row -> new CostsView.CostRow(
                        row.key(),
                        month(row.cpuCost()),
                        month(row.memoryCost()),
                        month(row.gpuCost()),
                        month(row.totalCost()),
                        row.efficiency().doubleValue()))
                .sorted(Comparator.comparing(CostsView.CostRow::totalCost)
                        .reversed()
                        .thenComparing(CostsView.CostRow::key))
                .toList();
        Allocation.Idle idle = costs.idle();
        return new CostsView(
                report.at().minus(Duration.ofHours(1)),
                report.at(),
                USD,
                rows,
                new CostsView.CostRow(
                        "idle",
                        month(idle.cpuCost()),
                        month(idle.memoryCost()),
                        month(idle.gpuCost()),
                        month(idle.totalCost()),
                        0),
                month(costs.bill()),
                costs.estimatedShare().doubleValue());
    }

    /** An hour's cost at the rate of a month; exact, so that rows still sum to the bill. */
    private static BigDecimal month(BigDecimal hour) {
        return hour.multiply(HOURS_PER_MONTH);
    }

    OverviewView overview(CycleReport report, List<RecommendationView> shown, NodesView nodes, CostsView costs) {
        List<RecommendationView> changes =
                shown.stream().filter(view -> !view.kind().equals("Hold")).toList();
        int nodeChanges = nodes.shapes().stream()
                .mapToInt(shape -> Math.abs(shape.now() - shape.needed()))
                .sum();
        Optional<Decision> decision = report.decision();
        return new OverviewView(
                report.at(),
                nodes.perMonth(),
                tile(changes, Set.of("Resize", "Retune")),
                tile(changes, Set.of("Scale")),
                new OverviewView.Tile(nodeChanges, nodes.perMonth()),
                decision.map(seen -> seen.snapshot().workloads().size()).orElse(0),
                decision.map(seen -> seen.snapshot().pods().size()).orElse(0),
                decision.map(seen -> seen.snapshot().nodes().size()).orElse(0),
                changes.stream().limit(TOP).toList(),
                costs.rows(),
                notices(report));
    }

    private static OverviewView.Tile tile(List<RecommendationView> changes, Set<String> kinds) {
        List<RecommendationView> found =
                changes.stream().filter(view -> kinds.contains(view.kind())).toList();
        return new OverviewView.Tile(found.size(), sum(found));
    }

    private static List<String> notices(CycleReport report) {
        List<String> notices = new ArrayList<>();
        stale(notices, "inventory", report.inventory());
        stale(notices, "usage", report.usage());
        report.usage().gaps().forEach(gap -> notices.add("partial: " + gap));
        return notices;
    }

    private static void stale(List<String> notices, String name, SourceHealth health) {
        health.failure()
                .ifPresent(failure ->
                        notices.add("%s is stale since %s: %s".formatted(name, failure.since(), failure.message())));
    }

    private static MoneyChange sum(List<RecommendationView> changes) {
        BigDecimal before =
                changes.stream().map(view -> view.perMonth().before()).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal after =
                changes.stream().map(view -> view.perMonth().after()).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new MoneyChange(before, after, before.subtract(after), USD);
    }

    static MoneyChange unchanged() {
        return NOTHING;
    }

    /** Which recommendation is meant, from round to round and over restarts. */
    static String id(Recommendation recommendation) {
        return id(recommendation.workload(), subject(recommendation));
    }

    static String id(WorkloadId workload, String subject) {
        return workload + "/" + subject;
    }

    /** A container's name, or {@code replicas}. */
    static String subject(Recommendation recommendation) {
        return switch (recommendation) {
            case Recommendation.Resize resize -> resize.container();
            case Recommendation.Retune retune -> retune.subject();
            case Recommendation.Scale _ -> "replicas";
            case Recommendation.Hold hold -> hold.subject();
        };
    }
}
