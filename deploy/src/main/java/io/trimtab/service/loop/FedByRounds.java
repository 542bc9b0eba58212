package io.trimtab.service.loop;

import io.trimtab.cost.allocation.Allocation;
import io.trimtab.forecast.DemandKind;
import io.trimtab.forecast.DemandSubject;
import io.trimtab.forecast.FurtherSeries;
import io.trimtab.forecast.Scope;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleReport.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets what each round finds be learned: the replicas of what autoscalers scale, and what namespaces cost. */
record FedByRounds(CycleObserver inner, FurtherSeries to) implements CycleObserver {
    @Override
    public void stage(Stage stage) {
        inner.stage(stage);
    }

    @Override
    public void read(Duration done, Duration all, long samples) {
        inner.read(done, all, samples);
    }

    @Override
    public void kills(List<OutOfMemoryKill> learned) {
        inner.kills(learned);
    }

    @Override
    public void done(CycleReport report) {
        // What is stale was fed when it was new.
        if (report.inventory().failure().isEmpty())
            report.decision().ifPresent(decision -> {
                replicas(decision, report.at());
                spend(decision, report.at());
            });
        inner.done(report);
    }

    private void replicas(Decision decision, Instant at) {
        Set<WorkloadId> scaled = decision.snapshot().autoscalers().stream()
                .map(HorizontalAutoscaler::target)
                .collect(Collectors.toSet());
        for (Workload workload : decision.snapshot().workloads())
            if (scaled.contains(workload.id()))
                to.feed(DemandSubject.of(workload.id(), DemandKind.REPLICAS, ""), at, workload.replicas());
    }

    /** Rows are of an hour. A namespace without one costs nothing now. */
    private void spend(Decision decision, Instant at) {
        Set<String> silent = new HashSet<>(to.names(Scope.NAMESPACE, DemandKind.SPEND));
        for (Allocation.Row row : decision.plan().costs().rows()) {
            silent.remove(row.key());
            to.feed(spend(row.key()), at, row.totalCost().doubleValue());
        }
        silent.forEach(namespace -> to.feed(spend(namespace), at, 0));
    }

    private static DemandSubject spend(String namespace) {
        return new DemandSubject(Scope.NAMESPACE, namespace, DemandKind.SPEND);
    }
}
