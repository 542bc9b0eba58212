package io.trimtab.service.opencost;

import io.trimtab.cost.account.ResourceCosts;
import io.trimtab.cost.allocation.Allocation;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account.NodeRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who bears what in a set. First idle, by resource, over all pods by what they cost; then what the shared pods cost, their idle included, and the further cost over
 * the other names. What nobody can bear is left.
 */
final class Bearing {
    private static final BigDecimal HOURS_PER_MONTH = BigDecimal.valueOf(730);

    /** As OpenCost calls it. */
    private static final String SHARED = "__shared__";

    private final Span set;

    /** With their idle; those of a node apart where idle is borne by node. */
    private final Map<String, Part> parts;

    private final Map<String, Part> names;
    private final ResourceCosts leftIdle;
    private final BigDecimal leftShared;

    /**
     * @param others parts that are not shared
     * @param shared parts whose cost the others bear
     * @param nodes with what is idle on them
     */
    Bearing(Span set, Sharing sharing, List<Part> others, List<Part> shared, List<NodeRow> nodes) {
        this.set = set;
        List<Part> bearers = new ArrayList<>(others);
        bearers.addAll(shared);
        this.leftIdle = sharing.idle() ? bearIdle(bearers, sharing.byNode(), nodes) : Allocations.idle(nodes);
        this.parts = put(bearers.subList(0, others.size()), Bearing::identity);
        this.names = put(parts.values(), Part::name);
        BigDecimal pot = bearers.subList(others.size(), bearers.size()).stream()
                .map(Part::total)
                .reduce(further(sharing), BigDecimal::add);
        boolean isBorne = sharing.isOfOthers() && !names.isEmpty();
        if (isBorne) bearShared(names, pot, sharing.even());
        this.leftShared = isBorne ? BigDecimal.ZERO : pot;
    }

    private static Map<String, Part> put(Iterable<Part> parts, Function<Part, String> together) {
        Map<String, Part> put = new LinkedHashMap<>();
        parts.forEach(part -> put.merge(together.apply(part), part, Part::plus));
        return put;
    }

    private BigDecimal further(Sharing sharing) {
        return sharing.perMonth()
                .multiply(BigDecimal.valueOf(
                        Duration.between(set.start(), set.end()).toHours()))
                .divide(HOURS_PER_MONTH, Allocation.SCALE, RoundingMode.HALF_EVEN);
    }

    /** All that are not shared, by name. */
    List<Part> all() {
        return List.copyOf(names.values());
    }

    /** Whether these are parts of what was given: they are not, where the account was corrected between two questions. */
    boolean covers(List<Part> asked) {
        return put(asked, Bearing::identity).entrySet().stream()
                .allMatch(part -> Optional.ofNullable(parts.get(part.getKey()))
                        .filter(whole -> isWithin(part.getValue().costs(), whole.costs()))
                        .isPresent());
    }

    private static boolean isWithin(ResourceCosts part, ResourceCosts whole) {
        return part.cpu().compareTo(whole.cpu()) <= 0
                && part.memory().compareTo(whole.memory()) <= 0
                && part.gpu().compareTo(whole.gpu()) <= 0;
    }

    /**
     * What these bear of it, by name: each is the part of a part of all, and the same where it is the same.
     *
     * @param asked which it must {@link #covers cover}
     */
    List<Part> of(List<Part> asked) {
        List<Part> withIdle = put(asked, Bearing::identity).values().stream()
                .map(part -> withIdle(part, known(parts, identity(part))))
                .toList();
        return put(withIdle, Part::name).values().stream()
                .map(part -> withShared(part, known(names, part.name())))
                .toList();
    }

    private static Part known(Map<String, Part> parts, String key) {
        return Optional.ofNullable(parts.get(key)).orElseThrow();
    }

    private static String identity(Part part) {
        return part.node() + '\n' + part.name();
    }

    private static Part withIdle(Part part, Part whole) {
        ResourceCosts idle = new ResourceCosts(
                partOf(whole.idle().cpu(), part.costs().cpu(), whole.costs().cpu()),
                partOf(
                        whole.idle().memory(),
                        part.costs().memory(),
                        whole.costs().memory()),
                partOf(whole.idle().gpu(), part.costs().gpu(), whole.costs().gpu()));
        return part.bearing(idle, BigDecimal.ZERO);
    }

