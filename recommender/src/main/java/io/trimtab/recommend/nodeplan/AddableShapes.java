package io.trimtab.recommend.nodeplan;

import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.recommend.feasible.Feasibility;
import io.trimtab.recommend.nodes.NodeShape;
import io.trimtab.recommend.nodes.Offer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Shapes that may be added: those of nodes that a pool makes already, that are ready and keep no pod off. Each with the least room and the most daemons that a node of it
 * has, so that what is planned for a new one fits.
 */
final class AddableShapes {
    private final List<Node> examples;
    private final List<NodeShape> shapes;

    AddableShapes(List<Node> nodes, Map<String, List<Pod>> byNode, NodePlans.Prices prices) {
        examples = nodes.stream()
                .filter(node -> !node.pool().isEmpty()
                        && node.ready()
                        && node.schedulable()
                        && node.taints().isEmpty())
                .toList();
        shapes = examples.stream()
                .collect(Collectors.groupingBy(AddableShapes::name, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(alike -> shape(alike, byNode, prices))
                .toList();
    }

    /** Such as {@code m5.xlarge on-demand}. */
    static String name(Node node) {
        return node.instanceType() + " " + node.capacityType().label();
    }

    List<Node> examples() {
        return examples;
    }

    List<NodeShape> shapes() {
        return shapes;
    }

    private static NodeShape shape(List<Node> alike, Map<String, List<Pod>> byNode, NodePlans.Prices prices) {
        Node first = alike.getFirst();
        Resources room = alike.stream()
                .map(Node::allocatable)
                .reduce(AddableShapes::least)
                .orElseThrow();
        Resources daemons = Resources.ZERO;
        int pods = Integer.MAX_VALUE;
        for (Node node : alike) {
            List<Pod> its = byNode.getOrDefault(node.name(), List.of()).stream()
                    .filter(NodePlans::stays)
                    .toList();
            daemons = most(daemons, its.stream().map(Feasibility::counted).reduce(Resources.ZERO, Resources::plus));
            pods = Math.min(pods, Math.max(0, node.maxPods() - its.size()));
        }
        int gpus = Math.toIntExact(room.gpu().value() / 1000);
        BigDecimal onDemand = prices.price(first, CapacityType.ON_DEMAND);
        Offer offer = switch (first.capacityType()) {
            case ON_DEMAND -> Offer.onDemand(onDemand);
            case SPOT -> new Offer(onDemand, Optional.of(prices.price(first, CapacityType.SPOT)), BigDecimal.ZERO);
        };
        return new NodeShape(
                name(first),
                room.cpu(),
                room.memory(),
                new NodeShape.Devices(gpus, Optional.empty(), 1),
                pods,
                daemons.cpu(),
                daemons.memory(),
                Optional.empty(),
                offer,
                OptionalInt.empty());
    }

    private static Resources least(Resources one, Resources other) {
        return new Resources(
                one.cpu().compareTo(other.cpu()) < 0 ? one.cpu() : other.cpu(),
                one.memory().compareTo(other.memory()) < 0 ? one.memory() : other.memory(),
                one.gpu().compareTo(other.gpu()) < 0 ? one.gpu() : other.gpu());
    }

    private static Resources most(Resources one, Resources other) {
        return new Resources(
                one.cpu().compareTo(other.cpu()) < 0 ? other.cpu() : one.cpu(),
                one.memory().compareTo(other.memory()) < 0 ? other.memory() : one.memory(),
                one.gpu().compareTo(other.gpu()) < 0 ? other.gpu() : one.gpu());
    }
}
