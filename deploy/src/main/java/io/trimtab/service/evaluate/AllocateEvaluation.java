package io.trimtab.service.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trimtab.cost.allocation.Allocation;
import io.trimtab.cost.allocation.AllocationReason;
import io.trimtab.cost.allocation.Allocator;
import java.math.BigDecimal;

/** {@code allocate}: who pays what. */
final class AllocateEvaluation implements Evaluation {
    @Override
    public ObjectNode answer(JsonObject input) {
        return write(Allocator.allocate(AllocateReader.read(input)));
    }

    private static ObjectNode write(Allocation allocation) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = answer.putArray("rows");
        allocation
                .rows()
                .forEach(row -> rows.addObject()
                        .put("key", row.key())
                        .put("cpuCost", row.cpuCost())
                        .put("memoryCost", row.memoryCost())
                        .put("gpuCost", row.gpuCost())
                        .put("volumeCost", row.volumeCost())
                        .put("networkCost", row.networkCost())
                        .put("loadBalancerCost", row.loadBalancerCost())
                        .put("sharedCost", row.sharedCost())
                        .put("idleCost", row.idleCost())
                        .put("totalCost", row.totalCost())
                        .put("cpuCoreHours", row.cpuCoreHours())
                        .put("efficiency", row.efficiency())
                        .put("gramsCO2e", row.gramsCO2e()));
        Allocation.Idle idle = allocation.idle();
        answer.putObject("idle")
                .put("cpuCost", idle.cpuCost())
                .put("memoryCost", idle.memoryCost())
                .put("gpuCost", idle.gpuCost())
                .put("totalCost", idle.totalCost());
        Allocation.Unmounted unmounted = allocation.unmounted();
        ObjectNode unmountedNode = answer.putObject("unmounted").put("volumeCost", unmounted.volumeCost());
        if (unmounted.otherCost().signum() != 0) unmountedNode.put("otherCost", unmounted.otherCost());
        unmountedNode.put("totalCost", unmounted.totalCost());
        answer.put("bill", allocation.bill());
        answer.put("residual", residual(allocation));
        answer.put("estimatedShare", allocation.estimatedShare());
        answer.set("reasons", Reasons.encode(allocation.reasons(), AllocateEvaluation::words));
        return answer;
    }

    /** What is left of the bill when all that is printed is taken from it. */
    private static BigDecimal residual(Allocation allocation) {
        BigDecimal rows =
                allocation.rows().stream().map(row -> row.totalCost()).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal left = allocation
                .bill()
                .subtract(rows)
                .subtract(allocation.idle().totalCost())
                .subtract(allocation.unmounted().totalCost());
        return left.signum() == 0 ? BigDecimal.ZERO : left;
    }

    private static String words(AllocationReason reason) {
        return switch (reason) {
            case AllocationReason.Conserved(int nodes, int pods, BigDecimal bill) ->
                "the bill of %s is allocated whole over %d nodes and %d pods"
                        .formatted(bill.stripTrailingZeros().toPlainString(), nodes, pods);
            case AllocationReason.NothingPriced() -> "nothing in the window has a price";
            case AllocationReason.Overcommitted(String node) ->
                "the pods of node %s exceed it at times and are scaled down in proportion".formatted(node);
            case AllocationReason.EstimatedPrices(BigDecimal share) ->
                "%s of the bill rests on prices carried over a gap"
                        .formatted(share.stripTrailingZeros().toPlainString());
        };
    }
}
