package io.trimtab.service.backtest;

import io.trimtab.recommend.consolidation.ClusterNode;
import io.trimtab.recommend.consolidation.ConsolidationPlan;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Removal;
import io.trimtab.recommend.consolidation.ConsolidationProblem;
import io.trimtab.recommend.consolidation.ConsolidationProblem.Policy;
import io.trimtab.recommend.consolidation.Consolidator;
import io.trimtab.recommend.consolidation.simulation.ConsolidationWeek;
import io.trimtab.recommend.consolidation.simulation.ConsolidationWeek.Outcome;
import io.trimtab.recommend.consolidation.simulation.ConsolidationWeek.Who;
import io.trimtab.recommend.consolidation.simulation.FragmentedCluster;
import io.trimtab.recommend.consolidation.simulation.PlanCheck;
import io.trimtab.recommend.consolidation.simulation.SingleMoves;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;

/** Consolidates seeded clusters beside the stock autoscalers and single moves, then goes through a week with daily waves. */
public final class ConsolidationBenchmark {
    private static final double HOURS_PER_MONTH = 730;

    private final Consumer<String> say;
    private final InstantSource clock = InstantSource.system();
    private boolean valid = true;

    private ConsolidationBenchmark(Consumer<String> say) {
        this.say = say;
    }

    /** What is asked for. */
    public record Size(int seeds, int nodes, int podsPerNode, int services) {}

    /** @return whether every plan was valid */
    public static boolean run(Size size, Consumer<String> say) {
        var benchmark = new ConsolidationBenchmark(say);
        benchmark.clusters(size);
        benchmark.weeks(size);
        return benchmark.valid;
    }

    private void clusters(Size size) {
        say.accept("%d nodes, %d pods; saving in %% of the cost"
                .formatted(size.nodes(), size.nodes() * size.podsPerNode()));
        say.accept("seed  shapes  saving  single moves  Karpenter  Cluster Autoscaler   moved %   waves   seconds"
                + "   processor   same type");
        for (long seed = 1; seed <= size.seeds(); seed++) {
            cluster(size, seed, false);
            cluster(size, seed, true);
        }
    }

    private void cluster(Size size, long seed, boolean shapes) {
        ConsolidationProblem problem =
                FragmentedCluster.of(seed, size.nodes(), size.podsPerNode(), shapes, Policy.TRIMTAB);
        double cost = problem.nodes().stream()
                .map(ClusterNode::price)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .doubleValue();
        long begun = clock.millis();
        long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        ConsolidationPlan plan = checked(problem);
        double seconds = (clock.millis() - begun) / 1e3;
        double processorSeconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor) / 1e9;
        int moves = plan.remove().stream().mapToInt(one -> one.moves().size()).sum();
        say.accept(String.format(
                Locale.ROOT,
                "%4d  %-6s  %6.1f  %12.1f  %9.1f  %18.1f  %8.1f  %6d  %8.2f  %10.2f  %10d",
                seed,
                shapes ? "yes" : "no",
                share(plan, cost),
                100 * SingleMoves.saving(problem).doubleValue() / cost,
                share(other(size, seed, shapes, Policy.KARPENTER), cost),
                share(other(size, seed, shapes, Policy.CLUSTER_AUTOSCALER), cost),
                100.0 * moves / (size.nodes() * size.podsPerNode()),
                plan.remove().stream().mapToInt(Removal::wave).max().orElse(0),
                seconds,
                processorSeconds,
                PlanCheck.swaps(problem, plan).size()));
    }

    private ConsolidationPlan other(Size size, long seed, boolean shapes, Policy policy) {
        return checked(FragmentedCluster.of(seed, size.nodes(), size.podsPerNode(), shapes, policy));
    }

    private ConsolidationPlan checked(ConsolidationProblem problem) {
        ConsolidationPlan plan = Consolidator.plan(problem);
        PlanCheck.faults(problem, plan).forEach(this::fault);
        return plan;
    }

    private void fault(String fault) {
        valid = false;
        say.accept("NOT VALID: " + fault);
    }

    private static double share(ConsolidationPlan plan, double cost) {
        return 100 * plan.savingPerMonth().doubleValue() / HOURS_PER_MONTH / cost;
    }

    private void weeks(Size size) {
        say.accept("");
        say.accept("a week of %d services with daily waves, a plan each hour".formatted(size.services()));
        say.accept("seed   USD: never   each hour anew     ours   saving %   evictions anew     ours   same type"
                + "   twice in an hour   budgets overspent");
        for (long seed = 1; seed <= size.seeds(); seed++) {
            double never =
                    ConsolidationWeek.run(Who.NOBODY, seed, size.services()).cost();
            Outcome anew = ConsolidationWeek.run(Who.REPACK, seed, size.services());
            Outcome ours = ConsolidationWeek.run(Who.TRIMTAB, seed, size.services());
            ours.faults().forEach(this::fault);
            say.accept(String.format(
                    Locale.ROOT,
                    "%4d  %11.0f  %15.0f  %7.0f  %9.1f  %15d  %7d  %10d  %17d  %18d",
                    seed,
                    never,
                    anew.cost(),
                    ours.cost(),
                    100 * (never - ours.cost()) / (never - anew.cost()),
                    anew.evictions(),
                    ours.evictions(),
                    ours.swaps(),
                    ours.movedTwice(),
                    ours.overspent()));
        }
    }
}
