package io.trimtab.recommend.nodes;

import io.trimtab.ingest.model.CapacityType;
import io.trimtab.recommend.NodeReason;
import java.math.BigDecimal;
import java.util.List;

/**
 * Where every copy goes. Counts and costs are of added nodes only.
 *
 * @param added by shape name; a {@link Place.Added} counts through them in this order
 * @param assignments one for each placed copy, by pod name
 * @param costPerHour USD that is paid
 * @param gap of the objective's value over its bound; 0.1 is 10 %
 * @param reasons the decisive one first
 */
public record Packing(
        List<AddedNodes> added,
        List<Assignment> assignments,
        List<Unplaced> unplaced,
        int nodeCount,
        BigDecimal costPerHour,
        Bound lowerBound,
        double gap,
        List<NodeReason> reasons) {
    public Packing {
        added = List.copyOf(added);
        assignments = List.copyOf(assignments);
        unplaced = List.copyOf(unplaced);
        reasons = List.copyOf(reasons);
    }

    /** Nodes of one shape to add. */
    public record AddedNodes(String shape, int count, CapacityType capacityType) {}

    /** A node. */
    public sealed interface Place {
        /** The node of this index among those added. */
        record Added(int index) implements Place {}

        /** One that runs. */
        record Running(String name) implements Place {}
    }

    /**
     * One copy's place.
     *
     * @param devices that it has, none without a GPU
     * @param share whether it has only a part of its one device
     */
    public record Assignment(String pod, Place place, List<Integer> devices, boolean share) {
        public Assignment {
            devices = List.copyOf(devices);
        }
    }

    /** Copies without a place, and why. */
    public record Unplaced(String pod, int count, NodeReason reason) {}

    /** No packing of the placed pods adds fewer nodes or costs less, USD per hour. */
    public record Bound(int nodes, BigDecimal costPerHour) {}
}
