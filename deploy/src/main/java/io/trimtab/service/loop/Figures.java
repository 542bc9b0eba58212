package io.trimtab.service.loop;

import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.Distribution;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleReport.Decision;
import io.trimtab.service.view.FiguresView.NamespaceFigures;
import io.trimtab.service.view.FiguresView.ResourceFigures;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums a round's decision per namespace. */
final class Figures {
    private static final List<Double> QUANTILES = List.of(0.5, 0.95, 0.99);
    private static final double BAD_DAY = 0.95;
    private static final double NEAR = 0.9;

    private final SortedMap<String, Sum> sums = new TreeMap<>();
    private final Map<WorkloadId, Map<String, Requirements>> resized = new HashMap<>();
    private final Map<WorkloadId, Integer> scaled = new HashMap<>();

    private Figures() {}

    /** In the order of the namespaces' names; none before the first decision. */
    static List<NamespaceFigures> of(CycleReport report) {
        return report.decision().map(decision -> new Figures().add(decision)).orElse(List.of());
    }

    private List<NamespaceFigures> add(Decision decision) {
        decision.plan().recommendations().forEach(this::add);
        Map<WorkloadId, List<Pod>> ofWorkload = new TreeMap<>();
        for (Pod pod : decision.snapshot().pods()) {
            if (isGone(pod)) continue;
            Sum sum = sum(pod.id().namespace());
            sum.count(pod.phase());
            sum.requested = sum.requested.plus(pod.requested());
            if (pod.owner().isEmpty()) sum.recommended = sum.recommended.plus(pod.requested());
            else
                ofWorkload
                        .computeIfAbsent(pod.owner().orElseThrow(), key -> new ArrayList<>())
                        .add(pod);
        }
        ofWorkload.forEach((workload, pods) -> {
            Sum sum = sum(workload.namespace());
            sum.recommended = sum.recommended.plus(recommended(workload, pods));
        });
        decision.demands().forEach(demand -> sum(demand.workload().namespace()).add(demand));
        return sums.entrySet().stream()
                .map(entry -> entry.getValue().figures(entry.getKey()))
                .toList();
    }

    private void add(Recommendation recommendation) {
        Sum sum = sum(recommendation.workload().namespace());
        sum.recommendations.merge(recommendation.getClass().getSimpleName(), 1, Integer::sum);
        switch (recommendation) {
            case Recommendation.Retune retune -> {
                retune.resizes().forEach(this::put);
                sum.saving = sum.saving.add(retune.impact().saving().amount());
            }
            case Recommendation.Resize resize -> {
                put(resize);
                sum.saving = sum.saving.add(resize.impact().saving().amount());
            }
            case Recommendation.Scale scale -> {
                scaled.put(scale.workload(), scale.to());
                sum.saving = sum.saving.add(scale.impact().saving().amount());
            }
            case Recommendation.Hold hold -> {}
        }
    }

    private void put(Recommendation.Resize resize) {
        resized.computeIfAbsent(resize.workload(), key -> new HashMap<>()).put(resize.container(), resize.to());
    }

    /** As the nodes are counted for: the first pods stay, those that are added are like the first one. */
    private Resources recommended(WorkloadId workload, List<Pod> pods) {
        Map<String, Requirements> changes = resized.getOrDefault(workload, Map.of());
        int wanted = scaled.getOrDefault(workload, pods.size());
        Resources all = Resources.ZERO;
        for (int i = 0; i < wanted; i++) {
            Pod pod = pods.get(i < pods.size() ? i : 0);
            for (ContainerSpec container : pod.containers())
                all = all.plus(changes.getOrDefault(container.name(), container.requirements())
                        .requested());
        }
        return all;
    }

    private Sum sum(String namespace) {
        return sums.computeIfAbsent(namespace, name -> new Sum());
    }

    private static boolean isGone(Pod pod) {
        return pod.phase() == PodPhase.SUCCEEDED
                || pod.phase() == PodPhase.FAILED
                || pod.deletedAt().isPresent();
    }

    private static final class Sum {
        final SortedMap<String, Integer> recommendations = new TreeMap<>();
        BigDecimal saving = BigDecimal.ZERO;
        Resources requested = Resources.ZERO;
        Resources recommended = Resources.ZERO;
        private final Usage cpu = new Usage();
        private final Usage memory = new Usage();
        private int running;
        private int pending;
        private int nearMemoryLimit;

        Sum() {
            for (Class<?> kind : Recommendation.class.getPermittedSubclasses())
                recommendations.put(kind.getSimpleName(), 0);
        }

        void count(PodPhase phase) {
            if (phase == PodPhase.RUNNING) running++;
            if (phase == PodPhase.PENDING) pending++;
        }

        void add(Demand demand) {
            cpu.add(demand.cpu(), demand.pods(), demand.cpuCoresNow());
            memory.add(demand.memory(), demand.pods(), demand.memoryBytesNow());
            boolean near = demand.memory().isPresent()
                    && demand.container().requirements().memoryLimit().isPresent()
                    && demand.memory().get().quantile(BAD_DAY)
                            >= NEAR
                                    * demand.container()
                                            .requirements()
                                            .memoryLimit()
                                            .get()
                                            .value();
            if (near) nearMemoryLimit += demand.pods();
        }

        NamespaceFigures figures(String namespace) {
            return new NamespaceFigures(
                    namespace,
                    saving,
                    recommendations,
                    cpu.figures(
                            requested.cpu().cores().doubleValue(),
                            recommended.cpu().cores().doubleValue()),
                    memory.figures(
                            requested.memory().value(), recommended.memory().value()),
                    running,
                    pending,
                    nearMemoryLimit);
        }
    }

    private static final class Usage {
        private final SortedMap<Double, Double> forecast = new TreeMap<>();
        private double used;

        Usage() {
            QUANTILES.forEach(quantile -> forecast.put(quantile, 0.0));
        }

        void add(Optional<Distribution> distribution, int pods, Map<PodId, Double> now) {
            now.values().forEach(amount -> used += amount);
            distribution.ifPresent(
                    known -> forecast.replaceAll((quantile, amount) -> amount + pods * known.quantile(quantile)));
        }

        ResourceFigures figures(double requested, double recommended) {
            return new ResourceFigures(requested, recommended, used, forecast);
        }
    }
}
