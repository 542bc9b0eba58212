package io.trimtab.recommend.nodes;

import io.trimtab.recommend.nodes.ColumnGeneration.Effort;
import io.trimtab.recommend.nodes.ColumnGeneration.Solved;
import io.trimtab.recommend.nodes.MasterProgramme.Amount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes whole nodes of fractions: takes the whole parts of the amounts and the nearest to whole, and solves what is left anew, with new columns for it.
 *
 * @see "Sadykov, Vanderbeck, Pessoa, Tahiri, Uchoa: Primal heuristics for branch and price, 2019 (diving)"
 */
final class Diving {
    /** Part of the nodes that are settled before the rest is solved anew. */
    private static final double SETTLED = 0.15;
    /** An amount below it is not rounded up unless nothing else is settled. */
    private static final double LEAST_AMOUNT = 0.3;

    private static final double WHOLE = 1e-6;
    private static final Effort FOR_THE_REST = new Effort(4, 30, 4, 1e-3);

    private final Instance instance;
    private final Work work;
    private final int[] wanted;
    private final int[] left;
    private final List<NodeState> nodes = new ArrayList<>();
    private double value;

    private Diving(Instance instance, int[] wanted, int[] left, Work work) {
        this.instance = instance;
        this.wanted = wanted.clone();
        this.left = left.clone();
        this.work = work;
    }

    /**
     * @param solved the programme for what is wanted
     * @param below what the nodes must be worth less than
     * @return nodes that carry what is wanted; nothing if there are none or the work was spent
     */
    static Optional<List<NodeState>> dive(
            Instance instance,
            ColumnGeneration generation,
            Solved solved,
            int[] wanted,
            int[] left,
            double below,
            Work work) {
        var diving = new Diving(instance, wanted, left, work);
        Solved rest = solved;
        while (true) {
            if (work.isSpent() || diving.value + rest.cost() >= below || !diving.settle(rest)) return Optional.empty();
            if (diving.isDone()) return Optional.of(diving.nodes);
            rest = generation.solve(diving.wanted, diving.left, FOR_THE_REST, work);
        }
    }

    private boolean isDone() {
        return Arrays.stream(wanted).allMatch(count -> count == 0);
    }

    /** Whether it could settle some. */
    private boolean settle(Solved solved) {
        List<Amount> amounts = solved.programme().amounts().stream()
                .filter(amount -> !amount.column().machine().isNowhere())
                .toList();
        int before = nodes.size();
        for (Amount amount : amounts)
            for (int whole = (int) (amount.amount() + WHOLE); whole > 0; whole--) add(amount.column());
        double enough = Math.max(1, amounts.stream().mapToDouble(Amount::amount).sum() * SETTLED);
        List<Amount> byFraction = amounts.stream()
                .sorted(Comparator.comparingDouble((Amount amount) -> -fraction(amount)))
                .toList();
        for (Amount amount : byFraction) {
            int settled = nodes.size() - before;
            if (settled >= enough) break;
            boolean clear = fraction(amount) >= LEAST_AMOUNT && amount.column().fits(wanted);
            if (settled == 0 || clear) add(amount.column());
        }
        return nodes.size() > before;
    }

    private static double fraction(Amount amount) {
        return amount.amount() - (int) (amount.amount() + WHOLE);
    }

    /** A node with those of the copies that are still wanted. */
    private void add(Column column) {
        int machine = column.machine().index();
        if (left[machine] == 0) return;
        NodeState node = NodeState.empty(instance.machines().get(machine));
        for (int i = 0; i < column.kinds().length; i++) {
            PodKind kind = instance.kinds().get(column.kinds()[i]);
            for (int copy = column.copies()[i]; copy > 0 && wanted[kind.index()] > 0 && node.takes(kind); copy--) {
                node.place(kind);
                wanted[kind.index()]--;
            }
        }
        work.spend(column.kinds().length * 4L);
        if (node.placed().isEmpty()) return;
        nodes.add(node);
        left[machine]--;
        value += node.machine().worth();
    }
}
