package io.trimtab.recommend.nodes;

import java.util.BitSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The machines that may be added and are worth adding: for none of these does another do everything for no more. */
final class Catalogue {
    private final List<PodKind> kinds;
    private final List<ToDoubleFunction<Machine>> prices;

    private Catalogue(List<PodKind> kinds, List<ToDoubleFunction<Machine>> prices) {
        this.kinds = kinds;
        this.prices = prices;
    }

    /** @param prices that must each be no more */
    static List<Machine> of(List<Machine> machines, List<PodKind> kinds, List<ToDoubleFunction<Machine>> prices) {
        var catalogue = new Catalogue(kinds, prices);
        List<Machine> addable =
                machines.stream().filter(machine -> machine.max() > 0).toList();
        List<BitSet> carried = addable.stream().map(catalogue::carried).toList();
        return IntStream.range(0, addable.size())
                .filter(one -> IntStream.range(0, addable.size())
                        .noneMatch(other -> other != one
                                && catalogue.replaces(addable.get(other), addable.get(one))
                                && isWithin(carried.get(one), carried.get(other))))
                .mapToObj(addable::get)
                .toList();
    }

    private BitSet carried(Machine machine) {
        BitSet carried = new BitSet();
        for (PodKind kind : kinds) if (kind.fits()[machine.index()]) carried.set(kind.index());
        return carried;
    }

    private static boolean isWithin(BitSet part, BitSet whole) {
        BitSet outside = (BitSet) part.clone();
        outside.andNot(whole);
        return outside.isEmpty();
    }

    /** Of machines that are the same in everything the first stays. */
    private boolean replaces(Machine other, Machine one) {
        boolean does = other.max() == Integer.MAX_VALUE
                && other.zone() == one.zone()
                && other.cpuMilli() >= one.cpuMilli()
                && other.memoryBytes() >= one.memoryBytes()
                && other.devices() >= one.devices()
                && other.shape().pods() >= one.shape().pods()
                && prices.stream().allMatch(price -> price.applyAsDouble(other) <= price.applyAsDouble(one));
        if (!does) return false;
        boolean same = one.max() == Integer.MAX_VALUE
                && other.cpuMilli() == one.cpuMilli()
                && other.memoryBytes() == one.memoryBytes()
                && other.devices() == one.devices()
                && other.shape().pods() == one.shape().pods()
                && carried(other).equals(carried(one))
                && prices.stream().allMatch(price -> price.applyAsDouble(other) == price.applyAsDouble(one));
        return !same || other.index() < one.index();
    }
}
