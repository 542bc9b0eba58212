package io.trimtab.recommend.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.recommend.nodes.PackingProblem.Objective;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MasterProgrammeTest {
    private static final Work ENOUGH = Work.unlimited();

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    @ParameterizedTest(name = "costs what the library's simplex says, before and after columns are added, seed {0}")
    @MethodSource("seeds")
    void agreesWithTheLibrary(long seed) {
        var random = new Random(seed);
        int[] wanted = random.ints(2 + random.nextInt(7), 1, 40).toArray();
        Machine dear = machine(0, 3);
        Machine cheap = machine(1, 1 + random.nextDouble());
        Map<Integer, Integer> limits = random.nextBoolean() ? Map.of() : Map.of(1, random.nextInt(4));
        List<Column> columns = new ArrayList<>();
        for (int kind = 0; kind < wanted.length; kind++)
            columns.add(new Column(dear, new int[] {kind}, new int[] {1 + random.nextInt(4)}));
        for (int i = 0; i < 5; i++) columns.add(column(random.nextBoolean() ? dear : cheap, wanted.length, random));

        var programme = new MasterProgramme(wanted, columns, limits);
        assertThat(programme.solve(ENOUGH)).isCloseTo(cost(wanted, columns, limits), within(1e-5));

        for (int i = 0; i < 15; i++) columns.add(column(random.nextBoolean() ? dear : cheap, wanted.length, random));
        double cost = programme.solve(ENOUGH);
        assertThat(cost).isCloseTo(cost(wanted, columns, limits), within(1e-5));
        double[] carried = new double[wanted.length];
        for (MasterProgramme.Amount one : programme.amounts())
            for (int i = 0; i < one.column().kinds().length; i++)
                carried[one.column().kinds()[i]] += one.amount() * one.column().copies()[i];
        for (int kind = 0; kind < wanted.length; kind++)
            assertThat(carried[kind]).isGreaterThanOrEqualTo(wanted[kind] - 1e-6);
        columns.forEach(column -> assertThat(programme.reducedCost(column)).isGreaterThanOrEqualTo(-1e-5));
    }

    private static Column column(Machine machine, int kinds, Random random) {
        int[] copies = random.ints(kinds, -3, 5).map(copy -> Math.max(0, copy)).toArray();
        copies[random.nextInt(kinds)] = 2;
        int[] some = IntStream.range(0, kinds).filter(kind -> copies[kind] > 0).toArray();
        return new Column(
                machine, some, Arrays.stream(some).map(kind -> copies[kind]).toArray());
    }

    /** Of the dual programme, which begins at a solution: of some of the others the library does not find the best. */
    private static double cost(int[] wanted, List<Column> columns, Map<Integer, Integer> limits) {
        List<Integer> limited = List.copyOf(limits.keySet());
        double[] gains = new double[wanted.length + limited.size()];
        for (int kind = 0; kind < wanted.length; kind++) gains[kind] = wanted[kind];
        for (int i = 0; i < limited.size(); i++) gains[wanted.length + i] = -limits.get(limited.get(i));
        List<LinearConstraint> constraints = new ArrayList<>();
        for (Column column : columns) {
            double[] row = new double[gains.length];
            for (int i = 0; i < column.kinds().length; i++) row[column.kinds()[i]] = column.copies()[i];
            int limit = limited.indexOf(column.machine().index());
            if (limit >= 0) row[wanted.length + limit] = -1;
            constraints.add(new LinearConstraint(row, Relationship.LEQ, column.cost()));
        }
        return new SimplexSolver()
                .optimize(
                        new MaxIter(10_000),
                        new LinearObjectiveFunction(gains, 0),
                        new LinearConstraintSet(constraints),
                        GoalType.MAXIMIZE,
                        new NonNegativeConstraint(true))
                .getValue();
    }

    private static Machine machine(int index, double price) {
        var shape = new NodeShape(
                "s" + index,
                new MilliCores(1),
                new Bytes(1),
                NodeShape.Devices.NONE,
                1,
                MilliCores.ZERO,
                Bytes.ZERO,
                Optional.empty(),
                Offer.onDemand(BigDecimal.valueOf(price)),
                OptionalInt.empty());
        return Machine.of(index, shape, -1, Objective.COST);
    }
}
