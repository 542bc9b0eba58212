package io.trimtab.service.backtest;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Money;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.recommend.replay.KindSlack;
import io.trimtab.recommend.replay.PolicyComparison;
import io.trimtab.recommend.replay.PolicyComparison.Result;
import io.trimtab.recommend.replay.PolicyComparison.Rival;
import io.trimtab.recommend.replay.SimulatedClusterSpec;
import io.trimtab.recommend.replay.SimulationReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** A month of the twelve kinds of workload with requests as they were written, with a stock VPA, and with Trimtab. */
public final class PodsBenchmark {
    private static final Duration LEARNING = Duration.ofDays(7);

    private PodsBenchmark() {}

    /** @param kinds whether the kinds of workload are told apart, with what hindsight would have left unused */
    public static void run(
            SimulatedClusterSpec spec,
            Duration acting,
            boolean kinds,
            Consumer<String> say,
            Consumer<String> progress) {
        PriceBook prices = PriceBook.shipped();
        var comparison = new PolicyComparison(
                spec,
                (type, capacity) -> Money.of(perHour(prices, type, capacity), Money.USD, RoundingMode.CEILING),
                prices);
        say.accept("%d workloads, %d nodes, seed %d: a week to learn, then %d days"
                .formatted(spec.workloads(), spec.nodes(), spec.seed(), acting.toDays()));
        say.accept("requests    slack   of CPU  of memory  kills (of leaks)  throttled min  late requests  pod-hours"
                + "        cost  container changes per workload and week");
        for (Rival rival : Rival.values()) {
            Result result = comparison.run(rival, LEARNING, acting, day -> progress.accept(rival + " " + day));
            say.accept(row(result, spec.workloads() * acting.toDays() / 7.0));
            if (kinds) result.kinds().forEach(kind -> say.accept(row(kind)));
        }
    }

    private static String row(KindSlack kind) {
        return String.format(
                Locale.ROOT,
                "  %-20s %5.1f %% of what is requested, %5.1f %% of what is not used; CPU %5.1f %% (with hindsight:"
                        + " one level %5.1f, by hour of the day %5.1f, each hour %5.1f; at minReplicas %5.1f of it),"
                        + " memory %5.1f %%",
                kind.kind(),
                100 * kind.ofRequested(),
                100 * kind.ofUnused(),
                100 * kind.cpu(),
                100 * kind.oneLevel(),
                100 * kind.byHour(),
                100 * kind.eachHour(),
                100 * kind.atMinimum(),
                100 * kind.memory());
    }

    private static BigDecimal perHour(PriceBook prices, String type, CapacityType capacity) {
        return prices.price(type, Resources.ZERO, capacity == CapacityType.SPOT).perHour();
    }

    private static String row(Result result, double workloadWeeks) {
        SimulationReport from = result.learned();
        SimulationReport to = result.end();
        return String.format(
                Locale.ROOT,
                "%-10s %5.1f %%  %5.1f %%    %5.1f %%  %7d (%6d)  %13.0f  %13d  %9.0f  %10.2f  %.2f",
                switch (result.rival()) {
                    case AS_WRITTEN -> "as written";
                    case STOCK_VPA -> "stock VPA";
                    case TRIMTAB -> "Trimtab";
                },
                100 * result.slack(),
                100 * result.cpuSlack(),
                100 * result.memorySlack(),
                to.oomKills() - from.oomKills(),
                to.leakKills() - from.leakKills(),
                to.throttledMinutes() - from.throttledMinutes(),
                to.lateRequests() - from.lateRequests(),
                to.podHours() - from.podHours(),
                to.cost().amount().subtract(from.cost().amount()),
                result.changes() / workloadWeeks);
    }
}
