package io.trimtab.service.nodes;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleReport.Decision;
import io.trimtab.recommend.feasible.Feasibility;
import io.trimtab.recommend.nodeplan.NodePlans;
import io.trimtab.service.evaluate.ReasonWords;
import io.trimtab.service.view.MoneyChange;
import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.NodesView.NodeView;
import io.trimtab.service.view.NodesView.PodView;
import io.trimtab.service.view.NodesView.RoomView;
import io.trimtab.service.view.Requests;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a round's report into its nodes as they are packed. */
public final class NodesRendering {
    private final NodePrices prices;

    public NodesRendering(PriceBook book) {
        prices = new NodePrices(book);
    }

    public NodesView of(CycleReport report, Requests requests) {
        return report.decision().map(it -> of(it, requests.cluster(it))).orElseGet(NodesRendering::nothing);
    }

    private static NodesView nothing() {
        var money = new MoneyChange(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, NodePrices.USD);
        return new NodesView(List.of(), List.of(), money, 0, 0, List.of(), List.of());
    }

    private NodesView of(Decision decision, ClusterSnapshot cluster) {
        Map<String, List<Pod>> byNode = cluster.pods().stream()
                .filter(Pod::occupiesNode)
                .collect(Collectors.groupingBy(pod -> pod.node().orElseThrow()));
        Map<String, Map<String, Integer>> devices = decision.snapshot().supply().devices();
        PodUse use = new PodUse(decision.demands());
        var plan = decision.plan().nodes();
        return new NodesView(
                decision.snapshot().nodes().stream()
                        .map(node -> node(
                                node,
                                byNode.getOrDefault(node.name(), List.of()),
                                use,
                                SupplyRendering.devices(devices.getOrDefault(node.name(), Map.of()))))
                        .toList(),
                plan.shapes().stream()
                        .map(shape -> new NodesView.ShapeView(
                                shape.instanceType() + " "
                                        + shape.capacityType().label(),
                                shape.now(),
                                shape.needed()))
                        .toList(),
                MoneyChange.of(
                        decision.plan().cluster().monthlyBefore(),
                        decision.plan().cluster().monthlyAfter()),
                plan.lowerBound(),
                plan.gap(),
                ReasonWords.of(plan.reasons()),
                SupplyRendering.pools(decision.snapshot()));
    }

    private NodeView node(Node node, List<Pod> pods, PodUse use, List<String> devices) {
        Resources all = node.capacity();
        Resources room = node.allocatable();
        Resources asked = pods.stream().map(Feasibility::counted).reduce(Resources.ZERO, Resources::plus);
        Optional<MilliCores> cpu = use.cpu(pods);
        Optional<Bytes> memory = use.memory(pods);
        return new NodeView(
                node.name(),
                node.instanceType(),
                node.zone(),
                node.capacityType().label(),
                node.pool(),
                node.ready(),
                node.schedulable(),
                devices,
                prices.cost(node),
                new RoomView(
                        all.cpu().toString(),
                        room.cpu().toString(),
                        asked.cpu().toString(),
                        text(cpu.map(MilliCores::toString)),
                        share(asked.cpu().value(), room.cpu().value()),
                        usedShare(cpu.map(MilliCores::value), room.cpu().value())),
                new RoomView(
                        all.memory().rounded(),
                        room.memory().rounded(),
                        asked.memory().rounded(),
                        text(memory.map(Bytes::rounded)),
                        share(asked.memory().value(), room.memory().value()),
                        usedShare(memory.map(Bytes::value), room.memory().value())),
                new RoomView(
                        all.gpu().toString(),
                        room.gpu().toString(),
                        asked.gpu().toString(),
                        null,
                        share(asked.gpu().value(), room.gpu().value()),
                        null),
                Math.toIntExact(room.gpu().value() / 1000),
                node.maxPods(),
                pods.stream()
                        .map(pod -> pod(pod, Feasibility.counted(pod), room))
                        .sorted(Comparator.comparingDouble(PodView::cpuShare)
                                .reversed()
                                .thenComparing(PodView::namespace)
                                .thenComparing(PodView::name))
                        .toList());
    }

    private static PodView pod(Pod pod, Resources asked, Resources room) {
        return new PodView(
                pod.id().namespace(),
                pod.id().name(),
                asked.cpu().toString(),
                asked.memory().rounded(),
                asked.gpu().toString(),
                share(asked.cpu().value(), room.cpu().value()),
                share(asked.memory().value(), room.memory().value()),
                share(asked.gpu().value(), room.gpu().value()),
                NodePlans.stays(pod));
    }

    static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static @Nullable Double usedShare(Optional<Long> used, long whole) {
        return used.isEmpty() ? null : share(used.get(), whole);
    }

    private static @Nullable String text(Optional<String> text) {
        return text.orElse(null);
    }
}
