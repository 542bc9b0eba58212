package io.trimtab.service.opencost;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.Observation;
import io.trimtab.cost.allocation.AllocationRequest.ComponentRatio;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The gauges that OpenCost exports, under their names, of the last round. Volumes and load balancers are not known here, so their gauges have no series; that there is
 * no price of network traffic and of the control plane is a 0, as OpenCost has it.
 */
final class OpenCostMetrics implements MultiCollector {
    private static final double GIB = 1L << 30;
    private static final ComponentRatio RATIO = ComponentRatio.DEFAULT;

    private static final Map<Labels, Double> NOTHING = Map.of(Labels.EMPTY, 0.0);

    private final Supplier<Optional<Observation>> latest;

    OpenCostMetrics(Supplier<Optional<Observation>> latest) {
        this.latest = latest;
    }

    @Override
    public MetricSnapshots collect() {
        return latest.get().map(OpenCostMetrics::snapshots).orElseGet(() -> MetricSnapshots.of());
    }

    private static MetricSnapshots snapshots(Observation seen) {
        List<MetricSnapshot> snapshots = List.of(
                nodes(
                        seen,
                        "node_total_hourly_cost",
                        "Price of the node for an hour.",
                        it -> it.pricePerHour().doubleValue()),
                nodes(
                        seen,
                        "node_cpu_hourly_cost",
                        "Price of a core of the node for an hour.",
                        it -> unit(it) * RATIO.cpu().doubleValue()),
                nodes(
                        seen,
                        "node_ram_hourly_cost",
                        "Price of a GiB of the node's memory for an hour.",
                        it -> unit(it) * RATIO.memoryGiB().doubleValue()),
                nodes(
                        seen,
                        "node_gpu_hourly_cost",
                        "Price of a GPU of the node for an hour; 0 where it has none.",
                        it -> gpus(it) == 0 ? 0 : unit(it) * RATIO.gpu().doubleValue()),
                nodes(seen, "node_gpu_count", "GPUs of the node.", OpenCostMetrics::gpus),
                nodes(
                        seen,
                        "kubecost_node_is_spot",
                        "Whether the node is a spot one: 1, else 0.",
                        it -> it.id().capacityType().equals("spot") ? 1 : 0),
                pods(
                        seen,
                        "container_cpu_allocation",
                        "Cores that the pod is charged for: the larger of request and use.",
                        it -> Math.max(
                                it.requested().cpu().value() / 1000.0, it.use().cores())),
                pods(
                        seen,
                        "container_memory_allocation_bytes",
                        "Bytes that the pod is charged for: the larger of request and use.",
                        it -> Math.max(it.requested().memory().value(), it.use().bytes())),
                pods(
                        seen,
                        "container_gpu_allocation",
                        "GPUs that the pod requests.",
                        it -> it.requested().gpu().value() / 1000.0),
                gauge("pod_pvc_allocation", "Bytes of a volume of a pod; volumes are not known here.", Map.of()),
                gauge(
                        "pv_hourly_cost",
                        "Price of a GiB of a volume for an hour; volumes are not known here.",
                        Map.of()),
                gauge(
                        "kubecost_load_balancer_cost",
                        "Price of a load balancer for an hour; they are not known here.",
                        Map.of()),
                gauge(
                        "kubecost_cluster_management_cost",
                        "Price of the control plane for an hour; 0, as it is not known here.",
                        NOTHING),
                gauge(
                        "kubecost_network_zone_egress_cost",
                        "Price of a GiB to another zone; 0, as it is not known here.",
                        NOTHING),
                gauge(
                        "kubecost_network_region_egress_cost",
                        "Price of a GiB to another region; 0, as it is not known here.",
                        NOTHING),
                gauge(
                        "kubecost_network_internet_egress_cost",
                        "Price of a GiB to the internet; 0, as it is not known here.",
                        NOTHING));
        return new MetricSnapshots(snapshots);
    }

    private static double gpus(Observation.Node node) {
        return node.capacity().gpu().value() / 1000.0;
    }

    /** What one of {@link #RATIO} costs on the node: so the price is divided as the account divides it. */
    private static double unit(Observation.Node node) {
        double weight = node.capacity().cpu().value() / 1000.0 * RATIO.cpu().doubleValue()
                + node.capacity().memory().value() / GIB * RATIO.memoryGiB().doubleValue()
                + gpus(node) * RATIO.gpu().doubleValue();
        return weight == 0 ? 0 : node.pricePerHour().doubleValue() / weight;
    }

    private static MetricSnapshot nodes(
            Observation seen, String name, String help, ToDoubleFunction<Observation.Node> value) {
        Map<Labels, Double> points = new LinkedHashMap<>();
        for (Observation.Node node : seen.nodes()) {
            NodeHour.Node id = node.id();
            Labels labels = Labels.of(
                    "instance",
                    id.name(),
                    "node",
                    id.name(),
                    "instance_type",
                    id.instanceType(),
                    "region",
                    id.region());
            points.put(labels, value.applyAsDouble(node));
        }
        return gauge(name, help, points);
    }

    private static MetricSnapshot pods(
            Observation seen, String name, String help, ToDoubleFunction<Observation.Pod> value) {
        Map<Labels, Double> points = new LinkedHashMap<>();
        for (Observation.Pod pod : seen.pods()) {
            Labels labels = Labels.of(
                    "namespace",
                    pod.id().namespace(),
                    "pod",
                    pod.id().name(),
                    "instance",
                    pod.node(),
                    "node",
                    pod.node());
            // While one ends, another may have its name already.
            points.merge(labels, value.applyAsDouble(pod), Double::sum);
        }
        return gauge(name, help, points);
    }

    private static MetricSnapshot gauge(String name, String help, Map<Labels, Double> points) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        points.forEach((labels, value) -> gauge.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        return gauge.build();
    }
}
