package io.trimtab.cost.allocation;

import static io.trimtab.cost.allocation.Tally.EXACT;

import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.IdleSharing;
import io.trimtab.cost.allocation.AllocationRequest.LoadBalancer;
import io.trimtab.cost.allocation.AllocationRequest.Node;
import io.trimtab.cost.allocation.AllocationRequest.Pod;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.allocation.AllocationRequest.Traffic;
import io.trimtab.cost.allocation.AllocationRequest.Volume;
import io.trimtab.cost.allocation.Tally.Column;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Divides the bill of a window over those who ran in it. Each pod is charged max(request, usage) of each resource at each moment; what is left of a node is
 * idle. Volumes are charged evenly to those that mount them at each moment, load balancers by pod-hours. Then idle, shared namespaces and the fee are divided,
 * in that order, so that nothing is counted twice. Same amounts, same bytes, whatever the order of the lists.
 */
public final class Allocator {
    private static final BigDecimal HOURS_PER_MONTH = BigDecimal.valueOf(730);
    /** The key part of a pod that lacks what rows are made by. */
    public static final String UNALLOCATED = "__unallocated__";

    private final AllocationRequest request;
    private final Map<String, Tally> podTallies = new TreeMap<>();
    private final List<AllocationReason> reasons = new ArrayList<>();
    private final Tally idle = new Tally();
    private BigDecimal unmountedVolumes = BigDecimal.ZERO;
    private BigDecimal unborne = BigDecimal.ZERO;
    private BigDecimal bill = BigDecimal.ZERO;
    private BigDecimal estimated = BigDecimal.ZERO;

    private Allocator(AllocationRequest request) {
        this.request = request;
    }

    public static Allocation allocate(AllocationRequest request) {
        return new Allocator(request).run();
    }

    private Allocation run() {
        List<Pod> pods =
                request.pods().stream().sorted(Comparator.comparing(Pod::id)).toList();
        pods.forEach(pod -> podTallies.put(pod.id(), new Tally()));
        Map<String, List<Pod>> byNode = pods.stream()
                .filter(pod -> pod.node().isPresent())
                .collect(Collectors.groupingBy(pod -> pod.node().orElseThrow()));
        request.nodes().stream()
                .sorted(Comparator.comparing(Node::name))
                .forEach(node -> meter(node, byNode.getOrDefault(node.name(), List.of())));
        request.volumes().stream().sorted(Comparator.comparing(Volume::name)).forEach(volume -> charge(volume, pods));
        request.loadBalancers().stream()
                .sorted(Comparator.comparing(LoadBalancer::name))
                .forEach(this::charge);
        request.traffic().forEach(this::charge);
        Map<String, Tally> rows = rows(pods);
        if (request.idleSharing() == IdleSharing.CLUSTER) shareIdle(idle, rows);
        rows = shareNamespaces(pods, rows);
        shareFee(rows);
        return rounded(rows);
    }

    private void meter(Node node, List<Pod> pods) {
        NodeMeter meter = new NodeMeter(node, request.window(), pods, request.ratio());
        bill = bill.add(meter.bill(), EXACT);
        estimated = estimated.add(meter.estimated(), EXACT);
        if (meter.overcommitted()) reasons.add(new AllocationReason.Overcommitted(node.name()));
        if (request.idleSharing() == IdleSharing.NODE) {
            Map<String, Tally> onNode = new LinkedHashMap<>();
            meter.tallies().forEach((pod, tally) -> onNode.put(pod.id(), tally));
            shareIdle(meter.idle(), onNode);
        }
        idle.add(meter.idle());
        meter.tallies().forEach((pod, tally) -> tally(pod.id()).add(tally));
    }