    private static Part withShared(Part part, Part whole) {
        return part.bearing(
                part.idle(),
                partOf(whole.shared(), part.costs().total(), whole.costs().total()));
    }

    private static BigDecimal partOf(BigDecimal amount, BigDecimal part, BigDecimal whole) {
        if (part.compareTo(whole) == 0) return amount;
        return amount.multiply(part).divide(whole, Allocation.SCALE, RoundingMode.DOWN);
    }

    /** What is idle and nobody bears. */
    Optional<Part> leftIdle() {
        return leftIdle.total().signum() == 0
                ? Optional.empty()
                : Optional.of(Part.of(Allocations.IDLE, set, leftIdle, BigDecimal.ZERO));
    }

    /** What is shared and nobody is there to bear. */
    Optional<Part> leftShared() {
        return leftShared.signum() == 0
                ? Optional.empty()
                : Optional.of(Part.of(SHARED, set, ResourceCosts.NONE, leftShared));
    }

    private static ResourceCosts bearIdle(List<Part> parts, boolean byNode, List<NodeRow> nodes) {
        Map<String, ResourceCosts> pools = new HashMap<>();
        for (NodeRow node : nodes) pools.merge(byNode ? node.node().name() : "", node.idle(), ResourceCosts::plus);
        Map<String, List<Integer>> bearers = new HashMap<>();
        for (int i = 0; i < parts.size(); i++)
            bearers.computeIfAbsent(parts.get(i).node(), _ -> new ArrayList<>()).add(i);
        ResourceCosts left = ResourceCosts.NONE;
        for (var pool : pools.entrySet()) {
            List<Integer> indexes = bearers.getOrDefault(pool.getKey(), List.of());
            List<ResourceCosts> costs =
                    indexes.stream().map(i -> parts.get(i).costs()).toList();
            Optional<List<BigDecimal>> cpu = divided(pool.getValue().cpu(), costs, ResourceCosts::cpu);
            Optional<List<BigDecimal>> memory = divided(pool.getValue().memory(), costs, ResourceCosts::memory);
            Optional<List<BigDecimal>> gpu = divided(pool.getValue().gpu(), costs, ResourceCosts::gpu);
            for (int i = 0; i < indexes.size(); i++) {
                Part part = parts.get(indexes.get(i));
                parts.set(
                        indexes.get(i),
                        part.bearing(new ResourceCosts(at(cpu, i), at(memory, i), at(gpu, i)), part.shared()));
            }
            left = left.plus(new ResourceCosts(
                    cpu.isPresent() ? BigDecimal.ZERO : pool.getValue().cpu(),
                    memory.isPresent() ? BigDecimal.ZERO : pool.getValue().memory(),
                    gpu.isPresent() ? BigDecimal.ZERO : pool.getValue().gpu()));
        }
        return left;
    }

    /** @return empty where nobody pays for such a thing */
    private static Optional<List<BigDecimal>> divided(
            BigDecimal amount, List<ResourceCosts> costs, Function<ResourceCosts, BigDecimal> resource) {
        List<BigDecimal> weights = costs.stream().map(resource).toList();
        return weights.stream().anyMatch(weight -> weight.signum() > 0)
                ? Optional.of(Distribution.of(amount, weights))
                : Optional.empty();
    }

    private static BigDecimal at(Optional<List<BigDecimal>> amounts, int index) {
        return amounts.map(it -> it.get(index)).orElse(BigDecimal.ZERO);
    }

    private static void bearShared(Map<String, Part> names, BigDecimal pot, boolean even) {
        boolean equal = even
                || names.values().stream().allMatch(it -> it.costs().total().signum() == 0);
        List<BigDecimal> weights = names.values().stream()
                .map(it -> equal ? BigDecimal.ONE : it.costs().total())
                .toList();
        Iterator<BigDecimal> divided = Distribution.of(pot, weights).iterator();
        names.replaceAll((_, part) -> part.bearing(part.idle(), divided.next()));
    }
}
