package io.trimtab.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.trimtab.service.view.CostsView;
import io.trimtab.service.view.CostsView.CostRow;
import io.trimtab.service.view.FiguresView;
import io.trimtab.service.view.FiguresView.NamespaceFigures;
import io.trimtab.service.view.FiguresView.ResourceFigures;
import io.trimtab.service.view.MoneyChange;
import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.NodesView.ShapeView;
import io.trimtab.service.view.OverviewView;
import io.trimtab.service.view.OverviewView.Tile;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterMetricsTest {
    private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");
    private static final String COST = "trimtab_cost_dollars_per_month";

    private FiguresView figures = figures(List.of("shop", "bank"), 2);
    private final ClusterMetrics metrics = new ClusterMetrics(() -> figures, "Recommend");

    @Test
    void saysThatTheClusterIsSimulatedAndWhatItMayDo() {
        MetricSnapshot info = family("trimtab");
        assertThat(info.getDataPoints().getFirst().getLabels().stream()
                        .map(label -> label.getName() + "=" + label.getValue()))
                .containsExactly("mode=Recommend", "simulated=true", "version=development");
    }

    @Test
    void showsTheMoneyOfTheRoundAsTheViewsDo() {
        assertThat(value("trimtab_cluster_cost_dollars_per_month")).isEqualTo(100);
        assertThat(value("trimtab_cluster_cost_needed_dollars_per_month")).isEqualTo(70);
        assertThat(value("trimtab_saving_dollars_per_month", "lever", "requests"))
                .isEqualTo(12);
        assertThat(value("trimtab_saving_dollars_per_month", "lever", "replicas"))
                .isEqualTo(-3);
        assertThat(value("trimtab_saving_dollars_per_month", "lever", "nodes")).isEqualTo(30);
        assertThat(value(COST, "namespace", "shop", "component", "memory")).isEqualTo(2);
        assertThat(value("trimtab_used_cost_dollars_per_month", "namespace", "shop"))
                .isEqualTo(1.75);
        assertThat(value("trimtab_idle_cost_dollars_per_month", "component", "cpu"))
                .isEqualTo(8);
        assertThat(value("trimtab_estimated_cost_ratio")).isEqualTo(0.25);
    }

    @Test
    void showsEachNamespaceInBaseUnits() {
        assertThat(value("trimtab_requested_cpu_cores", "namespace", "bank")).isEqualTo(2);
        assertThat(value("trimtab_recommended_cpu_cores", "namespace", "bank")).isEqualTo(1.5);
        assertThat(value("trimtab_used_cpu_cores", "namespace", "bank")).isEqualTo(0.5);
        assertThat(value("trimtab_forecast_cpu_cores", "namespace", "bank", "quantile", "0.95"))
                .isEqualTo(1.25);
        assertThat(value("trimtab_requested_memory_bytes", "namespace", "bank")).isEqualTo(2048);
        assertThat(value("trimtab_recommendations", "kind", "Resize", "namespace", "bank"))
                .isEqualTo(4);
        assertThat(value("trimtab_pods", "namespace", "bank", "phase", "pending"))
                .isEqualTo(1);
        assertThat(value("trimtab_pods_near_memory_limit", "namespace", "bank")).isEqualTo(3);
    }

    @Test
    void nothingIsSaidOfAClusterThatIsNotKnownYet() {
        figures = figures(List.of(), 0);
        assertThat(metrics.collect().stream()
                        .map(snapshot -> snapshot.getMetadata().getName()))
                .containsExactly("trimtab");
    }

    @Test
    void whatHasNoLabelOfItsOwnIsSummedAndNothingIsLost() {
        figures = figures(namespaces(0, 1000), 150);
        assertThat(points(COST)).hasSize(3 * (NamespaceBound.MOST + 1));
        assertThat(sum(COST)).isCloseTo(1000 * 7.0, within(1e-6));
        assertThat(value("trimtab_requested_cpu_cores", "namespace", "_other")).isEqualTo(800 * 2.0);
        assertThat(value("trimtab_namespaces_folded")).isEqualTo(800);
        assertThat(points("trimtab_nodes")).hasSize(101);
        assertThat(sum("trimtab_nodes")).isEqualTo(IntStream.range(0, 150).sum());
        assertThat(value("trimtab_nodes", "shape", "shape149")).isEqualTo(149);
        long series = metrics.collect().stream()
                .mapToLong(snapshot -> snapshot.getDataPoints().size())
                .sum();
        assertThat(series).isLessThan(24L * (NamespaceBound.MOST + 1) + 2 * 101 + 20);
    }

    @Test
    void aNamespaceKeepsItsLabelWhileItExists() {
        NamespaceBound bound = new NamespaceBound(2);
        assertThat(bound.admit(List.of("a", "b", "c"))).isEqualTo(1);
        assertThat(bound.admit(List.of("c", "b", "a"))).isEqualTo(1);
        assertThat(bound.label("a")).isEqualTo("a");
        assertThat(bound.label("c")).isEqualTo("_other");
        assertThat(bound.admit(List.of("c", "b"))).isZero();
        assertThat(bound.label("c")).isEqualTo("c");
        assertThat(bound.label("a")).isEqualTo("_other");
    }

    private MetricSnapshot family(String name) {
        return metrics.collect().stream()
                .filter(snapshot -> snapshot.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }

    private List<GaugeDataPointSnapshot> points(String name) {
        return ((GaugeSnapshot) family(name)).getDataPoints();
    }

    private double sum(String name) {
        return points(name).stream()
                .mapToDouble(GaugeDataPointSnapshot::getValue)
                .sum();
    }

    private double value(String name, String... labels) {
        return points(name).stream()
                .filter(point -> point.getLabels().equals(Labels.of(labels)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " has not " + List.of(labels)))
                .getValue();
    }

    private static List<String> namespaces(int from, int to) {
        return IntStream.range(from, to).mapToObj("ns-%04d"::formatted).toList();
    }

    /** Each namespace costs 7 and is alike; shape i has i nodes. */
    private static FiguresView figures(List<String> namespaces, int shapes) {
        var overview = new OverviewView(
                AT,
                money(100, 70),
                new Tile(1, money(20, 8)),
                new Tile(1, money(5, 8)),
                new Tile(1, money(100, 70)),
                0,
                0,
                0,
                List.of(),
                List.of(),
                List.of());
        var costs = new CostsView(
                AT.minusSeconds(3600),
                AT,
                "USD",
                namespaces.stream().map(name -> row(name, 0.25)).toList(),
                new CostRow("idle", amount(8), amount(1), amount(0), amount(9), 0),
                amount(100),
                0.25);
        var nodes = new NodesView(
                List.of(),
                IntStream.range(0, shapes)
                        .mapToObj(i -> new ShapeView("shape" + i, i, i))
                        .toList(),
                money(100, 70),
                3,
                0,
                List.of(),
                List.of());
        return new FiguresView(
                true,
                overview,
                costs,
                nodes,
                namespaces.stream().map(ClusterMetricsTest::namespace).toList());
    }

    private static CostRow row(String name, double efficiency) {
        return new CostRow(name, amount(4), amount(2), amount(1), amount(7), efficiency);
    }

    private static NamespaceFigures namespace(String name) {
        var kinds = new TreeMap<String, Integer>();
        kinds.put("Resize", 4);
        kinds.put("Scale", 0);
        kinds.put("Hold", 2);
        return new NamespaceFigures(name, amount(6), kinds, resource(1), resource(1024), 9, 1, 3);
    }

    private static ResourceFigures resource(double unit) {
        var forecast = new TreeMap<Double, Double>();
        forecast.put(0.5, 0.75 * unit);
        forecast.put(0.95, 1.25 * unit);
        forecast.put(0.99, 1.5 * unit);
        return new ResourceFigures(2 * unit, 1.5 * unit, 0.5 * unit, forecast);
    }

    private static MoneyChange money(long before, long after) {
        return new MoneyChange(amount(before), amount(after), amount(before - after), "USD");
    }

    private static BigDecimal amount(long dollars) {
        return BigDecimal.valueOf(dollars);
    }
}