    private void charge(Volume volume, List<Pod> pods) {
        BigDecimal perHour = volume.sizeGiB().multiply(volume.pricePerGiBHour());
        bill = bill.add(perHour.multiply(NodeMeter.hours(request.window()), EXACT), EXACT);
        List<Pod> users = pods.stream()
                .filter(pod -> pod.volumes().contains(volume.name()))
                .toList();
        TreeSet<Instant> changes =
                new TreeSet<>(List.of(request.window().start(), request.window().end()));
        for (Pod pod : users) {
            Span life = pod.span().within(request.window());
            changes.add(life.start());
            changes.add(life.end());
        }
        List<Instant> moments = List.copyOf(changes);
        for (int i = 0; i + 1 < moments.size(); i++) {
            Span stretch = new Span(moments.get(i), moments.get(i + 1));
            List<Pod> mounting = users.stream()
                    .filter(pod -> pod.span().covers(stretch.start(), stretch.end()))
                    .toList();
            BigDecimal cost = perHour.multiply(NodeMeter.hours(stretch), EXACT);
            if (mounting.isEmpty()) {
                unmountedVolumes = unmountedVolumes.add(cost, EXACT);
                continue;
            }
            BigDecimal each = cost.divide(BigDecimal.valueOf(mounting.size()), EXACT);
            mounting.forEach(pod -> tally(pod.id()).add(Column.VOLUME, each));
        }
    }

    private void charge(LoadBalancer balancer) {
        BigDecimal cost = balancer.price().multiply(NodeMeter.hours(request.window()), EXACT);
        bill = bill.add(cost, EXACT);
        Map<String, BigDecimal> hours = new TreeMap<>();
        request.pods().stream()
                .filter(pod -> balancer.pods().contains(pod.id()))
                .forEach(pod -> hours.put(pod.id(), NodeMeter.hours(pod.span().within(request.window()))));
        Map<String, BigDecimal> parts = divide(cost, hours);
        if (parts.isEmpty()) unborne = unborne.add(cost, EXACT);
        parts.forEach((pod, part) -> tally(pod).add(Column.LOAD_BALANCER, part));
    }

    private void charge(Traffic traffic) {
        BigDecimal cost = traffic.gib()
                .multiply(request.trafficPrices().getOrDefault(traffic.trafficClass(), BigDecimal.ZERO), EXACT);
        bill = bill.add(cost, EXACT);
        tally(traffic.pod()).add(Column.NETWORK, cost);
    }

    private Map<String, Tally> rows(List<Pod> pods) {
        Map<String, Tally> rows = new TreeMap<>();
        pods.forEach(pod -> rows.computeIfAbsent(key(pod), name -> new Tally()).add(tally(pod.id())));
        return rows;
    }

    /** Moves idle onto the given tallies, resource by resource, by what they are charged of it; what nobody is charged for stays idle. */
    private static void shareIdle(Tally idle, Map<String, Tally> bearers) {
        for (Column column : List.of(Column.CPU, Column.MEMORY, Column.GPU)) {
            Map<String, BigDecimal> weights = new TreeMap<>();
            bearers.forEach((key, tally) -> weights.put(key, tally.cost(column)));
            BigDecimal left = idle.cost(column);
            Map<String, BigDecimal> parts = divide(left, weights);
            if (parts.isEmpty()) continue;
            parts.forEach((key, part) ->
                    java.util.Objects.requireNonNull(bearers.get(key)).add(Column.IDLE, part));
            idle.add(column, left.negate());
        }
    }

    /** Takes the shared namespaces' pods out of their rows and divides what they cost over the rows that are left. */
    private Map<String, Tally> shareNamespaces(List<Pod> pods, Map<String, Tally> rows) {
        List<Pod> shared = pods.stream()
                .filter(pod -> request.sharing().namespaces().contains(pod.namespace()))
                .toList();
        if (shared.isEmpty()) return rows;
        List<Pod> others = pods.stream().filter(pod -> !shared.contains(pod)).toList();
        Map<String, Tally> left = rows(others);
        BigDecimal before = rows.values().stream().map(Tally::total).reduce(BigDecimal.ZERO, (a, b) -> a.add(b, EXACT));
        if (request.idleSharing() == IdleSharing.CLUSTER) moveIdle(rows, left);
        BigDecimal after = left.values().stream().map(Tally::total).reduce(BigDecimal.ZERO, (a, b) -> a.add(b, EXACT));
        share(before.subtract(after, EXACT), left);
        return left;
    }

    /** The idle that a row bears stays with it when some of its pods are taken out, in the part that its remaining pods are charged for. */
    private static void moveIdle(Map<String, Tally> rows, Map<String, Tally> left) {
        left.forEach((key, tally) -> {
            Tally whole = java.util.Objects.requireNonNull(rows.get(key));
            BigDecimal own = whole.total().subtract(whole.cost(Column.IDLE), EXACT);
            if (own.signum() == 0) return;
            tally.add(
                    Column.IDLE,
                    whole.cost(Column.IDLE).multiply(tally.total(), EXACT).divide(own, EXACT));
        });
    }

