package io.trimtab.service.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import io.trimtab.service.Version;
import io.trimtab.service.view.CostsView;
import io.trimtab.service.view.FiguresView;
import io.trimtab.service.view.FiguresView.NamespaceFigures;
import io.trimtab.service.view.NodesView;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The product's gauges. A cluster of any size has at most 24 series for each of {@link NamespaceBound#MOST} namespaces and the rest, and 2 for each shape of node,
 * of which the 100 that matter most have their own.
 */
public final class ClusterMetrics implements MultiCollector {
    private static final int SHAPES = 100;

    private final Supplier<FiguresView> figures;
    private final String mode;
    private final NamespaceBound bound = new NamespaceBound(NamespaceBound.MOST);

    /**
     * @param figures of the last round, each call all of one round
     * @param mode Observe, Recommend or Apply
     */
    public ClusterMetrics(Supplier<FiguresView> figures, String mode) {
        this.figures = figures;
        this.mode = mode;
    }

    @Override
    public synchronized MetricSnapshots collect() {
        FiguresView now = figures.get();
        List<MetricSnapshot> snapshots = new ArrayList<>();
        snapshots.add(info(now));
        // Before the first decision nothing is known, and a bill of 0 would be a lie.
        if (!now.namespaces().isEmpty() || !now.nodes().nodes().isEmpty()) {
            int sharing = bound.admit(byImportance(now));
            families(now, sharing).map(Family::snapshot).forEach(snapshots::add);
        }
        return new MetricSnapshots(snapshots);
    }

    private MetricSnapshot info(FiguresView now) {
        Labels labels =
                Labels.of("version", Version.current(), "mode", mode, "simulated", Boolean.toString(now.simulated()));
        return InfoSnapshot.builder()
                .name("trimtab")
                .help("Which Trimtab this is, what it may do, and whether its cluster is a simulated one.")
                .dataPoint(InfoDataPointSnapshot.builder().labels(labels).build())
                .build();
    }

    /** The costly ones first, then those that cost nothing, by name. */
    private static List<String> byImportance(FiguresView now) {
        List<String> known = new ArrayList<>(
                now.costs().rows().stream().map(CostsView.CostRow::key).toList());
        TreeSet<String> others = new TreeSet<>(
                now.namespaces().stream().map(NamespaceFigures::namespace).toList());
        known.forEach(others::remove);
        known.addAll(others);
        return known;
    }

    private Stream<Family> families(FiguresView now, int sharing) {
        Family folded = Family.counts(
                        "trimtab_namespaces_folded",
                        "Namespaces that share the label _other because there are too many.")
                .add(sharing);
        return Stream.of(
                        money(now),
                        costs(now.costs()),
                        nodes(now.nodes()),
                        NamespaceFamilies.of(now.namespaces(), bound),
                        Stream.of(folded))
                .flatMap(families -> families);
    }

    private static Stream<Family> money(FiguresView now) {
        var cluster = now.overview().cluster();
        return Stream.of(
                Family.of(
                                Family.DOLLARS_PER_MONTH,
                                "trimtab_cluster_cost_dollars_per_month",
                                "Bill of the nodes that run now, for a month of 730 h.")
                        .add(cluster.before().doubleValue()),
                Family.of(
                                Family.DOLLARS_PER_MONTH,
                                "trimtab_cluster_cost_needed_dollars_per_month",
                                "Bill of the nodes that would do after all recommendations.")
                        .add(cluster.after().doubleValue()),
                Family.of(
                                Family.DOLLARS_PER_MONTH,
                                "trimtab_saving_dollars_per_month",
                                "Saving by lever, negative when it costs more; not to be added up: requests and"
                                        + " replicas free room at list price, nodes is what then leaves the bill.",
                                "lever")
                        .add(now.overview().requests().perMonth().saving().doubleValue(), "requests")
                        .add(now.overview().replicas().perMonth().saving().doubleValue(), "replicas")
                        .add(now.overview().nodes().perMonth().saving().doubleValue(), "nodes"));
    }

    private Stream<Family> costs(CostsView costs) {
        Family cost = Family.of(
                Family.DOLLARS_PER_MONTH,
                "trimtab_cost_dollars_per_month",
                "Cost of what a namespace holds, at the rate of the last hour.",
                "namespace",
                "component");
        Family used = Family.of(
                Family.DOLLARS_PER_MONTH,
                "trimtab_used_cost_dollars_per_month",
                "The part of a namespace's cost that pays for what it uses.",
                "namespace");
        for (CostsView.CostRow row : costs.rows()) {
            String namespace = bound.label(row.key());
            cost.add(row.cpuCost().doubleValue(), namespace, "cpu")
                    .add(row.memoryCost().doubleValue(), namespace, "memory")
                    .add(row.gpuCost().doubleValue(), namespace, "gpu");
            used.add(row.efficiency() * row.totalCost().doubleValue(), namespace);
        }
        Family idle = Family.of(
                        Family.DOLLARS_PER_MONTH,
                        "trimtab_idle_cost_dollars_per_month",
                        "Cost of what nobody holds; with trimtab_cost_dollars_per_month it is the bill of the last"
                                + " hour.",
                        "component")
                .add(costs.idle().cpuCost().doubleValue(), "cpu")
                .add(costs.idle().memoryCost().doubleValue(), "memory")
                .add(costs.idle().gpuCost().doubleValue(), "gpu");
        Family estimated = Family.of(
                        Unit.RATIO,
                        "trimtab_estimated_cost_ratio",
                        "Share of the bill whose price is an estimate, 0 to 1.")
                .add(costs.estimatedShare());
        return Stream.of(cost, used, idle, estimated);
    }

    private static Stream<Family> nodes(NodesView nodes) {
        Family now = Family.counts("trimtab_nodes", "Nodes that run now, by instance type and capacity type.", "shape");
        Family needed = Family.counts(
                "trimtab_nodes_needed", "Nodes that would do after all recommendations, by shape.", "shape");
        List<NodesView.ShapeView> byCount = nodes.shapes().stream()
                .sorted((one, other) -> Integer.compare(other.now() + other.needed(), one.now() + one.needed()))
                .toList();
        for (int i = 0; i < byCount.size(); i++) {
            NodesView.ShapeView shape = byCount.get(i);
            String label = i < SHAPES ? shape.shape() : NamespaceBound.OTHER;
            now.add(shape.now(), label);
            needed.add(shape.needed(), label);
        }
        Family bound = Family.counts(
                        "trimtab_nodes_lower_bound", "Fewer nodes cannot carry the pods after all recommendations.")
                .add(nodes.lowerBoundNodes());
        return Stream.of(now, needed, bound);
    }
}
