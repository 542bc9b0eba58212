package io.trimtab.recommend.nodes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Packs in several ways and keeps the best: first fit over falling sizes always, the others as far as the work lasts, in a fixed order. */
final class Search {
    private static final int MOST_CANDIDATES = 6;

    /**
     * The ways have one part in this many of the work, or half of it where there is too little for columns; the others are for packing anew; and no way takes more than one part in this many of what is left of it, so
     * that one that cannot end leaves something for the others.
     */
    private static final int PARTS = 5;

    /** Steps for each copy, at most: with more of them few pods are not packed better, and an answer for them is soon wanted. */
    private static final long MOST_PER_COPY = 100_000;

    /** Any fixed number: the same problem has the same answer. */
    private static final long SEED = 20_261_130;

    private static final int SHUFFLES = 4;

    private final Instance instance;
    private final Work work;
    private int tried;
    private int planned;

    /** @param tried ways that were finished, of those planned */
    record Found(Layout layout, int tried, int planned, Bounds bounds) {}

    private Search(Instance instance, Work work) {
        this.instance = instance;
        this.work = work;
    }

    static Found best(Instance instance, Work work) {
        long copies = instance.kinds().stream().mapToLong(PodKind::copies).sum();
        return new Search(instance, work.atMost(copies * MOST_PER_COPY)).run();
    }

    private Found run() {
        List<PodKind> bySize = instance.kinds().stream()
                .sorted(Comparator.comparingDouble(PodKind::size).reversed().thenComparingInt(PodKind::index))
                .toList();
        Layout best = FirstFit.pack(Layout.start(instance), bySize, Opening.forTheRest(), Work.unlimited())
                .orElseThrow();
        boolean allPlaced = instance.kinds().stream().allMatch(kind -> best.waiting(kind) == 0 || fitsNowhere(kind));
        if (!allPlaced) {
            Layout byRight = byRight();
            return new Found(byRight, tried, planned, Bounds.of(instance, byRight.placed()));
        }
        Downsizing.apply(best);
        return improved(best, bySize, Bounds.of(instance, best.placed()));
    }

    private Found improved(Layout first, List<PodKind> bySize, Bounds bounds) {
        Layout best = first;
        boolean recombines = Recombining.fits(instance, work);
        Work forWays = work.part(recombines ? PARTS : 2);
        Weights weights = Weights.byDemand(instance, false);
        List<Machine> candidates = candidates();
        for (Function<Work, Optional<Layout>> way : ways(bySize, weights, candidates)) {
            if (bounds.areReachedBy(best)) break;
            planned++;
            if (forWays.isSpent()) continue;
            Work part = forWays.part(PARTS);
            Optional<Layout> other = way.apply(part);
            forWays.spend(part.spent());
            other.ifPresent(Downsizing::apply);
            if (other.isPresent()) tried++;
            if (other.isPresent() && isBetter(other.get(), best)) best = other.get();
        }
        work.spend(forWays.spent());
        if (bounds.areReachedBy(best)) return new Found(best, tried, planned, bounds);
        Bounds tightened = recombines
                ? Recombining.improve(best, work)
                        .map(outcome -> bounds.with(outcome.worth(), work))
                        .orElse(bounds)
                : bounds;
        if (!tightened.areReachedBy(best)) Repacking.improve(best, candidates, weights, work);
        return new Found(best, tried, planned, tightened);
    }

    private boolean fitsNowhere(PodKind kind) {
        for (boolean fits : kind.fits()) if (fits) return false;
        return true;
    }

    /** Not everything has a place: strictly by priority, then size, over all ways to choose shapes. */
    private Layout byRight() {
        List<Opening> openings = new ArrayList<>(List.of(Opening.forTheRest(), Opening.cheapest()));
        candidates().forEach(machine -> openings.add(Opening.preferring(machine)));
        Optional<Layout> best = Optional.empty();
        for (Opening opening : openings) {
            planned++;
            if (best.isPresent() && work.isSpent()) continue;
            Optional<Layout> other = FirstFit.pack(
                    Layout.start(instance), instance.kinds(), opening, best.isEmpty() ? Work.unlimited() : work);
            other.ifPresent(Downsizing::apply);
            if (other.isPresent()) tried++;
            if (best.isEmpty() || (other.isPresent() && isBetter(other.get(), best.get()))) best = other;
        }
        return best.orElseThrow();
    }

    /** More of what has the better right to a place; then the better value; then the lower cost. */
    private boolean isBetter(Layout layout, Layout than) {
        for (PodKind kind : instance.kinds()) {
            int compared = Integer.compare(layout.placed(kind), than.placed(kind));
            if (compared != 0) return compared > 0;
        }
        if (layout.value() != than.value()) return layout.value() < than.value();
        return layout.expectedCost() < than.expectedCost();
    }

    /** The shapes that would count least if they carried everything alone. */
    private List<Machine> candidates() {
        Rest all = Layout.start(instance).rest();
        List<Machine> ordered = instance.catalogue().stream()
                .sorted(Comparator.comparingDouble(all::valueOn))
                .toList();
        return ordered.subList(0, Math.min(MOST_CANDIDATES, ordered.size()));
    }

    private List<Function<Work, Optional<Layout>>> ways(
            List<PodKind> bySize, Weights weights, List<Machine> candidates) {
        List<List<PodKind>> orders = new ArrayList<>();
        orders.add(bySize);
        orders.add(falling(kind -> kind.gpuMilli() + kind.size()));
        orders.add(falling(weights::of));
        orders.add(falling(kind -> lengthSquared(kind, weights)));
        orders.add(falling(PodKind::cpuMilli));
        orders.add(falling(PodKind::memoryBytes));
        List<Function<Work, Optional<Layout>>> ways = new ArrayList<>();
        orders.subList(1, orders.size())
                .forEach(order ->
                        ways.add(left -> FirstFit.pack(Layout.start(instance), order, Opening.forTheRest(), left)));
        ways.add(left -> FirstFit.pack(Layout.start(instance), bySize, Opening.cheapest(), left));
        for (Machine machine : candidates) {
            ways.add(left -> FirstFit.pack(Layout.start(instance), bySize, Opening.preferring(machine), left));
            ways.add(left -> FirstFit.pack(Layout.start(instance), orders.get(1), Opening.preferring(machine), left));
        }
        SplittableRandom random = new SplittableRandom(SEED);
        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
            List<PodKind> order = shuffled(random.split());
            ways.add(left -> FirstFit.pack(Layout.start(instance), order, Opening.forTheRest(), left));
        }
        // Last, for they take the most.
        for (boolean following : List.of(true, false)) {
            ways.add(left -> Filling.pack(Layout.start(instance), candidates, weights.following(following), left));
        }
        return ways;
    }

    private List<PodKind> falling(ToDoubleFunction<PodKind> size) {
        return instance.kinds().stream()
                .sorted(Comparator.comparingDouble(size).reversed().thenComparingInt(PodKind::index))
                .toList();
    }

    /** By size, each up to a half larger or smaller than it is. */
    private List<PodKind> shuffled(SplittableRandom random) {
        double[] factors = random.doubles(instance.kinds().size(), 0.5, 1.5).toArray();
        return falling(kind -> kind.size() * factors[kind.index()]);
    }

    private static double lengthSquared(PodKind kind, Weights weights) {
        double cpu = weights.perCpuMilli() * kind.cpuMilli();
        double memory = weights.perMemoryByte() * kind.memoryBytes();
        double gpu = weights.perGpuMilli() * kind.gpuMilli();
        return cpu * cpu + memory * memory + gpu * gpu;
    }
}
