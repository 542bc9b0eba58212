package io.trimtab.recommend.nodes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Finds contents of nodes worth having: solves the programme over the columns known so far, and looks for contents that are worth more than their node costs at
 * the prices that it gives the copies. The prices are drawn towards the best seen, for by themselves they jump.
 *
 * @see "Gilmore, Gomory: A linear programming approach to the cutting-stock problem, 1961; Pessoa, Sadykov, Uchoa, Vanderbeck: Automation and combination of
 *     linear-programming based stabilization techniques in column generation, 2018"
 */
final class ColumnGeneration {
    private static final long SEED = 20_261_130;
    private static final double GAIN = 1e-7;
    /** Rounds without progress after which it ends. */
    private static final int FUTILE_ROUNDS = 10;
    /** A beam takes much longer than greedy filling, so it is for when that finds nothing, and for one round in this many. */
    private static final int BEAM_ROUNDS = 4;

    /** Of a beam; it is doubled when nothing is found. Narrow ones find most of what wide ones do, in a hundredth of the time. */
    private static final int FIRST_WIDTH = 8;

    /**
     * How hard to try.
     *
     * @param width of a beam at most
     * @param fillings greedy ones of each machine in a round
     * @param progress of the cost in a round, relative
     */
    record Effort(int rounds, int width, int fillings, double progress) {}

    /** A solved programme and the contents that it chose from. */
    record Solved(MasterProgramme programme, double cost) {}

    private final List<PodKind> kinds;
    private final List<Machine> machines;
    private final Ports ports;
    private final Set<Column> pool = new LinkedHashSet<>();
    /** Of measures, by machine: where the last relaxations ended, the next ones start. */
    private final Map<Integer, double[]> prices = new HashMap<>();

    private final SplittableRandom random = new SplittableRandom(SEED);

    /** @param machines that may be added, each of a worth above 0 */
    ColumnGeneration(List<PodKind> kinds, List<Machine> machines, Ports ports) {
        this.kinds = kinds;
        this.machines = machines;
        this.ports = ports;
    }

    void know(Collection<Column> columns) {
        pool.addAll(columns);
    }

    /**
     * @param wanted copies of each kind
     * @param left by machine: how many may be added
     */
    Solved solve(int[] wanted, int[] left, Effort effort, Work work) {
        var run = new Run(wanted, left, work);
        run.generate(effort);
        run.all.forEach(one ->
                prices.put(one.knapsack().machine.index(), one.relaxation().prices()));
        return new Solved(run.programme, run.programme.cost());
    }

    /** Knapsacks with their prices, which go on from round to round. */
    private record Machined(Knapsack knapsack, Relaxation relaxation) {}

    private final class Run {
        private final int[] wanted;
        private final Work work;
        private final List<Machined> all = new ArrayList<>();
        private final List<Column> columns = new ArrayList<>();
        private final Set<Column> known = new HashSet<>();
        private final MasterProgramme programme;
        private double[] centre;
        private double centreValue;
        private int width = FIRST_WIDTH;

        Run(int[] wanted, int[] left, Work work) {
            this.wanted = wanted;
            this.work = work;
            long copies = Arrays.stream(wanted).asLongStream().sum();
            Map<Integer, Integer> limits = new TreeMap<>();
            for (Machine machine : machines) {
                if (left[machine.index()] == 0) continue;
                Knapsack knapsack = Knapsack.of(machine, kinds, wanted, ports, false);
                if (knapsack.size() > 0) all.add(new Machined(knapsack, relaxation(knapsack)));
                if (left[machine.index()] < copies) limits.put(machine.index(), left[machine.index()]);
            }
            columns.addAll(new Singles(machines, limits.keySet())
                    .of(all.stream().map(Machined::knapsack).toList(), wanted));
            known.addAll(columns);
            for (Column column : pool) {
                Column part = column.within(wanted);
                if (part.kinds().length > 0 && left[part.machine().index()] > 0 && known.add(part)) columns.add(part);
            }
            work.spend(pool.size());
            programme = new MasterProgramme(wanted, columns, limits);
            centre = Centre.of(all.stream().map(Machined::knapsack).toList(), wanted);
        }

        private Relaxation relaxation(Knapsack knapsack) {
            double[] known = prices.get(knapsack.machine.index());
            return known == null ? new Relaxation(knapsack) : new Relaxation(knapsack, known);
        }

        void generate(Effort effort) {
            double reached = programme.solve(work);
            int futile = 0;
            for (int round = 0; round < effort.rounds() && futile < FUTILE_ROUNDS && !work.isSpent(); round++) {
                double[] exact = programme.worth();
                boolean added = price(mean(exact, centre), round, effort);
                if (!added) added = price(exact, round, effort);
                if (!added) return;
                double cost = programme.solve(work);
                futile = cost < reached * (1 - effort.progress()) ? 0 : futile + 1;
                if (futile == 0) reached = cost;
            }
        }

        /** Whether it found columns that the programme lacks. */
        private boolean price(double[] worth, int round, Effort effort) {
            int before = columns.size();
            List<Machined> open =
                    all.stream().filter(machined -> isOpen(machined, worth)).toList();
            double most = 1;
            for (Machined machined : open) most = Math.max(most, fill(machined, effort));
            if (columns.size() > before && round % BEAM_ROUNDS != BEAM_ROUNDS - 1) return true;
            most = Math.max(most, search(open, effort));
            while (columns.size() == before && width < effort.width() && !work.isSpent()) {
                width *= 2;
                most = Math.max(most, search(open, effort));
            }
            double value = 0;
            for (int kind = 0; kind < wanted.length; kind++) value += worth[kind] * wanted[kind];
            if (value / most > centreValue) {
                centreValue = value / most;
                centre = worth.clone();
                for (int kind = 0; kind < centre.length; kind++) centre[kind] /= most;
            }
            return columns.size() > before;
        }

