package io.trimtab.service.web;

import io.trimtab.service.view.MoneyChange;
import io.trimtab.service.view.RuntimeUsageView;
import io.trimtab.service.view.WorkloadDetailView;
import io.trimtab.service.view.WorkloadView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** A workload with one of everything, each called alike. */
final class DetailFixture {
    private DetailFixture() {}

    static WorkloadDetailView detail(String name, Instant at) {
        var container = new WorkloadView.ContainerView(
                name, name, "1", "1Gi", "none", "2Gi", "500m", "700m", "900Mi", "JVM", List.of("-Xmx is 512Mi"));
        var nothing = new MoneyChange(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, "USD");
        return new WorkloadDetailView(
                new WorkloadView(
                        "shop/Deployment/" + name,
                        "shop",
                        "Deployment",
                        name,
                        2,
                        1,
                        List.of(container),
                        nothing,
                        1,
                        name),
                List.of("shop/Rollout/" + name),
                List.of(new WorkloadDetailView.PodView(name, "node-a", "RUNNING", true, "1", "1Gi")),
                List.of(),
                List.of(new WorkloadDetailView.ScalerView("HorizontalPodAutoscaler", name, "1 to 9 replicas")),
                List.of(new WorkloadDetailView.DisruptionBudgetView(name, "1", "", 0)),
                List.of(new WorkloadDetailView.VolumeClaimView(name, "ssd", "10Gi", "")),
                name + " (1000)",
                List.of(new WorkloadDetailView.NamespaceLimitView(
                        "LimitRange", name, List.of("limits at most: memory 4Gi"))),
                List.of(new WorkloadDetailView.MonitorView("PodMonitor", "shop", name)),
                List.of(new WorkloadDetailView.RequestMetricView(
                        "latency", List.of("web_seconds"), "annotation of PodMonitor shop/" + name)),
                List.of(new WorkloadDetailView.TerminationView(
                        name, "app", at, at, "OOMKilled", 137, null, "1Gi", "2Gi", 3)));
    }

    static RuntimeUsageView usage(String name, Instant at) {
        return new RuntimeUsageView(
                at,
                at,
                60,
                List.of(new RuntimeUsageView.FigureView(
                        "JVM_HEAP_USED", "JVM heap in use", "bytes", name, 1, 300 << 20, 400 << 20, 60, at, at)),
                List.of(new RuntimeUsageView.MissingView("GO_MEMORY", "Go", List.of(name))),
                List.of("gap of " + name));
    }
}
