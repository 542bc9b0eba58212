package io.trimtab.service.loop;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.kubernetes.KubernetesInventory;
import io.trimtab.ingest.kubernetes.KubernetesTriggeredScaling;
import io.trimtab.ingest.kubernetes.KubernetesTriggeredScaling.Unreadable;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.TriggeredScaling.Owner;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.plan.UnitPrices;
import io.trimtab.service.zero.ScaledWorkloads;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What scale to zero sees of a real cluster, from its watches. */
final class LiveWorkloads implements ScaledWorkloads {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /** As KEDA's chart and manifests label it. */
    private static final String NAME_LABEL = "app.kubernetes.io/name";

    private static final String KEDA_OPERATOR = "keda-operator";

    private final KubernetesInventory inventory;
    private final KubernetesTriggeredScaling scaling;
    private final PriceBook prices;
    private final Permission permission;
    private final InstantSource clock;
    private Optional<Seen> seen = Optional.empty();

    /** Why nothing may be written for a workload. */
    @FunctionalInterface
    interface Permission {
        /**
         * @param cluster as it was seen a moment ago, without its pods
         * @return empty where it may be written
         */
        Optional<String> refusal(ClusterSnapshot cluster, Workload workload, TriggeredScaling object);
    }

    /** What is looked at every few seconds, since making it takes longer than one decision should. */
    private record Seen(ClusterSnapshot cluster, UnitPrices unitPrices) {}

    LiveWorkloads(
            KubernetesInventory inventory,
            KubernetesTriggeredScaling scaling,
            PriceBook prices,
            Permission permission,
            InstantSource clock) {
        this.inventory = inventory;
        this.scaling = scaling;
        this.prices = prices;
        this.permission = permission;
        this.clock = clock;
    }

    @Override
    public List<TriggeredScaling> objects() {
        return scaling.scalings();
    }

    @Override
    public Map<Owner, String> unreadable() {
        return scaling.unreadable().stream().collect(Collectors.toMap(Unreadable::owner, Unreadable::why));
    }

    @Override
    public Optional<Workload> workload(WorkloadId id) throws IngestException {
        return inventory.workload(id);
    }

    @Override
    public List<HorizontalAutoscaler> autoscalers() {
        return seen().cluster().autoscalers();
    }

    @Override
    public Optional<String> kedaOperator() {
        return seen().cluster().workloads().stream()
                .filter(workload -> KEDA_OPERATOR.equals(workload.labels().get(NAME_LABEL)))
                .filter(workload -> workload.id().kind().equals("Deployment") && workload.replicas() > 0)
                .map(workload -> workload.id().toString())
                .findFirst();
    }

    @Override
    public Optional<String> refusal(Workload workload, TriggeredScaling object) {
        return permission.refusal(seen().cluster(), workload, object);
    }

    @Override
    public BigDecimal podPricePerHour(Workload workload) {
        return seen().unitPrices().perHour(workload.requestedPerPod());
    }

    private synchronized Seen seen() {
        Instant now = clock.instant();
        boolean current = seen.filter(it -> now.isBefore(it.cluster().at().plus(LOOK_EVERY))
                        && !now.isBefore(it.cluster().at()))
                .isPresent();
        if (!current) {
            ClusterSnapshot cluster = inventory.withoutPods(now);
            seen = Optional.of(new Seen(cluster, UnitPrices.of(cluster.nodes(), this::price)));
        }
        return seen.orElseThrow();
    }

    private BigDecimal price(Node node) {
        return prices.price(node.instanceType(), node.capacity(), node.capacityType() == CapacityType.SPOT)
                .perHour();
    }
}
