package io.trimtab.recommend.plan;

import io.trimtab.cost.allocation.Allocation;
import io.trimtab.cost.allocation.AllocationRequest;
import io.trimtab.cost.allocation.AllocationRequest.Amount;
import io.trimtab.cost.allocation.AllocationRequest.ComponentRatio;
import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.IdleSharing;
import io.trimtab.cost.allocation.AllocationRequest.Sharing;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.allocation.AllocationRequest.Usage;
import io.trimtab.cost.allocation.Allocator;
import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Turns a snapshot into the cost of its last hour, per namespace: what runs now, from when it started, at what it uses now. */
final class Costs {
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
    private static final Duration WINDOW = Duration.ofHours(1);

    private Costs() {}

    static Allocation lastHour(ClusterSnapshot snapshot, List<Demand> demands, Function<Node, BigDecimal> price) {
        Span window = new Span(snapshot.at().minus(WINDOW), snapshot.at());
        Map<PodId, Double> coresNow = new HashMap<>();
        Map<PodId, Double> bytesNow = new HashMap<>();
        demands.forEach(
                demand -> demand.cpuCoresNow().forEach((pod, cores) -> coresNow.merge(pod, cores, Double::sum)));
        demands.forEach(
                demand -> demand.memoryBytesNow().forEach((pod, bytes) -> bytesNow.merge(pod, bytes, Double::sum)));
        Set<String> known = snapshot.nodes().stream().map(Node::name).collect(Collectors.toSet());
        return Allocator.allocate(new AllocationRequest(
                window,
                snapshot.nodes().stream()
                        .map(node -> node(node, window, price.apply(node)))
                        .toList(),
                snapshot.pods().stream()
                        .filter(pod -> pod.occupiesNode()
                                && pod.node().filter(known::contains).isPresent())
                        .map(pod -> pod(
                                pod,
                                window,
                                coresNow.getOrDefault(pod.id(), 0.0),
                                bytesNow.getOrDefault(pod.id(), 0.0)))
                        .toList(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                ComponentRatio.DEFAULT,
                List.of(new Grouping.ByNamespace()),
                IdleSharing.APART,
                Sharing.NONE));
    }

    private static AllocationRequest.Node node(Node node, Span window, BigDecimal price) {
        return new AllocationRequest.Node(
                node.name(),
                new Span(earlier(node.createdAt(), window.end()), window.end()),
                node.capacity().cpu().cores(),
                gib(node.capacity()),
                node.capacity().gpu().gpus(),
                1,
                price,
                List.of(),
                Optional.empty());
    }

    private static AllocationRequest.Pod pod(Pod pod, Span window, double coresNow, double bytesNow) {
        Resources requested = pod.requested();
        Instant start = earlier(pod.startedAt().orElse(pod.createdAt()), window.end());
        Usage usage = new Usage(
                start,
                BigDecimal.valueOf(coresNow),
                BigDecimal.valueOf(bytesNow).divide(GIB, MathContext.DECIMAL64));
        return new AllocationRequest.Pod(
                pod.id().namespace(),
                pod.id().name(),
                pod.node(),
                pod.owner().map(owner -> owner.kind() + "/" + owner.name()),
                Map.of(),
                new Span(start, window.end()),
                new Amount(
                        requested.cpu().cores(), gib(requested), requested.gpu().gpus()),
                List.of(usage),
                List.of());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static BigDecimal gib(Resources resources) {
        return resources.memory().amount().divide(GIB, MathContext.DECIMAL64);
    }
}
