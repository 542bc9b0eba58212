package io.trimtab.recommend.consolidation.simulation;

import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.consolidation.ClusterNode;
import io.trimtab.recommend.consolidation.ConsolidationProblem;
import io.trimtab.recommend.consolidation.NodePod;
import io.trimtab.recommend.nodes.NodeShape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One node at a time, the one with the fewest pods first, for as long as there is one whose pods fit on the others, or, where shapes may be added, on the others and one
 * cheaper node. Pods move as often as it comes; how many at once is not asked.
 */
public final class SingleMoves {
    /** A node being filled. */
    private static final class Box {
        private final BigDecimal price;
        private final int most;
        private final boolean held;
        private final List<NodePod> pods = new ArrayList<>();
        private Resources free;

        Box(BigDecimal price, Resources room, int most, boolean held) {
            this.price = price;
            this.most = most;
            this.held = held;
            free = room;
        }

        boolean put(NodePod pod) {
            if (pods.size() >= most || !pod.requested().fitsIn(free)) return false;
            free = free.minusOrZero(pod.requested());
            pods.add(pod);
            return true;
        }

        void takeBack(NodePod pod) {
            pods.remove(pods.size() - 1);
            free = free.plus(pod.requested());
        }
    }

    private record Placed(NodePod pod, Box box) {}

    private final List<NodeShape> shapes;
    private final List<Box> boxes = new ArrayList<>();

    private SingleMoves(ConsolidationProblem problem) {
        shapes = problem.shapes();
        for (ClusterNode node : problem.nodes()) boxes.add(box(node, problem.allowed()));
    }

    private static Box box(ClusterNode node, Map<String, Integer> allowed) {
        List<NodePod> daemons = node.pods().stream().filter(NodePod::daemon).toList();
        Resources used = daemons.stream().map(NodePod::requested).reduce(Resources.ZERO, Resources::plus);
        boolean held = node.pods().stream()
                .anyMatch(pod -> !pod.annotations().isEmpty()
                        || pod.budget()
                                .filter(name -> allowed.getOrDefault(name, 0) == 0)
                                .isPresent());
        Box box = new Box(node.price(), node.allocatable().minusOrZero(used), node.maxPods() - daemons.size(), held);
        node.pods().stream().filter(pod -> !pod.daemon()).forEach(box::put);
        return box;
    }

    /** @return USD per hour */
    public static BigDecimal saving(ConsolidationProblem problem) {
        var moves = new SingleMoves(problem);
        BigDecimal before = moves.cost();
        while (moves.pass()) {}
        return before.subtract(moves.cost());
    }

    private BigDecimal cost() {
        return boxes.stream().map(box -> box.price).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private boolean pass() {
        boolean moved = false;
        List<Box> order = boxes.stream()
                .filter(box -> !box.held)
                .sorted(Comparator.comparingInt(box -> box.pods.size()))
                .toList();
        for (Box box : order) moved |= move(box);
        return moved;
    }

    private boolean move(Box from) {
        List<Placed> placed = new ArrayList<>();
        List<NodePod> left = new ArrayList<>();
        from.pods.stream()
                .sorted(Comparator.comparing((NodePod pod) -> pod.requested().cpu())
                        .reversed())
                .forEach(pod -> boxes.stream()
                        .filter(box -> box != from && box.put(pod))
                        .findFirst()
                        .ifPresentOrElse(box -> placed.add(new Placed(pod, box)), () -> left.add(pod)));
        Optional<Box> added = left.isEmpty() ? Optional.empty() : cheaper(from, left);
        if (!left.isEmpty() && added.isEmpty()) {
            placed.reversed().forEach(one -> one.box().takeBack(one.pod()));
            return false;
        }
        boxes.remove(from);
        added.ifPresent(boxes::add);
        return true;
    }

    private Optional<Box> cheaper(Box from, List<NodePod> pods) {
        return shapes.stream()
                .filter(shape -> shape.offer().paid().compareTo(from.price) < 0)
                .sorted(Comparator.comparing(shape -> shape.offer().paid()))
                .map(shape -> new Box(
                        shape.offer().paid(),
                        new Resources(
                                shape.cpu().minusOrZero(shape.daemonCpu()),
                                shape.memory().minusOrZero(shape.daemonMemory()),
                                Resources.ZERO.gpu()),
                        shape.pods(),
                        false))
                .filter(box -> IntStream.range(0, pods.size()).allMatch(i -> box.put(pods.get(i))))
                .findFirst();
    }
}
