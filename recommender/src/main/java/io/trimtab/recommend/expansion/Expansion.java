package io.trimtab.recommend.expansion;

import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What one node group would add for pods that wait.
 *
 * @param group its name
 * @param nodes to add for all of its pods
 * @param pricePerHour of one of these, USD
 * @param room of one of these
 * @param pods that it would carry, each with what it asks for
 */
public record Expansion(String group, int nodes, BigDecimal pricePerHour, Resources room, Map<String, Resources> pods) {
    private static final double LEAST_SHARE = 1e-4;

    public Expansion {
        if (nodes < 1)
            throw new IllegalArgumentException("nodes (%d) of %s must be at least 1".formatted(nodes, group));
        if (pricePerHour.signum() < 0)
            throw new IllegalArgumentException("price (%s) of %s must be >= 0".formatted(pricePerHour, group));
        if (pods.isEmpty()) throw new IllegalArgumentException("%s carries no pod".formatted(group));
        pods = Map.copyOf(pods);
    }

    /** USD per hour. */
    public BigDecimal cost() {
        return pricePerHour.multiply(BigDecimal.valueOf(nodes));
    }

    /** The largest part that a pod takes of a node in any resource, above 0 so that pods which ask for nothing share a node evenly. */
    double share(String pod) {
        Resources asked = pods.getOrDefault(pod, Resources.ZERO);
        return List.of(
                        part(asked.cpu().value(), room.cpu().value()),
                        part(asked.memory().value(), room.memory().value()),
                        part(asked.gpu().value(), room.gpu().value()))
                .stream()
                .reduce(LEAST_SHARE, Math::max);
    }

    /** What is asked for of something that a node has none of was found to fit all the same, so it counts for nothing. */
    private static double part(long asked, long room) {
        return room <= 0 ? 0 : (double) asked / room;
    }
}
