package io.trimtab.recommend.consolidation;

import io.trimtab.ingest.model.CapacityType;
import io.trimtab.recommend.KeptReason;
import io.trimtab.recommend.nodes.NodeShape;
import io.trimtab.recommend.nodes.Offer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Karpenter would do with its defaults, command after command: empty nodes; then the longest run of the least disruptive nodes that at most one cheaper node
 * replaces, as long as there is one; then single nodes.
 *
 * @see "https://karpenter.sh/docs/concepts/disruption/#consolidation"
 */
final class KarpenterConsolidation {
    private static final int MOST_TOGETHER = 100;
    private static final int SPOT_CHOICE = 15;

    private final Cluster cluster;
    private final Draft draft;
    private final Map<Integer, KeptReason> held;
    private final List<NodeShape> shapes;
    private final Limits limits;
    private final int allowed;
    private final int allowedEmpty;
    private final List<List<Host>> commands = new ArrayList<>();

    private KarpenterConsolidation(Cluster cluster) {
        this.cluster = cluster;
        draft = new Draft(cluster, new FirstFit());
        held = Eligibility.held(cluster);
        shapes = cluster.problem().shapes().stream()
                .map(KarpenterConsolidation::withoutReclaims)
                .toList();
        limits = Limits.of(cluster.problem());
        allowed = limits.sum(Limits.AtOnce::used);
        allowedEmpty = limits.sum(Limits.AtOnce::empty);
    }

    /** It compares prices alone. */
    private static NodeShape withoutReclaims(NodeShape shape) {
        Offer offer = new Offer(shape.offer().price(), shape.offer().spotPrice(), BigDecimal.ZERO);
        return new NodeShape(
                shape.name(),
                shape.cpu(),
                shape.memory(),
                shape.devices(),
                shape.pods(),
                shape.daemonCpu(),
                shape.daemonMemory(),
                shape.zone(),
                offer,
                shape.max());
    }

    static Decision decide(Cluster cluster) {
        var consolidation = new KarpenterConsolidation(cluster);
        consolidation.empties();
        while (consolidation.several()) {}
        consolidation.singles();
        return new Decision(consolidation.draft, consolidation.held, consolidation.commands, consolidation.limits);
    }

    private void empties() {
        List<Host> empty = cluster.hosts().stream()
                .filter(host -> host.isEmpty() && !held.containsKey(host.index()))
                .toList();
        for (int from = 0; from < empty.size(); from += allowedEmpty) {
            List<Host> together = empty.subList(from, Math.min(empty.size(), from + allowedEmpty));
            draft.drain(together, true);
            commands.add(List.copyOf(together));
        }
    }

    private List<Host> candidates() {
        return cluster.hosts().stream()
                .filter(host -> !held.containsKey(host.index()) && !host.isEmpty() && draft.mayDrain(host))
                .sorted(Comparator.comparingInt((Host host) -> host.moving().size())
                        .thenComparing(host -> host.node().name()))
                .toList();
    }

    /** The least disruptive ones that budgets let go together. */
    private List<Host> together() {
        List<Host> together = new ArrayList<>();
        Map<String, Integer> evictions = new HashMap<>();
        for (Host host : candidates()) {
            if (together.size() >= Math.min(MOST_TOGETHER, allowed)) break;
            boolean fits = host.evictions().entrySet().stream()
                    .allMatch(entry -> evictions.getOrDefault(entry.getKey(), 0) + entry.getValue()
                            <= cluster.problem().allowed().getOrDefault(entry.getKey(), 0));
            if (!fits) continue;
            together.add(host);
            host.evictions().forEach((budget, pods) -> evictions.merge(budget, pods, Integer::sum));
        }
        return together;
    }

    /** By halving, which takes it that fewer nodes always go where more do. */
    private boolean several() {
        List<Host> together = together();
        int least = 2;
        int most = together.size();
        int best = 0;
        while (least <= most) {
            int size = (least + most) / 2;
            Optional<Draft.Trial> trial = command(together.subList(0, size));
            if (trial.isPresent()) {
                undo(trial.get());
                best = size;
                least = size + 1;
            } else {
                most = size - 1;
            }
        }
        if (best == 0) return false;
        commands.add(List.copyOf(together.subList(0, best)));
        return command(together.subList(0, best)).isPresent();
    }