        /** Whether some contents may be worth more than the node; for most machines a look at their last prices says no. */
        private boolean isOpen(Machined machined, double[] worth) {
            Relaxation relaxation = machined.relaxation();
            double cost = machined.knapsack().machine.worth() * (1 + GAIN);
            relaxation.see(worth, work);
            if (relaxation.bound() > cost) relaxation.fit(work);
            return relaxation.bound() > cost;
        }

        /** @return how many times its cost the best contents found of a node are worth */
        private double fill(Machined machined, Effort effort) {
            double most = 0;
            for (int filling = 0; filling < effort.fillings(); filling++) {
                int[] contents = filled(machined.knapsack(), machined.relaxation(), filling);
                most = Math.max(most, machined.relaxation().value(contents));
                offer(machined.knapsack().column(contents));
            }
            return most / machined.knapsack().machine.worth();
        }

        /** @return how many times its cost the best contents found of a node are worth, at least 1 */
        private double search(List<Machined> open, Effort effort) {
            double most = 1;
            for (Machined machined : open) {
                Knapsack knapsack = machined.knapsack();
                double cost = knapsack.machine.worth();
                double threshold = cost * (1 + GAIN);
                for (int[] contents : BeamSearch.search(
                                knapsack, machined.relaxation(), threshold, Math.min(width, effort.width()), work)
                        .contents()) {
                    most = Math.max(most, machined.relaxation().value(contents) / cost);
                    offer(knapsack.column(contents));
                }
            }
            return most;
        }

        /** By the relaxation's own prices first, then by prices near them. */
        private int[] filled(Knapsack knapsack, Relaxation relaxation, int filling) {
            double[] scarcity = new double[4];
            for (int measure = 0; measure < Math.min(4, knapsack.measures()); measure++) {
                double price = relaxation.price(measure);
                scarcity[measure] =
                        0.01 + (filling == 0 ? price : random.nextDouble() * (filling % 2 == 0 ? 1 : price));
            }
            double[] worth = new double[knapsack.size()];
            for (int copy = 0; copy < worth.length; copy++)
                worth[copy] = relaxation.worth(copy) * (filling < 2 ? 1 : random.nextDouble(0.95, 1.05));
            return Greedy.fill(knapsack, worth, scarcity, work);
        }

        private boolean offer(Column column) {
            if (programme.reducedCost(column) >= -GAIN * column.cost() || !known.add(column)) return false;
            columns.add(column);
            pool.add(column);
            return true;
        }
    }

    private static double[] mean(double[] one, double[] other) {
        double[] mean = new double[one.length];
        for (int i = 0; i < mean.length; i++) mean[i] = (one[i] + other[i]) / 2;
        return mean;
    }

    /** The prices to begin with: by the one measure that proves the most. */
    private static final class Centre {
        static double[] of(List<Knapsack> knapsacks, int[] wanted) {
            int measures = knapsacks.stream().mapToInt(Knapsack::measures).max().orElse(0);
            double[] best = new double[wanted.length];
            double most = 0;
            for (int measure = 0; measure < measures; measure++) {
                double[] worth = by(measure, knapsacks, wanted.length);
                double value = 0;
                for (int kind = 0; kind < worth.length; kind++) value += worth[kind] * wanted[kind];
                if (value <= most) continue;
                most = value;
                best = worth;
            }
            return best;
        }

        private static double[] by(int measure, List<Knapsack> knapsacks, int kinds) {
            double[] worth = new double[kinds];
            boolean[] seen = new boolean[kinds];
            for (Knapsack knapsack : knapsacks) {
                for (int copy = 0; copy < knapsack.size(); copy++) {
                    double part = measure < knapsack.measures() ? knapsack.parts[copy][measure] : 0;
                    double cost = part * knapsack.machine.worth();
                    int kind = knapsack.kinds[copy];
                    worth[kind] = seen[kind] ? Math.min(worth[kind], cost) : cost;
                    seen[kind] = true;
                }
            }
            return worth;
        }
    }

    /** A column of its own for each kind, so that every programme has a solution. */
    private record Singles(List<Machine> machines, Set<Integer> limited) {
        /** Dearer than any machine: for copies that only machines with a limit carry. */
        private static final double BEYOND = 1000;

        List<Column> of(List<Knapsack> knapsacks, int[] wanted) {
            Column[] cheapest = new Column[wanted.length];
            for (Knapsack knapsack : knapsacks) {
                if (limited.contains(knapsack.machine.index())) continue;
                for (int copy = 0; copy < knapsack.size(); copy++) {
                    int kind = knapsack.kinds[copy];
                    double each = knapsack.machine.worth() / knapsack.most[copy];
                    if (cheapest[kind] == null
                            || each < cheapest[kind].cost() / cheapest[kind].copies()[0])
                        cheapest[kind] =
                                new Column(knapsack.machine, new int[] {kind}, new int[] {knapsack.most[copy]});
                }
            }
            List<Column> singles = new ArrayList<>();
            for (int kind = 0; kind < wanted.length; kind++) {
                if (wanted[kind] == 0) continue;
                int[] alone = {kind};
                singles.add(Optional.ofNullable(cheapest[kind])
                        .orElseGet(() -> new Column(nowhere(), alone, new int[] {1})));
            }
            return singles;
        }

        private Machine nowhere() {
            double dearest = machines.stream().mapToDouble(Machine::worth).max().orElse(1);
            return machines.getFirst().nowhere(dearest * BEYOND);
        }
    }
}
