package io.trimtab.service.backtest;

import io.trimtab.forecast.online.Level;
import io.trimtab.recommend.headroom.PoolWeek;
import io.trimtab.recommend.headroom.PoolWeek.Autoscaler;
import io.trimtab.recommend.headroom.PoolWeek.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Seeded weeks of a pool of nodes: how long pods wait for one, and what the nodes cost. Beside each forecast stands the reactive autoscaler that costs as much: the one
 * that keeps what is not needed just so long.
 */
public final class HeadroomBenchmark {
    /** After which what is spare by the forecast goes. */
    private static final Duration UNNEEDED = Duration.ofMinutes(2);

    /** The Cluster Autoscaler's default. */
    private static final int STOCK_MINUTES = 10;

    private static final int MOST_MINUTES = 120;

    private HeadroomBenchmark() {}

    public static void run(int seeds, int services, Consumer<String> say) {
        say.accept("      autoscaler       node hours  pending pod-seconds   reactive of at least that cost:"
                + "  minutes  node hours  pending pod-seconds  cut by");
        for (long seed = 1; seed <= seeds; seed++) {
            int minutes = STOCK_MINUTES;
            Outcome reactive = reactive(minutes, seed, services);
            say.accept(String.format(
                    Locale.ROOT,
                    "%4d  reactive %2d min  %10.0f  %19.0f",
                    seed,
                    minutes,
                    reactive.nodeHours(),
                    reactive.pendingPodSeconds()));
            for (Level level : List.of(Level.P90, Level.P95, Level.P99)) {
                Outcome forecast = PoolWeek.run(new Autoscaler.Forecast(level, UNNEEDED), seed, services);
                while (reactive.nodeHours() < forecast.nodeHours() && minutes < MOST_MINUTES)
                    reactive = reactive(++minutes, seed, services);
                say.accept(String.format(
                        Locale.ROOT,
                        "%4d  forecast %s     %10.0f  %19.0f  %32s %8d  %10.0f  %19.0f  %5.1f %%",
                        seed,
                        level,
                        forecast.nodeHours(),
                        forecast.pendingPodSeconds(),
                        "",
                        minutes,
                        reactive.nodeHours(),
                        reactive.pendingPodSeconds(),
                        100 * (1 - forecast.pendingPodSeconds() / reactive.pendingPodSeconds())));
            }
        }
    }

    private static Outcome reactive(int minutes, long seed, int services) {
        return PoolWeek.run(new Autoscaler.Reactive(Duration.ofMinutes(minutes)), seed, services);
    }
}
