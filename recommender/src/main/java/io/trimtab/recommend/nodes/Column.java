package io.trimtab.recommend.nodes;

import java.util.Arrays;
import java.util.List;

/**
 * What one node of a machine may carry.
 *
 * @param kinds indexes in the order in which they are placed; {@code copies} of each, at least 1
 */
record Column(Machine machine, int[] kinds, int[] copies) {
    double cost() {
        return machine.worth();
    }

    /** What lies on a node. */
    static Column of(NodeState node, List<PodKind> order) {
        int[] counts = new int[order.size()];
        for (NodeState.Placed one : node.placed()) counts[one.kind().index()]++;
        int[] kinds = order.stream()
                .mapToInt(PodKind::index)
                .filter(kind -> counts[kind] > 0)
                .toArray();
        return new Column(
                node.machine(),
                kinds,
                Arrays.stream(kinds).map(kind -> counts[kind]).toArray());
    }

    /** What is left of it where no more than this many copies of each kind are wanted. */
    Column within(int[] wanted) {
        int[] left = Arrays.stream(kinds).filter(kind -> wanted[kind] > 0).toArray();
        if (left.length == kinds.length && fits(wanted)) return this;
        int[] counts = new int[left.length];
        for (int i = 0, j = 0; i < kinds.length; i++)
            if (wanted[kinds[i]] > 0) counts[j++] = Math.min(copies[i], wanted[kinds[i]]);
        return new Column(machine, left, counts);
    }

    /** Whether all of its copies are wanted. */
    boolean fits(int[] wanted) {
        for (int i = 0; i < kinds.length; i++) if (copies[i] > wanted[kinds[i]]) return false;
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Column(Machine otherMachine, int[] otherKinds, int[] otherCopies)
                && machine.index() == otherMachine.index()
                && Arrays.equals(kinds, otherKinds)
                && Arrays.equals(copies, otherCopies);
    }

    @Override
    public int hashCode() {
        return (machine.index() * 31 + Arrays.hashCode(kinds)) * 31 + Arrays.hashCode(copies);
    }
}
