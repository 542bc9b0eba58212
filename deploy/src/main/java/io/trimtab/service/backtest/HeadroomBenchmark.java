package io.trimtab.service.backtest;

import io.trimtab.forecast.online.Level;
import io.trimtab.recommend.headroom.PoolWeek;
import io.trimtab.recommend.headroom.PoolWeek.Autoscaler;
import io.trimtab.recommend.headroom.PoolWeek.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Seeded weeks of a pool of nodes: how long pods wait for one, and what the nodes cost, by autoscaler. */
public final class HeadroomBenchmark {
    /** After which what is spare by the forecast goes. */
    private static final Duration UNNEEDED = Duration.ofMinutes(2);

    private static final int MOST_SPARE = 10;

    private HeadroomBenchmark() {}

    public static void run(int seeds, int services, Consumer<String> say) {
        say.accept("seed  autoscaler                        node hours  pending pod-seconds  cut by");
        for (long seed = 1; seed <= seeds; seed++) {
            Outcome reactive = PoolWeek.run(new Autoscaler.Reactive(), seed, services);
            line(say, seed, "reactive, 10 min", reactive, reactive);
            Outcome spare = PoolWeek.run(new Autoscaler.Spare(0, UNNEEDED), seed, services);
            int nodes = 0;
            for (int more = 1; more <= MOST_SPARE; more++) {
                Outcome next = PoolWeek.run(new Autoscaler.Spare(more, UNNEEDED), seed, services);
                if (next.nodeHours() > reactive.nodeHours()) break;
                spare = next;
                nodes = more;
            }
            line(say, seed, "reactive, 2 min, %d nodes to spare".formatted(nodes), spare, reactive);
            for (Level level : List.of(Level.P90, Level.P95, Level.P99))
                line(
                        say,
                        seed,
                        "forecast %s, 2 min".formatted(level),
                        PoolWeek.run(new Autoscaler.Forecast(level, UNNEEDED), seed, services),
                        reactive);
        }
    }

    private static void line(Consumer<String> say, long seed, String name, Outcome outcome, Outcome reactive) {
        double cut = 100 * (1 - outcome.pendingPodSeconds() / Math.max(1, reactive.pendingPodSeconds()));
        say.accept(String.format(
                Locale.ROOT,
                "%4d  %-32s  %10.0f  %19.0f  %5.1f %%",
                seed,
                name,
                outcome.nodeHours(),
                outcome.pendingPodSeconds(),
                cut));
    }
}
