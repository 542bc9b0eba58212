package io.trimtab.service.loop;

import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.ContainerTermination;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.LimitRange;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.ResourceQuota;
import io.trimtab.ingest.model.UtilizationTarget;
import io.trimtab.ingest.model.VerticalAutoscaler;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.model.WorkloadState;
import io.trimtab.service.view.RecommendationView;
import io.trimtab.service.view.WorkloadDetailView;
import io.trimtab.service.view.WorkloadDetailView.DisruptionBudgetView;
import io.trimtab.service.view.WorkloadDetailView.NamespaceLimitView;
import io.trimtab.service.view.WorkloadDetailView.PodView;
import io.trimtab.service.view.WorkloadDetailView.ScalerView;
import io.trimtab.service.view.WorkloadDetailView.TerminationView;
import io.trimtab.service.view.WorkloadDetailView.VolumeClaimView;
import io.trimtab.service.view.WorkloadView;
import io.trimtab.service.view.WorkloadView.ContainerView;
import io.trimtab.service.view.ZeroView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows one workload. */
final class DetailRendering {
    private DetailRendering() {}

    /**
     * @param round what the last round knew of it; empty where it knew nothing
     * @param recommendations of the last round, for any workload; likewise {@code zero}
     */
    static WorkloadDetailView of(
            WorkloadState state,
            Optional<WorkloadView> round,
            List<RecommendationView> recommendations,
            List<ZeroView> zero) {
        WorkloadId id = state.id();
        return new WorkloadDetailView(
                workload(state, round),
                state.owners().stream().map(WorkloadId::toString).toList(),
                state.pods().stream().map(DetailRendering::pod).toList(),
                recommendations.stream()
                        .filter(view -> view.namespace().equals(id.namespace())
                                && view.workloadKind().equals(id.kind())
                                && view.workload().equals(id.name()))
                        .toList(),
                scalers(state, zero),
                state.disruptionBudgets().stream()
                        .map(it -> new DisruptionBudgetView(
                                it.name(), it.minAvailable(), it.maxUnavailable(), it.disruptionsAllowed()))
                        .toList(),
                state.volumeClaims().stream()
                        .map(it -> new VolumeClaimView(
                                it.name(), it.storageClass(), it.size().rounded(), it.volume()))
                        .toList(),
                state.priority()
                        .map(it -> "%s (%d)".formatted(it.name(), it.value()))
                        .orElse(""),
                limits(state),
                MonitorRendering.monitors(state),
                MonitorRendering.requestMetrics(state),
                state.terminations().stream().map(DetailRendering::termination).toList());
    }

    private static WorkloadView workload(WorkloadState state, Optional<WorkloadView> round) {
        WorkloadId id = state.id();
        List<ContainerSpec> containers = state.workload()
                .map(Workload::containers)
                .orElseGet(() ->
                        state.pods().stream().map(Pod::containers).findFirst().orElse(List.of()));
        long running = state.pods().stream()
                .filter(pod -> pod.phase() == PodPhase.RUNNING)
                .count();
        return new WorkloadView(
                id.toString(),
                id.namespace(),
                id.kind(),
                id.name(),
                state.workload().map(Workload::replicas).orElse(state.pods().size()),
                Math.toIntExact(running),
                containers.stream().map(spec -> container(spec, round)).toList(),
                round.map(WorkloadView::perMonth).orElseGet(Rendering::unchanged),
                round.map(WorkloadView::recommendations).orElse(0),
                round.map(WorkloadView::policy).orElse(""));
    }

    private static ContainerView container(ContainerSpec spec, Optional<WorkloadView> round) {
        Optional<ContainerView> used = round.stream()
                .flatMap(view -> view.containers().stream())
                .filter(container -> container.name().equals(spec.name()))
                .findFirst();
        return ContainerRendering.of(spec, used);
    }

    private static PodView pod(Pod pod) {
        return new PodView(
                pod.id().name(),
                pod.node().orElse(""),
                pod.phase().toString(),
                pod.readyAt().isPresent(),
                pod.requested().cpu().toString(),
                pod.requested().memory().rounded());
    }

