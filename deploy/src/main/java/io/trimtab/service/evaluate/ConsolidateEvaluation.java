package io.trimtab.service.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trimtab.recommend.consolidation.ConsolidationPlan;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Kept;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Move;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Removal;
import io.trimtab.recommend.consolidation.Consolidator;
import io.trimtab.recommend.nodes.Packing.Place;
import java.util.List;

/** Kind {@code consolidate}: which nodes go, and what keeps the others. */
final class ConsolidateEvaluation implements Evaluation {
    @Override
    public ObjectNode answer(JsonObject document) {
        ConsolidationPlan plan = Consolidator.plan(ConsolidateReader.read(document));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode remove = answer.putArray("remove");
        plan.remove().forEach(one -> write(one, remove.addObject()));
        ArrayNode add = answer.putArray("add");
        plan.add()
                .forEach(added -> add.addObject()
                        .put("shape", added.shape())
                        .put("count", added.count())
                        .put("capacityType", added.capacityType().label()));
        ArrayNode kept = answer.putArray("kept");
        plan.kept().forEach(one -> write(one, kept.addObject()));
        answer.put("savingPerMonth", plan.savingPerMonth());
        answer.set("reasons", Reasons.encode(plan.reasons(), NodeReasonWords::explain));
        return answer;
    }

    private static void write(Removal removal, ObjectNode node) {
        node.put("node", removal.node());
        ArrayNode moves = node.putArray("moves");
        for (Move move : removal.moves()) {
            String to = switch (move.to()) {
                case Place.Added(int index) -> "+" + index;
                case Place.Running(String name) -> name;
            };
            moves.addObject().put("pod", move.pod()).put("to", to);
        }
        node.put("wave", removal.wave());
    }

    private static void write(Kept kept, ObjectNode node) {
        node.put("node", kept.node());
        ObjectNode reason = (ObjectNode)
                Reasons.encode(List.of(kept.reason()), KeptReasonWords::explain).get(0);
        reason.put("savesPerMonth", kept.savesPerMonth());
        node.set("reason", reason);
    }
}
