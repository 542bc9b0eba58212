package io.trimtab.recommend.consolidation;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.KeptReason;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Kept;
import io.trimtab.recommend.consolidation.ConsolidationProblem.Policy;
import io.trimtab.recommend.nodes.NodeShape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Why each node that stays does, and what the cheapest fix of that would save. */
final class KeptReasons {
    private final Decision decision;
    private final Cluster cluster;
    private final Resources free;

    private KeptReasons(Decision decision) {
        this.decision = decision;
        cluster = decision.draft().cluster();
        free = rooms().map(Room::free).reduce(Resources.ZERO, Resources::plus);
    }

    private Stream<Room> rooms() {
        Draft draft = decision.draft();
        return Stream.concat(
                cluster.hosts().stream()
                        .filter(host -> !draft.isDrained(host.index()))
                        .map(draft::room),
                draft.added().stream().map(Draft.Added::room));
    }

    static List<Kept> of(Decision decision) {
        var reasons = new KeptReasons(decision);
        return reasons.cluster.hosts().stream()
                .filter(host -> !decision.draft().isDrained(host.index()))
                .map(host -> new Kept(host.node().name(), reasons.reason(host), reasons.saves(host)))
                .toList();
    }

    private KeptReason reason(Host host) {
        KeptReason held = decision.held().get(host.index());
        if (held != null) return held;
        int received = decision.draft().room(host).received();
        if (received > 0) return new KeptReason.TakesPods(received);
        double score = GlobalSearch.score(cluster, host);
        if (isOurs() && score < GlobalSearch.LEAST_SCORE)
            return new KeptReason.LowScore(score, GlobalSearch.LEAST_SCORE);
        int alike = (int) decision.draft().added().stream()
                .filter(added -> added.shape().name().equals(host.node().shape()))
                .count();
        if (isOurs() && alike > 0) return new KeptReason.ShapeAdded(host.node().shape(), alike);
        return noRoom(host);
    }

    private boolean isOurs() {
        return cluster.problem().terms().policy() == Policy.TRIMTAB;
    }

    private boolean takes(Room room, Moving pod) {
        return isOurs() ? Guided.suits(decision.draft(), room, pod) : room.takes(pod);
    }

    private KeptReason noRoom(Host host) {
        Resources needed = host.requested();
        Room own = decision.draft().room(host);
        Resources elsewhere = free.minusOrZero(own.free());
        if (needed.cpu().compareTo(elsewhere.cpu()) > 0)
            return new KeptReason.TooLittleRoom(
                    "cpu", needed.cpu().toString(), elsewhere.cpu().toString());
        if (needed.memory().compareTo(elsewhere.memory()) > 0)
            return new KeptReason.TooLittleRoom(
                    "memory", needed.memory().rounded(), elsewhere.memory().rounded());
        if (needed.gpu().compareTo(elsewhere.gpu()) > 0)
            return new KeptReason.TooLittleRoom(
                    "gpu", needed.gpu().toString(), elsewhere.gpu().toString());
        double storage =
                host.moving().stream().mapToDouble(Moving::storageBytes).sum();
        double freeStorage = rooms().filter(room -> room != own)
                .mapToDouble(Room::storageBytes)
                .sum();
        if (storage > freeStorage)
            return new KeptReason.TooLittleRoom(
                    "ephemeral storage", new Bytes((long) storage).rounded(), new Bytes((long) freeStorage).rounded());
        List<Moving> homeless = homeless(host);
        // With other moves made first all may have had a place; then it is its largest pod that was in the way.
        Moving largest = (homeless.isEmpty() ? host.moving() : homeless).getFirst();
        return new KeptReason.RoomInPieces(largest.pod().name(), Math.max(1, homeless.size()));
    }

    /** Those of its pods for which nothing is left once the others have moved; changes nothing. */
    private List<Moving> homeless(Host host) {
        List<Moving> homeless = new ArrayList<>();
        List<Draft.Placed> placed = new ArrayList<>();
        List<Room> others =
                rooms().filter(room -> room != decision.draft().room(host)).toList();
        for (Moving pod : host.moving()) {
            Optional<Room> room =
                    others.stream().filter(other -> takes(other, pod)).findFirst();
            room.ifPresentOrElse(
                    found -> placed.add(new Draft.Placed(pod, found, found.take(pod))), () -> homeless.add(pod));
        }
        placed.reversed().forEach(one -> one.to().giveBack(one.pod(), one.devices()));
        return homeless;
    }

    /** The node's price if its pods have room elsewhere once they may move; what a cheaper shape for them saves if not; nothing where neither is. */
    private BigDecimal saves(Host host) {
        BigDecimal price = host.node().price();
        boolean takes = decision.draft().room(host).received() > 0;
        if (!takes && homeless(host).isEmpty()) return Consolidator.perMonth(price);
        List<Moving> pods = new ArrayList<>(host.moving());
        decision.draft()
                .done()
                .forEach(trial -> trial.placed().stream()
                        .filter(one -> one.to() == decision.draft().room(host))
                        .forEach(one -> pods.add(one.pod())));
        pods.sort(Moving.LARGEST_FIRST);
        return Shapes.cheapest(cluster.problem().shapes(), pods)
                .map(NodeShape::offer)
                .map(offer -> price.subtract(offer.paid()))
                .filter(less -> less.signum() > 0)
                .map(Consolidator::perMonth)
                .orElse(BigDecimal.ZERO);
    }
}
