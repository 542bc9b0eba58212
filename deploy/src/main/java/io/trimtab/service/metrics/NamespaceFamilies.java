package io.trimtab.service.metrics;

import io.prometheus.metrics.model.snapshots.Unit;
import io.trimtab.service.view.FiguresView.NamespaceFigures;
import io.trimtab.service.view.FiguresView.ResourceFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is known of each namespace. */
final class NamespaceFamilies {
    private NamespaceFamilies() {}

    /** @param bound which has been told of these namespaces */
    static Stream<Family> of(List<NamespaceFigures> namespaces, NamespaceBound bound) {
        List<Family> families = new ArrayList<>(counts(namespaces, bound));
        families.addAll(amounts(namespaces, bound, Family.CORES, "cpu_cores", "CPU", NamespaceFigures::cpu));
        families.addAll(amounts(namespaces, bound, Unit.BYTES, "memory_bytes", "Memory", NamespaceFigures::memory));
        return families.stream();
    }

    private static List<Family> counts(List<NamespaceFigures> namespaces, NamespaceBound bound) {
        Family saving = Family.of(
                Family.DOLLARS_PER_MONTH,
                "trimtab_namespace_saving_dollars_per_month",
                "What the recommendations for requests and replicas of a namespace save at list price, negative when"
                        + " they cost more.",
                "namespace");
        Family recommendations = Family.counts(
                "trimtab_recommendations",
                "Recommendations of the last round; a Hold leaves all as it is.",
                "kind",
                "namespace");
        Family pods = Family.counts("trimtab_pods", "Pods that run or wait for a node.", "namespace", "phase");
        Family near = Family.counts(
                "trimtab_pods_near_memory_limit",
                "Pods that reach 90 % of a container's memory limit on the worst day of twenty.",
                "namespace");
        for (NamespaceFigures figures : namespaces) {
            String namespace = bound.label(figures.namespace());
            saving.add(figures.saving().doubleValue(), namespace);
            figures.recommendations().forEach((kind, count) -> recommendations.add(count, kind, namespace));
            pods.add(figures.runningPods(), namespace, "running");
            pods.add(figures.pendingPods(), namespace, "pending");
            near.add(figures.podsNearMemoryLimit(), namespace);
        }
        return List.of(saving, recommendations, pods, near);
    }

    /** @param suffix the resource and its unit, as names end in them */
    private static List<Family> amounts(
            List<NamespaceFigures> namespaces,
            NamespaceBound bound,
            Unit unit,
            String suffix,
            String resource,
            Function<NamespaceFigures, ResourceFigures> of) {
        Family requested = Family.of(
                unit, "trimtab_requested_" + suffix, resource + " that the pods of a namespace request.", "namespace");
        Family recommended = Family.of(
                unit,
                "trimtab_recommended_" + suffix,
                resource + " that they would request after all recommendations.",
                "namespace");
        Family used = Family.of(
                unit, "trimtab_used_" + suffix, resource + " that the pods of its workloads use now.", "namespace");
        Family forecast = Family.of(
                unit,
                "trimtab_forecast_" + suffix,
                resource + " that requests at a quantile of each container's forecast would add up to.",
                "namespace",
                "quantile");
        for (NamespaceFigures figures : namespaces) {
            String namespace = bound.label(figures.namespace());
            ResourceFigures amounts = of.apply(figures);
            requested.add(amounts.requested(), namespace);
            recommended.add(amounts.recommended(), namespace);
            used.add(amounts.used(), namespace);
            amounts.forecast()
                    .forEach((quantile, amount) -> forecast.add(amount, namespace, Double.toString(quantile)));
        }
        return List.of(requested, recommended, used, forecast);
    }
}
