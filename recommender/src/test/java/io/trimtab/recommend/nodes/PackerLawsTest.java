package io.trimtab.recommend.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.recommend.nodes.PackingProblem.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackerLawsTest {
    static LongStream seeds() {
        return LongStream.range(0, 10);
    }

    @ParameterizedTest(name = "every answer is valid, 50 problems from seed {0}000")
    @MethodSource("seeds")
    void isValid(long seed) {
        for (int i = 0; i < 50; i++) {
            PackingProblem problem = new RandomProblems(seed * 1000 + i).any();
            assertThat(PackingChecker.faults(problem, Packer.pack(problem)))
                    .as("seed %d000 + %d", seed, i)
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "the order of the input does not matter, 20 problems from seed {0}000")
    @MethodSource("seeds")
    void ignoresOrder(long seed) {
        for (int i = 0; i < 20; i++) {
            PackingProblem problem = new RandomProblems(seed * 1000 + i).any();
            var random = new Random(seed);
            var shuffled = new PackingProblem(
                    shuffled(problem.pods(), random),
                    shuffled(problem.nodes(), random),
                    shuffled(problem.shapes(), random),
                    problem.objective(),
                    problem.work());
            assertThat(Packer.pack(shuffled)).isEqualTo(Packer.pack(problem));
        }
    }

    @ParameterizedTest(name = "one pod more never lowers the bound, 20 problems from seed {0}000")
    @MethodSource("seeds")
    void boundGrows(long seed) {
        for (int i = 0; i < 20; i++) {
            PackingProblem problem = new RandomProblems(seed * 1000 + i).small();
            List<PodGroup> more = new ArrayList<>(problem.pods());
            more.add(new RandomProblems(seed).small().pods().getFirst());
            more.set(more.size() - 1, PodGroup.plain("q", 1, more.getLast().requested()));
            var larger =
                    new PackingProblem(more, problem.nodes(), problem.shapes(), problem.objective(), problem.work());
            Packing.Bound before = Packer.pack(problem).lowerBound();
            Packing.Bound after = Packer.pack(larger).lowerBound();
            assertThat(after.nodes()).isGreaterThanOrEqualTo(before.nodes());
            assertThat(after.costPerHour().doubleValue())
                    .isGreaterThanOrEqualTo(before.costPerHour().doubleValue() - 1e-8);
        }
    }

    @ParameterizedTest(name = "more work never makes it worse, 10 problems from seed {0}000")
    @MethodSource("seeds")
    void workOnlyHelps(long seed) {
        for (int i = 0; i < 10; i++) {
            PackingProblem problem = new RandomProblems(seed * 1000 + i).small();
            double before = Double.MAX_VALUE;
            for (long work : new long[] {0, 100, 10_000, 1_000_000}) {
                Packing packing = Packer.pack(new PackingProblem(
                        problem.pods(), problem.nodes(), problem.shapes(), problem.objective(), work));
                double value = value(problem, packing);
                assertThat(value).isLessThanOrEqualTo(before);
                before = value;
            }
        }
    }

    @ParameterizedTest(
            name = "never better than the best there is, and the bound below it, 30 problems from seed {0}000")
    @MethodSource("seeds")
    void agreesWithEveryPacking(long seed) {
        int best = 0;
        int compared = 0;
        for (int i = 0; i < 30; i++) {
            PackingProblem problem = new RandomProblems(seed * 1000 + i).small();
            Packing packing = Packer.pack(problem);
            if (!packing.unplaced().isEmpty()) continue;
            double optimum = EveryPacking.least(problem);
            compared++;
            assertThat(value(problem, packing)).isGreaterThanOrEqualTo(optimum - 1e-9);
            double bound = switch (problem.objective()) {
                case COST -> packing.lowerBound().costPerHour().doubleValue();
                case NODES -> packing.lowerBound().nodes();
            };
            assertThat(bound).isLessThanOrEqualTo(optimum + 1e-9);
            // As it is before the answer, which it never exceeds, could hide that it is too high.
            assertThat(bareBound(problem, seed)).isLessThanOrEqualTo(optimum + 1e-9);
            if (value(problem, packing) <= optimum + 1e-9) best++;
        }
        assertThat(best).as("of %d problems", compared).isGreaterThanOrEqualTo((int) (0.9 * compared));
    }

    /** Of sums, and of prices that nobody chose: none of them may prove too much. */
    private static double bareBound(PackingProblem problem, long seed) {
        Instance instance = Instance.of(problem);
        int[] all = instance.kinds().stream().mapToInt(PodKind::copies).toArray();
        Bounds bounds = Bounds.of(instance, all);
        var random = new Random(seed);
        for (int i = 0; i < 5; i++) {
            double[] worth = random.doubles(all.length).toArray();
            bounds = bounds.with(worth, new Work(1_000_000));
        }
        return switch (problem.objective()) {
            case COST -> bounds.leastCost();
            case NODES -> bounds.nodes();
        };
    }

    private static double value(PackingProblem problem, Packing packing) {
        return problem.objective() == Objective.COST ? packing.costPerHour().doubleValue() : packing.nodeCount();
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }
}
