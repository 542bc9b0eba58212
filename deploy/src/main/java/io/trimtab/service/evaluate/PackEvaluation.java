package io.trimtab.service.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trimtab.recommend.nodes.Packer;
import io.trimtab.recommend.nodes.Packing;
import io.trimtab.recommend.nodes.Packing.Assignment;
import io.trimtab.recommend.nodes.Packing.Place;

/** Kind {@code pack}: which nodes carry the pods. */
final class PackEvaluation implements Evaluation {
    @Override
    public ObjectNode answer(JsonObject document) {
        Packing packing = Packer.pack(PackReader.read(document));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode nodes = answer.putArray("nodes");
        packing.added()
                .forEach(added -> nodes.addObject()
                        .put("shape", added.shape())
                        .put("count", added.count())
                        .put("capacityType", added.capacityType().label()));
        ArrayNode assignments = answer.putArray("assignments");
        packing.assignments().forEach(one -> write(one, assignments.addObject()));
        ArrayNode unplaced = answer.putArray("unplaced");
        packing.unplaced()
                .forEach(one -> unplaced.addObject()
                        .put("pod", one.pod())
                        .put("count", one.count())
                        .put("reason", NodeReasonWords.explain(one.reason())));
        answer.put("nodeCount", packing.nodeCount());
        answer.put("costPerHour", packing.costPerHour());
        answer.putObject("lowerBound")
                .put("nodes", packing.lowerBound().nodes())
                .put("costPerHour", packing.lowerBound().costPerHour());
        answer.put("gap", packing.gap());
        answer.set("reasons", Reasons.encode(packing.reasons(), NodeReasonWords::explain));
        return answer;
    }

    private static void write(Assignment assignment, ObjectNode node) {
        node.put("pod", assignment.pod());
        switch (assignment.place()) {
            case Place.Added(int index) -> node.put("node", index);
            case Place.Running(String name) -> node.put("node", name);
        }
        if (assignment.share()) {
            node.put("device", assignment.devices().getFirst());
        } else if (!assignment.devices().isEmpty()) {
            ArrayNode devices = node.putArray("devices");
            assignment.devices().forEach(devices::add);
        }
    }
}
