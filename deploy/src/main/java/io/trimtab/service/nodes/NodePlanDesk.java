package io.trimtab.service.nodes;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.forecast.DemandKind;
import io.trimtab.forecast.Outlooks;
import io.trimtab.forecast.Scope;
import io.trimtab.forecast.online.Outlook;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleReport.Decision;
import io.trimtab.recommend.nodeobjects.NodeObject;
import io.trimtab.recommend.nodeobjects.NodeObjects;
import io.trimtab.recommend.nodeplan.NodePlans;
import io.trimtab.recommend.nodeplan.PlannedNodes;
import io.trimtab.service.view.NodePlanView;
import io.trimtab.service.view.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the plan of the last round when somebody asks for it, beside the loop and one at a time. Who asks waits a moment, and then gets the plan of an earlier round, which
 * says of which. Safe for threads.
 */
public final class NodePlanDesk {
    private static final Logger LOG = LoggerFactory.getLogger(NodePlanDesk.class);

    /** A plan for a cluster of some hundred nodes is made in it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final NodePlanView BEING_MADE =
            NodePlanView.none("the first plan is being made; ask again in some seconds");
    private static final NodePlanView UNKNOWN =
            NodePlanView.none("nothing has been decided yet; /status says which source has not answered");
    private static final NodePlanView NO_LIMITS = NodePlanView.none(
            "which pods may be taken away is not known, because disruption budgets, policies or namespaces cannot be"
                    + " read; /status says why");

    private static final NodePlanView FAILED = NodePlanView.none("no plan could be made; the log says why");

    private final NodePrices prices;
    private final Requests requests;
    private final Outlooks outlooks;
    private final Duration patience;
    private NodePlanView last = BEING_MADE;
    private Optional<Making> making = Optional.empty();

    /** @param of the round's moment */
    private record Making(Instant of, FutureTask<?> task) {}

    public NodePlanDesk(PriceBook book, Requests requests, Outlooks outlooks) {
        this(book, requests, outlooks, PATIENCE);
    }

    /** @param patience how long who asks waits at most */
    public NodePlanDesk(PriceBook book, Requests requests, Outlooks outlooks, Duration patience) {
        prices = new NodePrices(book);
        this.requests = requests;
        this.outlooks = outlooks;
        this.patience = patience;
    }

    /** The newest plan that there is after a moment. */
    public NodePlanView plan(CycleReport report) {
        if (report.decision().isEmpty()) return UNKNOWN;
        FutureTask<?> task = begun(report.at(), report.decision().get());
        try {
            task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException goesOn) {
            // Who asks later finds it.
        } catch (ExecutionException e) {
            throw new IllegalStateException("planning catches what it throws", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return newest();
    }

    private synchronized FutureTask<?> begun(Instant of, Decision decision) {
        if (making.isPresent()
                && (making.get().of().equals(of) || !making.get().task().isDone()))
            return making.get().task();
        FutureTask<?> task = new FutureTask<>(() -> made(decision), null);
        making = Optional.of(new Making(of, task));
        Thread.ofPlatform().name("node-plan").daemon().start(task);
        return task;
    }

    private synchronized NodePlanView newest() {
        return last;
    }

    private void made(Decision decision) {
        NodePlanView view = planned(requests.cluster(decision));
        synchronized (this) {
            last = view;
        }
    }

    private NodePlanView planned(ClusterSnapshot snapshot) {
        try {
            return NodePlans.plan(snapshot, prices)
                    .map(planned -> NodePlanRendering.of(planned, objects(snapshot, planned)))
                    .orElse(NO_LIMITS);
        } catch (RuntimeException e) {
            LOG.error("no plan for the nodes could be made", e);
            return FAILED;
        }
    }

    private List<NodeObject> objects(ClusterSnapshot snapshot, PlannedNodes planned) {
        Map<WorkloadId, Outlook> ahead = new HashMap<>();
        outlooks.ahead(Scope.WORKLOAD, DemandKind.REPLICAS, NodeObjects.NODE_START)
                .forEach((workload, outlook) -> ahead.put(WorkloadId.parse(workload), outlook));
        return NodeObjects.of(snapshot, planned, prices, ahead);
    }
}
