package io.trimtab.recommend.nodeobjects;

import io.trimtab.forecast.online.Outlook;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.nodeplan.NodePlans;
import io.trimtab.recommend.nodeplan.PlannedNodes;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says a plan in the objects of Cluster Autoscaler, Karpenter and Cluster API. Only what differs from what is there is said. */
public final class NodeObjects {
    /** From the order of a node until it is ready, the scan before it, and the minute that the newest sample may be old. */
    public static final Duration NODE_START = Duration.ofMinutes(3);

    private NodeObjects() {}

    /** What is known beside the snapshot. */
    public interface Prices extends NodePlans.Prices {
        /** The price that a list has for it; empty where it would be an estimate. USD per hour. */
        Optional<BigDecimal> listed(Node node, CapacityType as);
    }

    /**
     * @param ahead of workloads that something scales: how many replicas are expected until {@link #NODE_START} has passed
     * @return buffers, overlays, weights, deletion costs, machines, in this order, each by name
     */
    public static List<NodeObject> of(
            ClusterSnapshot snapshot, PlannedNodes planned, Prices prices, Map<WorkloadId, Outlook> ahead) {
        List<NodeObject> objects = new ArrayList<>();
        objects.addAll(Buffers.of(snapshot, ahead));
        objects.addAll(Overlays.prices(snapshot.nodes(), prices));
        objects.addAll(Overlays.sharing(snapshot.nodes()));
        objects.addAll(PoolWeights.of(snapshot, prices));
        objects.addAll(DeletionCosts.of(snapshot, planned.plan()));
        objects.addAll(Machines.of(snapshot, planned.plan()));
        return List.copyOf(objects);
    }
}
