package io.trimtab.recommend.plan;

import io.trimtab.cost.tariff.Machine;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.Node;

/** Nodes as the price book asks for them. */
public final class Machines {
    private Machines() {}

    public static Machine of(Node node) {
        return of(node, node.capacityType());
    }

    /** As if it were on another capacity. */
    public static Machine of(Node node, CapacityType as) {
        return new Machine(node.instanceType(), node.region(), node.pool(), node.capacity(), as == CapacityType.SPOT);
    }
}
