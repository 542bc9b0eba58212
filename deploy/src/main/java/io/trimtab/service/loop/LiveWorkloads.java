package io.trimtab.service.loop;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.kubernetes.KubernetesInventory;
import io.trimtab.ingest.kubernetes.KubernetesTriggeredScaling;
import io.trimtab.ingest.kubernetes.KubernetesTriggeredScaling.Unreadable;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.TriggeredScaling.Owner;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.PolicyReason;
import io.trimtab.recommend.plan.Machines;
import io.trimtab.recommend.plan.UnitPrices;
import io.trimtab.recommend.policy.Governance;
import io.trimtab.recommend.policy.Standing;
import io.trimtab.recommend.policy.Triggering;
import io.trimtab.service.evaluate.ReasonWords;
import io.trimtab.service.zero.ScaledWorkloads;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What scale to zero sees of a real cluster, from its watches. */
final class LiveWorkloads implements ScaledWorkloads {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /** As KEDA's chart and manifests label it. */
    private static final String NAME_LABEL = "app.kubernetes.io/name";

    private static final String KEDA_OPERATOR = "keda-operator";

    private static final WorkloadId ANY_DEPLOYMENT = new WorkloadId("any", "Deployment", "any");
    private static final Set<String> SCALED_KINDS = Set.of("Deployment", "StatefulSet");

    private final KubernetesInventory inventory;
    private final KubernetesTriggeredScaling scaling;
    private final PriceBook prices;
    private final Mode most;
    private final InstantSource clock;
    private Optional<Seen> seen = Optional.empty();

    /** What is looked at every few seconds, since making it takes longer than one decision should. */
    private record Seen(
            ClusterSnapshot cluster, Governance governance, List<TriggeredScaling> ofPolicies, UnitPrices unitPrices) {}

    /** @param most the mode of workloads without a policy, and the most that a policy can grant */
    LiveWorkloads(
            KubernetesInventory inventory,
            KubernetesTriggeredScaling scaling,
            PriceBook prices,
            Mode most,
            InstantSource clock) {
        this.inventory = inventory;
        this.scaling = scaling;
        this.prices = prices;
        this.most = most;
        this.clock = clock;
    }

    @Override
    public List<TriggeredScaling> objects() {
        return Stream.concat(scaling.scalings().stream(), seen().ofPolicies().stream())
                .toList();
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
        Optional<String> unknown = unknown();
        if (unknown.isPresent()) return unknown;
        if (Governance.pauses(object.annotations())) return Optional.of("%s is paused".formatted(object.owner()));
        return switch (seen().governance().of(workload.id())) {
            case Standing.LeftAlone(List<PolicyId> policies, PolicyReason why) ->
                Optional.of(ReasonWords.of(List.of(why)).getFirst().message());
            case Standing.Governed it
            when it.paused() ->
                Optional.of("paused; remove the annotation %s of the workload, its namespace or its policy"
                        .formatted(Governance.PAUSE));
            case Standing.Governed it
            when it.mode() != Mode.APPLY -> Optional.of("the mode is %s; set it to Apply to act".formatted(it.mode()));
            case Standing.Governed _ -> Optional.empty();
        };
    }

    /** Who else may own a workload is told by ScaledObjects and by KEDA's Deployment; without them nobody knows. */
    private Optional<String> unknown() {
        Optional<String> objects = scaling.trouble();
        if (objects.isPresent()) return objects;
        try {
            Optional<Workload> _ = inventory.workload(ANY_DEPLOYMENT);
            return Optional.empty();
        } catch (IngestException e) {
            return Optional.of("the cluster's Deployments are not known now: " + e.getMessage());
        }
    }

    @Override
    public void onChange(Runnable listener) {
        scaling.onChange(owner -> listener.run());
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
            Governance governance = Governance.of(cluster, most);
            seen = Optional.of(new Seen(
                    cluster, governance, ofPolicies(cluster, governance), UnitPrices.of(cluster.nodes(), this::price)));
        }
        return seen.orElseThrow();
    }

    private static List<TriggeredScaling> ofPolicies(ClusterSnapshot cluster, Governance governance) {
        return cluster.policies().stream()
                .filter(policy -> policy.spec().zero().enabled())
                .flatMap(policy -> Triggering.of(
                        policy,
                        governance.workloads(policy.id()).stream()
                                .filter(id -> SCALED_KINDS.contains(id.kind()))
                                .filter(id -> governance.of(id) instanceof Standing.Governed)
                                .toList())
                        .stream())
                .toList();
    }

    private BigDecimal price(Node node) {
        return prices.price(Machines.of(node)).perHour();
    }
}
