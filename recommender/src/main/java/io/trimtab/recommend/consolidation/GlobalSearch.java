package io.trimtab.recommend.consolidation;

import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.recommend.KeptReason;
import io.trimtab.recommend.nodes.NodeShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Our plan: several ways to choose the nodes that go, of which the one is taken whose share of the cost exceeds its share of the disruption the most. Nodes go one by
 * one into the room of others, or, where shapes may be added, the dear ones first, all together.
 *
 * @see "https://karpenter.sh/docs/concepts/disruption/ (Balanced: the same two shares weigh a single command there)"
 */
final class GlobalSearch {
    /** A part of the cost is worth at most four times that part of all disruption. */
    static final double LEAST_SCORE = 0.1;

    /** How much more than its room is worth a node may cost and not be dear. */
    private static final double DEAR = 1.02;

    /** What new nodes cost against what their pods are worth at the best. */
    private static final double PACKED = 1.06;

    /** Replacements that are worked out: the ones that look best. */
    private static final int MOST_PACKED = 3;

    /** Orders in which dear nodes are drained together: more than these found nothing better. */
    private static final int DRAINING = 3;

    /** Parts of the dear nodes that are tried. */
    private static final double[] PARTS = {0.5, 1};

    private final Cluster cluster;
    private final Map<Integer, KeptReason> held;
    private final boolean[] staying;
    private final List<Host> candidates;
    private final double gibPerMilli;
    private Draft best;

    private GlobalSearch(Cluster cluster) {
        this.cluster = cluster;
        held = Eligibility.held(cluster);
        staying = new boolean[cluster.hosts().size()];
        held.keySet().forEach(index -> staying[index] = true);
        candidates =
                cluster.hosts().stream().filter(host -> !staying[host.index()]).toList();
        Resources asked = cluster.hosts().stream().map(Host::requested).reduce(Resources.ZERO, Resources::plus);
        gibPerMilli = asked.memory().value()
                / (double) (1L << 30)
                / Math.max(1, asked.cpu().value());
        best = new Draft(cluster, new FirstFit());
    }

    static Decision decide(Cluster cluster) {
        var search = new GlobalSearch(cluster);
        List<NodeShape> shapes = cluster.problem().shapes();
        Worth worth = Worth.of(search.candidates, shapes);
        for (Comparator<Host> order : orders(worth)) search.consider(search.fold(order));
        if (!shapes.isEmpty()) search.replace(worth);
        return new Decision(search.best, search.held, List.of(search.sequence()), Limits.of(cluster.problem()));
    }

    /** In which order nodes go: by what is wasted on them for each second of disruption, by price for its room, by how much is used. */
    private static List<Comparator<Host>> orders(Worth worth) {
        return List.of(
                byScore(host -> host.price() - worth.of(host.requested()), true),
                byScore(host -> worth.of(host.room()) - host.price(), false),
                byScore(host -> worth.of(host.requested()) / Math.max(1e-12, worth.of(host.room())), false),
                byScore(Host::price, true));
    }

    private interface Score {
        double of(Host host);
    }

    private static Comparator<Host> byScore(Score score, boolean perDisruption) {
        Comparator<Host> falling = Comparator.comparingDouble(
                host -> perDisruption ? -score.of(host) / Math.max(1, host.disruption()) : score.of(host));
        return falling.thenComparingDouble(Host::disruption)
                .thenComparing(host -> host.node().name());
    }

    private void consider(Draft draft) {
        if (value(draft) > value(best) + 1e-12) best = draft;
    }

    private double value(Draft draft) {
        return cluster.costShare(draft.saving()) - LEAST_SCORE * cluster.disruptionShare(draft.disruption());
    }

    private Draft draft(Comparator<Host> order) {
        List<Host> keepFirst = cluster.hosts().stream().sorted(order.reversed()).toList();
        return new Draft(cluster, new Guided(keepFirst, staying, gibPerMilli));
    }

    private Draft fold(Comparator<Host> order) {
        Draft draft = draft(order);
        foldRest(draft, order);
        return draft;
    }

    /** Never a node of a shape that the draft adds: that would swap it for its own kind. */
    private void foldRest(Draft draft, Comparator<Host> order) {
        Set<String> added = new HashSet<>();
        draft.added().forEach(one -> added.add(one.shape().name()));
        candidates.stream()
                .sorted(order)
                .filter(host -> !added.contains(host.node().shape()))
                .filter(host -> score(cluster, host) >= LEAST_SCORE)
                .forEach(host -> {
                    if (draft.mayDrain(host)) draft.tryDrain(host);
                });
    }

    /** Of draining a host into the room of others; nothing for one that costs nothing. */
    static double score(Cluster cluster, Host host) {
        double disruption = cluster.disruptionShare(host.disruption());
        double saved = cluster.costShare(host.price());
        if (saved == 0) return 0;
        return disruption == 0 ? Double.MAX_VALUE : saved / disruption;
    }

    /** A part of the dear nodes drained together, and what that is worth if new nodes cost what resources do at the best and a little more. */
    private record Replacement(Comparator<Host> order, Draft draft, Draft.Trial trial, double value) {}

    private void replace(Worth worth) {
        List<Replacement> replacements = new ArrayList<>();
        for (Comparator<Host> order : orders(worth).subList(0, DRAINING)) {
            List<Host> dear = dear(worth).sorted(order).toList();
            for (double part : PARTS) {
                List<Host> leaving = dear.subList(0, (int) Math.ceil(part * dear.size()));
                if (!leaving.isEmpty()) replacements.add(replacement(leaving, order, worth));
            }
        }
        replacements.sort(Comparator.comparingDouble(one -> -one.value()));
        for (Replacement one : replacements.subList(0, Math.min(MOST_PACKED, replacements.size()))) {
            if (!one.trial().left().isEmpty() && !Additions.add(one.draft(), one.trial())) continue;
            foldRest(one.draft(), one.order());
            consider(one.draft());
        }
    }

    /** Candidates that cost more than their room is worth. */
    private Stream<Host> dear(Worth worth) {
        boolean spotToSpot = cluster.problem().terms().spotToSpot();
        return candidates.stream()
                .filter(host -> host.price() > DEAR * worth.of(host.room()))
                .filter(host -> spotToSpot || host.node().capacityType() == CapacityType.ON_DEMAND);
    }

    private Replacement replacement(List<Host> leaving, Comparator<Host> order, Worth worth) {
        Draft draft = draft(order);
        Draft.Trial trial = draft.drain(leaving, false);
        Resources left =
                trial.left().stream().map(moving -> moving.pod().requested()).reduce(Resources.ZERO, Resources::plus);
        double value = value(draft) - cluster.costShare(PACKED * worth.of(left));
        return new Replacement(order, draft, trial, value);
    }

    /** The drained hosts, those first that save the most for their disruption. */
    private List<Host> sequence() {
        List<Host> sequence = new ArrayList<>();
        best.done().forEach(trial -> sequence.addAll(trial.hosts()));
        sequence.sort(Comparator.comparingDouble((Host host) -> -score(cluster, host))
                .thenComparing(host -> host.node().name()));
        return sequence;
    }
}