    private void singles() {
        int before = -1;
        // Room only shrinks, except where a node was added: only then is it worth looking again.
        while (before != draft.added().size()) {
            before = draft.added().size();
            for (Host host : candidates()) {
                if (!draft.mayDrain(host)) continue;
                if (command(List.of(host)).isPresent()) commands.add(List.of(host));
            }
        }
    }

    private void undo(Draft.Trial trial) {
        boolean replaced = trial.placed().stream().anyMatch(one -> isLast(one.to()));
        draft.undo(trial);
        if (replaced) draft.added().removeLast();
    }

    private boolean isLast(Room room) {
        return !draft.added().isEmpty() && draft.added().getLast().room() == room;
    }

    /** Drains the hosts if what has no room elsewhere fits one cheaper node. */
    private Optional<Draft.Trial> command(List<Host> hosts) {
        Draft.Trial trial = draft.drain(hosts, false);
        if (trial.left().isEmpty()) return Optional.of(trial);
        Optional<NodeShape> replacement = replacement(hosts, trial.left());
        if (replacement.isEmpty()) {
            draft.undo(trial);
            return Optional.empty();
        }
        Room room = draft.add(replacement.get());
        trial.left().forEach(pod -> draft.put(trial, pod, room));
        trial.left().clear();
        return Optional.of(trial);
    }

    private Optional<NodeShape> replacement(List<Host> hosts, List<Moving> pods) {
        BigDecimal price = hosts.stream().map(host -> host.node().price()).reduce(BigDecimal.ZERO, BigDecimal::add);
        List<NodeShape> carriers = shapes.stream()
                .filter(shape -> Shapes.carries(shape, pods) && mayAdd(shape))
                .toList();
        List<NodeShape> cheaper = carriers.stream()
                .filter(shape -> shape.offer().paid().compareTo(limit(hosts, price, carriers)) < 0)
                .sorted(Comparator.comparing((NodeShape shape) -> shape.offer().paid())
                        .thenComparing(NodeShape::name))
                .toList();
        boolean single = hosts.size() == 1;
        boolean spot = hosts.stream().allMatch(host -> host.node().capacityType() == CapacityType.SPOT)
                && carriers.stream().anyMatch(shape -> shape.offer().spotPrice().isPresent());
        if (spot && !cluster.problem().terms().spotToSpot()) {
            if (single) held.put(hosts.getFirst().index(), new KeptReason.SpotStays(cheaper.size(), 0));
            return Optional.empty();
        }
        if (spot && single && cheaper.size() < SPOT_CHOICE) {
            held.put(hosts.getFirst().index(), new KeptReason.SpotStays(cheaper.size(), SPOT_CHOICE));
            return Optional.empty();
        }
        if (cheaper.isEmpty() && single)
            held.put(
                    hosts.getFirst().index(),
                    new KeptReason.NothingCheaper(
                            price,
                            Shapes.cheapest(shapes, pods)
                                    .map(shape -> shape.offer().paid())));
        return cheaper.stream().findFirst();
    }

    private boolean mayAdd(NodeShape shape) {
        long added = draft.added().stream()
                .filter(one -> one.shape().name().equals(shape.name()))
                .count();
        return added < shape.max().orElse(Integer.MAX_VALUE);
    }

    /** Several nodes are not replaced by one that costs what one of them of the same shape does: it would be better to keep that. */
    private static BigDecimal limit(List<Host> hosts, BigDecimal sum, List<NodeShape> carriers) {
        if (hosts.size() == 1) return sum;
        Set<String> names = carriers.stream().map(NodeShape::name).collect(Collectors.toCollection(HashSet::new));
        return hosts.stream()
                .filter(host -> names.contains(host.node().shape()))
                .map(host -> host.node().price())
                .min(Comparator.naturalOrder())
                .orElse(sum);
    }
}
