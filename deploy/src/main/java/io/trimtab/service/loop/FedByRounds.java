package io.trimtab.service.loop;

import io.trimtab.cost.allocation.Allocation;
import io.trimtab.forecast.DemandKind;
import io.trimtab.forecast.DemandSubject;
import io.trimtab.forecast.FurtherSeries;
import io.trimtab.forecast.Scope;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleReport.Decision;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets what each round finds be learned: the replicas of what autoscalers scale, and what namespaces cost. */
record FedByRounds(FurtherSeries to) implements CycleObserver {
    @Override
    public void done(CycleReport report) {
        // What is stale was fed when it was new.
        if (report.inventory().failure().isPresent()) return;
        report.decision().ifPresent(decision -> {
            replicas(decision, report.at());
            spend(decision, report.at());
        });
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
