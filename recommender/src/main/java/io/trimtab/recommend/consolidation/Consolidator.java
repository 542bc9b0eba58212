package io.trimtab.recommend.consolidation;

import io.trimtab.recommend.NodeReason;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Move;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Removal;
import io.trimtab.recommend.nodes.NodeShape;
import io.trimtab.recommend.nodes.Packing.AddedNodes;
import io.trimtab.recommend.nodes.Packing.Place;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plans how many nodes become fewer or cheaper ones. The same problem, its lists in any order, has the same answer. */
public final class Consolidator {
    /** So long a pod stays where a plan has put it. */
    public static final Duration SETTLED = Duration.ofHours(1);

    private static final BigDecimal HOURS_PER_MONTH = BigDecimal.valueOf(730);

    private Consolidator() {}

    public static ConsolidationPlan plan(ConsolidationProblem problem) {
        Cluster cluster = Cluster.of(problem);
        Decision decision = switch (problem.terms().policy()) {
            case TRIMTAB -> GlobalSearch.decide(cluster);
            case CLUSTER_AUTOSCALER -> ScaleDown.decide(cluster);
            case KARPENTER -> KarpenterConsolidation.decide(cluster);
        };
        List<Draft.Added> added = decision.draft().added().stream()
                .sorted(Comparator.comparing((Draft.Added one) -> one.shape().name()))
                .toList();
        List<Removal> removals = removals(decision, added);
        BigDecimal saving = saving(decision.draft());
        return new ConsolidationPlan(
                removals, groups(added), KeptReasons.of(decision), saving, List.of(reason(decision, removals, saving)));
    }

    static BigDecimal perMonth(BigDecimal perHour) {
        return perHour.multiply(HOURS_PER_MONTH);
    }

    private static BigDecimal saving(Draft draft) {
        BigDecimal saving = BigDecimal.ZERO;
        for (Draft.Trial trial : draft.done())
            for (Host host : trial.hosts()) saving = saving.add(host.node().price());
        for (Draft.Added one : draft.added())
            saving = saving.subtract(one.shape().offer().paid());
        return perMonth(saving);
    }

    private static List<AddedNodes> groups(List<Draft.Added> added) {
        List<AddedNodes> groups = new ArrayList<>();
        for (Draft.Added one : added) {
            NodeShape shape = one.shape();
            int before = groups.isEmpty() || !groups.getLast().shape().equals(shape.name())
                    ? 0
                    : groups.removeLast().count();
            groups.add(new AddedNodes(shape.name(), before + 1, shape.offer().choice()));
        }
        return groups;
    }

    private static List<Removal> removals(Decision decision, List<Draft.Added> added) {
        Map<String, Place> places = new HashMap<>();
        for (int i = 0; i < added.size(); i++) places.put(added.get(i).room().node(), new Place.Added(i));
        Map<Integer, List<Draft.Placed>> moves = decision.draft().moves();
        Waves waves = new Waves(decision.draft().cluster().problem().allowed(), decision.limits());
        List<Removal> removals = new ArrayList<>();
        for (List<Host> command : decision.commands()) {
            int first = waves.count() + 1;
            for (Host host : command) {
                List<Move> its = moves.getOrDefault(host.index(), List.of()).stream()
                        .map(one -> move(one, places))
                        .toList();
                removals.add(new Removal(host.node().name(), its, waves.put(host, first)));
            }
        }
        removals.sort(Comparator.comparingInt(Removal::wave));
        return removals;
    }

    private static Move move(Draft.Placed one, Map<String, Place> places) {
        String to = one.to().node();
        NodePod pod = one.pod().pod();
        return new Move(pod.namespace(), pod.name(), places.getOrDefault(to, new Place.Running(to)));
    }

    private static NodeReason reason(Decision decision, List<Removal> removals, BigDecimal saving) {
        Draft draft = decision.draft();
        Cluster cluster = draft.cluster();
        double cost = cluster.costShare(draft.saving());
        double disruption = cluster.disruptionShare(draft.disruption());
        if (removals.isEmpty())
            return new NodeReason.NothingToRemove(cluster.hosts().size());
        return new NodeReason.Consolidated(
                removals.size(), draft.added().size(), removals.getLast().wave(), saving, cost, disruption);
    }
}
