package io.trimtab.service.opencost;

import io.trimtab.cost.account.Amounts;
import io.trimtab.cost.account.ResourceCosts;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account.Row;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What is charged under a name in a set.
 *
 * @param node on which; empty where idle is not shared by node
 * @param idle what of the idle cost it bears
 * @param shared what of others' cost it bears
 */
record Part(
        Aggregation.Named named,
        String node,
        Span span,
        ResourceCosts costs,
        Amounts cpu,
        Amounts memory,
        BigDecimal gpuHours,
        ResourceCosts idle,
        BigDecimal shared) {

    static Part of(Aggregation.Named named, String node, Row row) {
        return new Part(
                named,
                node,
                row.span(),
                row.costs(),
                row.cpu(),
                row.memory(),
                row.gpuHours(),
                ResourceCosts.NONE,
                BigDecimal.ZERO);
    }

    /** A cost without a pod. */
    static Part of(String name, Span span, ResourceCosts costs, BigDecimal shared) {
        Amounts none = new Amounts(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
        return new Part(
                new Aggregation.Named(name, Map.of("cluster", Aggregation.CLUSTER)),
                "",
                span,
                costs,
                none,
                none,
                BigDecimal.ZERO,
                ResourceCosts.NONE,
                shared);
    }

    String name() {
        return named.name();
    }

    BigDecimal total() {
        return costs.total().add(idle.total()).add(shared);
    }

    Part bearing(ResourceCosts idleCosts, BigDecimal others) {
        return new Part(named, node, span, costs, cpu, memory, gpuHours, idleCosts, others);
    }

    /** Both together, under the name that they share. */
    Part plus(Part other) {
        return new Part(
                named,
                node,
                new Span(
                        span.start().isBefore(other.span.start()) ? span.start() : other.span.start(),
                        span.end().isAfter(other.span.end()) ? span.end() : other.span.end()),
                costs.plus(other.costs),
                sum(cpu, other.cpu),
                sum(memory, other.memory),
                gpuHours.add(other.gpuHours),
                idle.plus(other.idle),
                shared.add(other.shared));
    }

    private static Amounts sum(Amounts one, Amounts other) {
        return new Amounts(
                one.requested().add(other.requested()),
                one.used().add(other.used()),
                one.charged().add(other.charged()));
    }
}
