package io.trimtab.recommend.plan;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.ContainerUsage;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.UsageAggregate;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A Deployment {@code shop/web} that has used what it uses now for eight days. */
final class Web {
    static final WorkloadId ID = new WorkloadId("shop", "Deployment", "web");
    static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");

    private static final Resources LARGE =
            new Resources(new MilliCores(10_000_000), new Bytes(10L << 40), GpuMilli.ZERO);

    /** With room for whatever is asked. */
    private static final Node NODE = new Node(
            "n0",
            "m5.large",
            "eu",
            "eu-1",
            CapacityType.ON_DEMAND,
            LARGE,
            LARGE,
            1_000,
            true,
            true,
            Map.of(),
            AT.minusSeconds(86_400));

    private static final Planner PLANNER = new Planner(PriceBook.shipped(), Mode.APPLY);

    private Web() {}

    static PodId pod(int number) {
        return new PodId("shop", "web-" + number);
    }

    /** @param cores of each pod, none where nothing was sampled; likewise {@code bytes} */
    static Demand demand(ContainerSpec container, int containers, Map<PodId, Double> cores, Map<PodId, Double> bytes) {
        return demand(container, containers, cores, bytes, 1);
    }

    /** @param past how many times as much was used before */
    static Demand demand(
            ContainerSpec container, int containers, Map<PodId, Double> cores, Map<PodId, Double> bytes, double past) {
        UsageAggregate aggregate = UsageAggregate.empty();
        ContainerUsage learned = aggregate.container();
        for (Instant at = AT.minus(Duration.ofDays(8)); at.isBefore(AT); at = at.plusSeconds(7_200)) {
            if (!cores.isEmpty()) learned.addCpu(at, past * mean(cores));
            if (!bytes.isEmpty()) learned.addMemory(at, past * mean(bytes));
        }
        return new Demand(
                ID,
                container,
                containers,
                Math.max(cores.size(), bytes.size()),
                aggregate.cpu(),
                aggregate.memory(),
                aggregate.recent(),
                Optional.empty(),
                Optional.empty(),
                cores,
                bytes,
                aggregate.history());
    }

    /** @param running what each pod runs with, which a rollout or a resize may have moved away from the template */
    static Plan plan(
            List<ContainerSpec> template,
            List<List<ContainerSpec>> running,
            List<Demand> demands,
            List<HorizontalAutoscaler> autoscalers,
            List<Policy> policies) {
        return plan(running.size(), template, running, demands, autoscalers, policies);
    }

    /** @param replicas that the workload asks for */
    static Plan plan(
            int replicas,
            List<ContainerSpec> template,
            List<List<ContainerSpec>> running,
            List<Demand> demands,
            List<HorizontalAutoscaler> autoscalers,
            List<Policy> policies) {
        Workload web = new Workload(ID, replicas, template, Map.of(), Map.of(), AT.minusSeconds(86_400));
        List<Pod> pods = IntStream.range(0, running.size())
                .mapToObj(number -> running(number, running.get(number)))
                .toList();
        ClusterSnapshot snapshot =
                new ClusterSnapshot(AT, List.of(web), pods, List.of(NODE), autoscalers, List.of(), policies);
        return PLANNER.plan(snapshot, demands);
    }

    private static Pod running(int number, List<ContainerSpec> containers) {
        Instant started = AT.minusSeconds(3_600);
        return new Pod(
                pod(number),
                Optional.of(ID),
                Optional.of("n0"),
                PodPhase.RUNNING,
                containers,
                Map.of(),
                Map.of(),
                started,
                Optional.of(started),
                Optional.of(started),
                Optional.empty());
    }

    private static double mean(Map<PodId, Double> amounts) {
        return amounts.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }
}
