package io.trimtab.cost.account;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** All that ran within an hour of the clock. What pods pay and what is idle sum to the bill, to the last digit. */
public record ClosedHour(Instant start, List<PodHour> pods, List<NodeHour> nodes) {
    /** @throws IllegalArgumentException if it does not start with an hour, or if what pods pay and what is idle are not the bill */
    public ClosedHour {
        pods = List.copyOf(pods);
        nodes = List.copyOf(nodes);
        if (!start.equals(start.truncatedTo(ChronoUnit.HOURS)))
            throw new IllegalArgumentException("start (%s) must be a full hour".formatted(start));
        ResourceCosts paid = pods.stream().map(PodHour::costs).reduce(ResourceCosts.NONE, ResourceCosts::plus);
        ResourceCosts idle = nodes.stream().map(NodeHour::idle).reduce(ResourceCosts.NONE, ResourceCosts::plus);
        ResourceCosts bill = billOf(nodes);
        if (!paid.plus(idle).equals(bill))
            throw new IllegalArgumentException("pods (%s) and idle (%s) of the hour %s must sum to its bill (%s)"
                    .formatted(paid, idle, start, bill));
    }

    public BigDecimal bill() {
        return billOf(nodes).total();
    }

    private static ResourceCosts billOf(List<NodeHour> nodes) {
        return nodes.stream().map(NodeHour::bill).reduce(ResourceCosts.NONE, ResourceCosts::plus);
    }
}
