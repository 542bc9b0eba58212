package io.trimtab.service.account;

import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.Observation;
import io.trimtab.cost.account.Observation.Use;
import io.trimtab.cost.account.PodHour;
import io.trimtab.cost.account.PriceOrigin;
import io.trimtab.cost.prices.Price;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleReport.Decision;
import io.trimtab.recommend.plan.Machines;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns a round's report into what the account observes. While usage is not read, what was read last is carried. */
final class Observations {
    private static final Instant NO_END = Instant.parse("9999-01-01T00:00:00Z");

    /** Labels that tell pods of one workload apart, or its revisions: nobody asks for costs by them, and each is text on the disk. */
    private static final Set<String> TECHNICAL = Set.of(
            "apps.kubernetes.io/pod-index",
            "batch.kubernetes.io/controller-uid",
            "batch.kubernetes.io/job-completion-index",
            "controller-revision-hash",
            "controller-uid",
            "pod-template-generation",
            "pod-template-hash",
            "statefulset.kubernetes.io/pod-name");

    private final PriceBook prices;
    private Map<PodId, Use> known = Map.of();

    Observations(PriceBook prices) {
        this.prices = prices;
    }

    Observation of(CycleReport report, Decision decision) {
        boolean usageStale = report.usage().failure().isPresent();
        Map<PodId, Use> read = uses(decision);
        if (!usageStale) known = read;
        boolean carried = usageStale || report.inventory().failure().isPresent();
        return new Observation(
                report.at(),
                decision.snapshot().nodes().stream().map(this::node).toList(),
                decision.snapshot().pods().stream()
                        .filter(Pod::occupiesNode)
                        .map(pod -> pod(pod, report.at(), known.getOrDefault(pod.id(), Use.NONE)))
                        .toList(),
                carried);
    }

    private static Map<PodId, Use> uses(Decision decision) {
        Map<PodId, Double> cores = new HashMap<>();
        Map<PodId, Double> bytes = new HashMap<>();
        for (Demand demand : decision.demands()) {
            demand.cpuCoresNow().forEach((pod, used) -> cores.merge(pod, used, Double::sum));
            demand.memoryBytesNow().forEach((pod, used) -> bytes.merge(pod, used, Double::sum));
        }
        Map<PodId, Use> uses = new HashMap<>();
        cores.forEach((pod, used) -> uses.put(pod, Use.of(used, bytes.getOrDefault(pod, 0.0))));
        bytes.forEach((pod, used) -> uses.putIfAbsent(pod, Use.of(0, used)));
        return uses;
    }

    private Observation.Node node(Node node) {
        Price price = prices.price(Machines.of(node));
        return new Observation.Node(
                new NodeHour.Node(
                        node.name(),
                        node.instanceType(),
                        node.region(),
                        node.zone(),
                        node.capacityType().label(),
                        node.pool()),
                node.capacity(),
                node.createdAt(),
                price.perHour(),
                origin(price));
    }

    private static PriceOrigin origin(Price price) {
        return switch (price) {
            case Price.Given _ -> PriceOrigin.GIVEN;
            case Price.Listed _ -> PriceOrigin.LISTED;
            case Price.EstimatedByFamily _ -> PriceOrigin.BY_FAMILY;
            case Price.EstimatedByComponents _ -> PriceOrigin.BY_COMPONENTS;
        };
    }

    private static Observation.Pod pod(Pod pod, Instant now, Use use) {
        Map<String, String> labels = pod.labels().entrySet().stream()
                .filter(label -> !TECHNICAL.contains(label.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Observation.Pod(
                new PodHour.Pod(
                        pod.id().namespace(),
                        pod.owner().map(owner -> owner.kind()).orElse(""),
                        pod.owner().map(owner -> owner.name()).orElse(""),
                        pod.id().name(),
                        pod.uid(),
                        labels),
                pod.node().orElseThrow(),
                // One that its node has not accepted yet has just been bound to it.
                pod.startedAt().orElse(now),
                pod.deletedAt().orElse(NO_END),
                pod.requested(),
                use);
    }
}
