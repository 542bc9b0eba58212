package io.trimtab.recommend.nodes;

import io.trimtab.recommend.nodes.ColumnGeneration.Effort;
import io.trimtab.recommend.nodes.ColumnGeneration.Solved;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Packs what lies on all added nodes anew by column generation and diving, again and again with more columns, and keeps what is better. */
final class Recombining {
    /** A programme with more rows takes longer than it saves. */
    private static final int MOST_KINDS = 600;

    private static final Effort FIRST = new Effort(150, 16, 8, 5e-4);
    private static final Effort AGAIN = new Effort(40, 300, 8, 5e-5);
    /** Until nothing is found that would be worth it, for the sake of the bound. */
    private static final Effort TO_THE_END = new Effort(300, 300, 8, 1e-7);

    /** One part in this many of what is left for columns, so that something is left to make whole nodes of them. */
    private static final int COLUMNS = 3;

    /** One part in this many of what is left for one machine alone. */
    private static final int ALONE = 8;

    /** Steps for each kind of pods on each machine. With 447 kinds on 7 machines a third of it leaves 1,381 nodes by columns, and 1,356 without them. */
    private static final long LEAST_WORK = 10_000;

    /** Of many machines few are worth a column. */
    private static final int SOME_MACHINES = 8;

    private static final int FUTILE_DIVES = 3;
    /** A value this near to the programme's is taken to be the least that whole nodes can have. */
    private static final double NEAR = 1e-4;

    private final Layout layout;
    private final List<NodeState> fixed = new ArrayList<>();
    private final List<NodeState> movable = new ArrayList<>();
    private final int[] wanted;
    private final int[] left;

    /** What the copies are worth at the end: prices for a bound. */
    record Outcome(double[] worth) {}

    private Recombining(Layout layout) {
        this.layout = layout;
        Instance instance = layout.instance();
        wanted = new int[instance.kinds().size()];
        left = instance.machines().stream().mapToInt(Machine::max).toArray();
        // Copies that are counted by zone stay, or their move would change what other zones may take.
        for (NodeState node : layout.addedNodes()) {
            boolean zoned = node.placed().stream().anyMatch(one -> one.kind().maxSkew() > 0);
            (zoned ? fixed : movable).add(node);
            if (zoned) left[node.machine().index()]--;
            else node.placed().forEach(one -> wanted[one.kind().index()]++);
        }
    }

    /** Whether so much work is enough for columns that are better than what other ways find in it. */
    static boolean fits(Instance instance, Work work) {
        int machines = Math.min(instance.catalogue().size(), SOME_MACHINES);
        return work.left() >= LEAST_WORK * instance.kinds().size() * machines;
    }

    /** @return prices of the copies, nothing where there was nothing to do */
    static Optional<Outcome> improve(Layout layout, Work work) {
        List<PodKind> kinds = layout.instance().kinds();
        Optional<Ports> ports = Ports.of(kinds);
        var recombining = new Recombining(layout);
        long rows = Arrays.stream(recombining.wanted).filter(count -> count > 0).count();
        if (ports.isEmpty() || layout.levelled() || rows == 0 || rows > MOST_KINDS || work.isSpent())
            return Optional.empty();
        return recombining.run(ports.get(), work);
    }

    private Optional<Outcome> run(Ports ports, Work work) {
        Instance instance = layout.instance();
        List<Machine> machines = Catalogue.of(instance.machines(), instance.kinds(), List.of(Machine::worth));
        var generation = new ColumnGeneration(instance.kinds(), machines, ports);
        List<PodKind> order = instance.kinds().stream().sorted(Knapsack.ORDER).toList();
        generation.know(movable.stream()
                .map(node -> Column.of(node, order))
                .filter(column -> machines.contains(column.machine()))
                .toList());
        dive(generation, work);
        if (machines.size() > 1) machines.forEach(machine -> alone(machine, ports, work));
        layout.replaceAdded(Stream.concat(fixed.stream(), movable.stream()).toList());
        Downsizing.apply(layout);
        Work forProof = work.part(2);
        double[] worth =
                generation.solve(wanted, left, TO_THE_END, forProof).programme().worth();
        work.spend(forProof.spent());
        return Optional.of(new Outcome(worth));
    }

    private void dive(ColumnGeneration generation, Work work) {
        Solved solved = solve(generation, FIRST, work);
        for (int futile = 0; futile < FUTILE_DIVES && !work.isSpent(); ) {
            boolean near = isNear(solved.cost());
            if (!near) {
                Optional<List<NodeState>> dived =
                        Diving.dive(layout.instance(), generation, solved, wanted, left, value(movable), work);
                dived.ifPresent(this::keep);
                futile = dived.isPresent() ? 0 : futile + 1;
            }
            // A programme with few columns may be near for the want of them.
            double before = solved.cost();
            solved = solve(generation, AGAIN, work);
            if (isNear(solved.cost()) && solved.cost() > before * (1 - NEAR)) return;
        }
    }

    private Solved solve(ColumnGeneration generation, Effort effort, Work work) {
        Work part = work.part(COLUMNS);
        Solved solved = generation.solve(wanted, left, effort, part);
        work.spend(part.spent());
        return solved;
    }

    /** All on one machine, where its sums do not say that this is worse: what is best of all machines may be worse for what was rounded. */
    private void alone(Machine machine, Ports ports, Work work) {
        List<PodKind> kinds = layout.instance().kinds();
        boolean carriesAll = kinds.stream().allMatch(kind -> wanted[kind.index()] == 0 || kind.fits()[machine.index()]);
        if (!carriesAll || Rest.of(kinds, wanted).valueOn(machine) >= value(movable)) return;
        Work part = work.part(ALONE);
        dive(new ColumnGeneration(kinds, List.of(machine), ports), part);
        work.spend(part.spent());
    }

    private void keep(List<NodeState> nodes) {
        movable.clear();
        movable.addAll(nodes);
    }

    private boolean isNear(double cost) {
        return value(movable)
                <= switch (layout.instance().objective()) {
                    case COST -> cost * (1 + NEAR);
                    case NODES -> Math.ceil(cost * (1 - NEAR));
                };
    }

    private static double value(List<NodeState> nodes) {
        return nodes.stream().mapToDouble(node -> node.machine().worth()).sum();
    }
}