    private void shareFee(Map<String, Tally> rows) {
        BigDecimal fee = request.sharing()
                .overheadPerMonth()
                .multiply(NodeMeter.hours(request.window()), EXACT)
                .divide(HOURS_PER_MONTH, EXACT);
        bill = bill.add(fee, EXACT);
        share(fee, rows);
    }

    private void share(BigDecimal cost, Map<String, Tally> rows) {
        if (cost.signum() == 0) return;
        Map<String, BigDecimal> weights = new TreeMap<>();
        rows.forEach((key, tally) -> weights.put(key, request.sharing().even() ? BigDecimal.ONE : ownCost(tally)));
        if (weights.values().stream().allMatch(weight -> weight.signum() == 0))
            weights.replaceAll((key, weight) -> BigDecimal.ONE);
        Map<String, BigDecimal> parts = divide(cost, weights);
        if (parts.isEmpty()) unborne = unborne.add(cost, EXACT);
        parts.forEach(
                (key, part) -> java.util.Objects.requireNonNull(rows.get(key)).add(Column.SHARED, part));
    }

    private static BigDecimal ownCost(Tally tally) {
        return tally.total().subtract(tally.cost(Column.SHARED), EXACT);
    }

    /** Parts of a cost by weight; none where nothing weighs. */
    private static Map<String, BigDecimal> divide(BigDecimal cost, Map<String, BigDecimal> weights) {
        BigDecimal sum = weights.values().stream().reduce(BigDecimal.ZERO, (a, b) -> a.add(b, EXACT));
        if (sum.signum() == 0) return Map.of();
        Map<String, BigDecimal> parts = new TreeMap<>();
        weights.forEach(
                (key, weight) -> parts.put(key, cost.multiply(weight, EXACT).divide(sum, EXACT)));
        return parts;
    }

    private String key(Pod pod) {
        return request.groupings().stream().map(grouping -> part(grouping, pod)).collect(Collectors.joining("/"));
    }

    private static String part(Grouping grouping, Pod pod) {
        return switch (grouping) {
            case Grouping.ByNamespace() -> pod.namespace();
            case Grouping.ByController() -> pod.controller().orElse(UNALLOCATED);
            case Grouping.ByNode() -> pod.node().orElse(UNALLOCATED);
            case Grouping.ByPod() -> pod.id();
            case Grouping.ByLabel(String name) -> pod.labels().getOrDefault(name, UNALLOCATED);
        };
    }

    private Tally tally(String pod) {
        return java.util.Objects.requireNonNull(podTallies.get(pod), pod);
    }

    private Allocation rounded(Map<String, Tally> rows) {
        BigDecimal share = bill.signum() == 0 ? BigDecimal.ZERO : estimated.divide(bill, EXACT);
        Rounding rounding = new Rounding(bill);
        Map<String, Map<Column, Integer>> cells = new HashMap<>();
        rows.forEach((key, tally) -> cells.put(key, rounding.cells(tally)));
        Map<Column, Integer> idleCells = rounding.cells(idle);
        int volumeCell = rounding.cell(unmountedVolumes);
        int otherCell = rounding.cell(unborne);
        rounding.settle();

        List<Allocation.Row> answer = new ArrayList<>();
        rows.forEach(
                (key, tally) -> answer.add(rounding.row(key, tally, java.util.Objects.requireNonNull(cells.get(key)))));
        return new Allocation(
                answer,
                rounding.idle(idleCells),
                rounding.unmounted(volumeCell, otherCell),
                rounding.total(),
                Rounding.plain(share),
                reasons(rounding.total(), share));
    }

    private List<AllocationReason> reasons(BigDecimal printedBill, BigDecimal share) {
        List<AllocationReason> all = new ArrayList<>();
        boolean nothing = printedBill.signum() == 0;
        all.add(
                nothing
                        ? new AllocationReason.NothingPriced()
                        : new AllocationReason.Conserved(
                                request.nodes().size(), request.pods().size(), printedBill));
        if (share.signum() > 0) all.add(new AllocationReason.EstimatedPrices(Rounding.plain(share)));
        all.addAll(reasons);
        return all;
    }
}