    private static List<ScalerView> scalers(WorkloadState state, List<ZeroView> zero) {
        String target = state.id().kind() + "/" + state.id().name();
        Stream<ScalerView> triggers = zero.stream()
                .filter(view -> view.namespace().equals(state.id().namespace())
                        && view.workload().equals(target))
                .map(view -> new ScalerView(
                        "triggers", view.object(), "scales by triggers; now %s".formatted(view.state())));
        return Stream.of(
                        state.autoscalers().stream().map(DetailRendering::scaler),
                        state.verticalAutoscalers().stream().map(DetailRendering::scaler),
                        triggers)
                .flatMap(it -> it)
                .toList();
    }

    private static ScalerView scaler(HorizontalAutoscaler it) {
        String targets = it.targets().stream().map(DetailRendering::target).collect(Collectors.joining());
        return new ScalerView(
                "HorizontalPodAutoscaler",
                it.name(),
                "%d to %d replicas%s".formatted(it.minReplicas(), it.maxReplicas(), targets));
    }

    private static String target(UtilizationTarget it) {
        String resource = switch (it.resource()) {
            case CPU -> "CPU";
            case MEMORY -> "memory";
            case GPU -> "GPU";
        };
        return ", %s%s at %d %% of the request%s"
                .formatted(
                        resource,
                        it.container().map(name -> " of " + name).orElse(""),
                        it.percent(),
                        it.origin()
                                .map(was -> " (by Trimtab, from %d %% of %s)".formatted(was.percent(), was.request()))
                                .orElse(""));
    }

    private static ScalerView scaler(VerticalAutoscaler it) {
        List<String> words = new ArrayList<>(List.of("update mode " + it.updateMode()));
        new TreeMap<>(it.targets())
                .forEach((container, target) -> words.add("%s: cpu %s, memory %s"
                        .formatted(container, Amounts.cpu(target.cpu()), Amounts.memory(target.memory()))));
        return new ScalerView("VerticalPodAutoscaler", it.name(), String.join("; ", words));
    }

    private static List<NamespaceLimitView> limits(WorkloadState state) {
        Stream<NamespaceLimitView> ranges =
                state.limitRanges().stream().map(it -> new NamespaceLimitView("LimitRange", it.name(), says(it)));
        Stream<NamespaceLimitView> quotas =
                state.quotas().stream().map(it -> new NamespaceLimitView("ResourceQuota", it.name(), says(it)));
        return Stream.concat(ranges, quotas).toList();
    }

    private static List<String> says(LimitRange it) {
        Map<String, CpuAndMemory> parts = new TreeMap<>(Map.of(
                "requests at least", it.container().min(),
                "limits at most", it.container().max(),
                "requests of a pod at least", it.pod().min(),
                "limits of a pod at most", it.pod().max(),
                "requests where none is set", it.defaultRequest(),
                "limits where none is set", it.defaultLimit()));
        Stream<String> amounts = parts.entrySet().stream()
                .filter(part -> !part.getValue().equals(CpuAndMemory.NONE))
                .map(part -> "%s: %s".formatted(part.getKey(), amounts(part.getValue())));
        return Stream.of(amounts, ratios("limits", it.container()), ratios("limits of a pod", it.pod()))
                .flatMap(lines -> lines)
                .toList();
    }

    private static Stream<String> ratios(String what, LimitRange.Bounds of) {
        return Stream.concat(
                of.maxCpuRatio().stream().map(it -> "%s at most %s times the request: cpu".formatted(what, it)),
                of.maxMemoryRatio().stream().map(it -> "%s at most %s times the request: memory".formatted(what, it)));
    }

    private static List<String> says(ResourceQuota it) {
        List<String> lines = new ArrayList<>();
        if (!it.requests().equals(CpuAndMemory.NONE))
            lines.add("requests: %s; of these used: %s".formatted(amounts(it.requests()), amounts(it.requestsUsed())));
        if (!it.limits().equals(CpuAndMemory.NONE))
            lines.add("limits: %s; of these used: %s".formatted(amounts(it.limits()), amounts(it.limitsUsed())));
        return lines;
    }

    private static String amounts(CpuAndMemory it) {
        return "cpu %s, memory %s".formatted(Amounts.cpu(it.cpu()), Amounts.memory(it.memory()));
    }

    private static TerminationView termination(ContainerTermination it) {
        return new TerminationView(
                it.container().pod().name(),
                it.container().container(),
                it.at(),
                it.seenAt(),
                it.reason(),
                it.exitCode(),
                it.signal().orElse(null),
                Amounts.memory(it.memoryRequest()),
                Amounts.memory(it.memoryLimit()),
                it.restarts());
    }
}
