package io.trimtab.recommend.expansion;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the node group to grow. What a group would add is paid for by its pods, in proportion to the largest part of a node that each takes; the least that any group
 * asks for a pod is what the pod is worth. The group that asks least beyond the worth of its pods grows first, so a group is never grown for pods that another one carries
 * for less, and the few pods that only a dear group carries do not draw the others to it. Who asks comes again for the pods that still wait.
 */
public final class Expansions {
    /** Two groups are equally good when they ask for as much to this part. */
    private static final double SAME = 1e-9;

    private Expansions() {}

    /**
     * The group to grow.
     *
     * @param overpay how many times what its pods are worth it asks for; 1 where no other group carries any of them for less
     * @param others that could grow
     */
    public record Choice(String group, int nodes, BigDecimal costPerHour, int pods, double overpay, int others) {}

    /**
     * The same groups in any order have the same answer; of equally good ones that with the most pods, then the first by name.
     *
     * @throws IllegalArgumentException if there is none, or a name is there twice
     */
    public static Choice choose(Collection<Expansion> expansions) {
        List<Expansion> all = expansions.stream()
                .sorted(Comparator.comparing(Expansion::group))
                .toList();
        if (all.isEmpty()) throw new IllegalArgumentException("there is no node group to choose");
        if (all.stream().map(Expansion::group).distinct().count() < all.size())
            throw new IllegalArgumentException("a node group is there twice");
        Map<String, Double> worth = new HashMap<>();
        all.forEach(expansion -> prices(expansion).forEach((pod, price) -> worth.merge(pod, price, Math::min)));
        Choice best = choice(all.getFirst(), worth, all.size() - 1);
        for (Expansion expansion : all.subList(1, all.size())) {
            Choice other = choice(expansion, worth, all.size() - 1);
            boolean less = other.overpay() < best.overpay() * (1 - SAME);
            boolean equal = other.overpay() <= best.overpay() * (1 + SAME);
            if (less || (equal && other.pods() > best.pods())) best = other;
        }
        return best;
    }

    private static Choice choice(Expansion expansion, Map<String, Double> worth, int others) {
        double its = expansion.pods().keySet().stream()
                .sorted()
                .mapToDouble(pod -> worth.getOrDefault(pod, 0.0))
                .sum();
        double asked = expansion.cost().doubleValue();
        double overpay = asked <= its * (1 + SAME) ? 1 : its > 0 ? asked / its : Double.POSITIVE_INFINITY;
        return new Choice(
                expansion.group(),
                expansion.nodes(),
                expansion.cost(),
                expansion.pods().size(),
                overpay,
                others);
    }

    /** What each pod of a group pays, USD per hour. */
    private static Map<String, Double> prices(Expansion expansion) {
        double all = expansion.pods().keySet().stream()
                .sorted()
                .mapToDouble(expansion::share)
                .sum();
        double cost = expansion.cost().doubleValue();
        Map<String, Double> prices = new HashMap<>();
        expansion.pods().keySet().forEach(pod -> prices.put(pod, cost * expansion.share(pod) / all));
        return prices;
    }
}
