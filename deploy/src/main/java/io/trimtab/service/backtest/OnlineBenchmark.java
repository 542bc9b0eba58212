package io.trimtab.service.backtest;

import io.trimtab.forecast.online.Level;
import io.trimtab.service.config.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The forecasts that the service makes as samples come, over the second half of each trace: coverage by horizon, leaks, and the sum of all traces. */
public final class OnlineBenchmark {
    private OnlineBenchmark() {}

    /**
     * @param list of traces, see {@link TraceSpec}
     * @param out gets {@code series,origin,step,p50,p95} of the maximum of the next hour
     * @throws SettingsException if a file cannot be read or written
     */
    public static void run(Path list, Path out, Consumer<String> say) {
        List<OnlineReplay> replays = new ArrayList<>();
        InstantSource clock = InstantSource.system();
        Instant start = clock.instant();
        try (PrintWriter writer = CsvFiles.write(out)) {
            writer.println("series,origin,step,p50,p95");
            for (TraceSpec spec : TraceSpec.read(list)) {
                OnlineReplay replay = new OnlineReplay(Trace.read(spec)).run();
                write(replay, writer);
                replays.add(replay);
            }
            if (writer.checkError())
                throw new SettingsException("%s cannot be written; is the disk full?".formatted(out));
        } catch (IOException e) {
            throw new SettingsException("%s cannot be written: %s".formatted(out, e));
        }
        double seconds = Duration.between(start, clock.instant()).toNanos() / 1e9;
        int refits = replays.stream().mapToInt(replay -> replay.refits).sum();
        say.accept("%d traces, %d refits: %.1f s".formatted(replays.size(), refits, seconds));
        coverage(replays, say);
        leaks(replays, say);
        sum(replays, say);
    }

    private static void write(OnlineReplay replay, PrintWriter writer) {
        for (int i = 0; i < replay.origins.size(); i++)
            writer.println(String.join(
                    ",",
                    replay.trace.name(),
                    replay.trace.time(replay.origins.get(i)).toString(),
                    String.valueOf(replay.trace.perHour()),
                    String.valueOf(replay.hourly.get(i).maximum(Level.P50)),
                    String.valueOf(replay.hourly.get(i).maximum(Level.P95))));
    }

    private static void coverage(List<OnlineReplay> replays, Consumer<String> say) {
        say.accept(
                "mean coverage     P50    P80    P90    P95    P99   of the maximum: P50    P80    P90    P95    P99");
        for (int horizon = 0; horizon < OnlineReplay.HORIZONS.size(); horizon++) {
            int at = horizon;
            List<OnlineReplay> asked =
                    replays.stream().filter(replay -> replay.asked[at] > 0).toList();
            StringBuilder line = new StringBuilder(
                    "%9d min ".formatted(OnlineReplay.HORIZONS.get(at).toMinutes()));
            for (Level level : Level.values()) line.append(" %.3f ".formatted(mean(asked, at, level, false)));
            line.append("               ");
            for (Level level : Level.values()) line.append(" %.3f ".formatted(mean(asked, at, level, true)));
            say.accept(line.toString());
        }
    }

    private static double mean(List<OnlineReplay> replays, int horizon, Level level, boolean maximum) {
        return replays.stream()
                .mapToDouble(replay -> (maximum ? replay.maximumCovered : replay.valueCovered)[horizon][level.index]
                        / (double) replay.asked[horizon])
                .average()
                .orElse(0);
    }

    private static void leaks(List<OnlineReplay> replays, Consumer<String> say) {
        int hours = replays.stream().mapToInt(replay -> replay.hoursSaidToLeak).sum();
        List<String> names = replays.stream()
                .filter(replay -> replay.hoursSaidToLeak > 0)
                .map(replay -> replay.trace.name())
                .toList();
        say.accept("said to leak: %d hours, of %s".formatted(hours, names.isEmpty() ? "no trace" : names));
    }

    /** The traces whose cells lie at the same times, together. */
    private static void sum(List<OnlineReplay> replays, Consumer<String> say) {
        Trace pattern = replays.getFirst().trace;
        List<OnlineReplay> alike = replays.stream()
                .filter(replay -> replay.trace.startSeconds() == pattern.startSeconds()
                        && replay.trace.stepSeconds() == pattern.stepSeconds()
                        && replay.trace.values().length == pattern.values().length)
                .toList();
        if (alike.size() < 2) return;
        double[] values = new double[pattern.values().length];
        boolean[] measured = new boolean[values.length];
        Arrays.fill(measured, true);
        for (OnlineReplay replay : alike) {
            for (int cell = 0; cell < values.length; cell++) {
                values[cell] += replay.trace.values()[cell];
                measured[cell] &= replay.trace.measured()[cell];
            }
        }
        OnlineReplay sum = new OnlineReplay(
                        new Trace("sum", values, measured, pattern.startSeconds(), pattern.stepSeconds()))
                .run();
        for (boolean maximum : new boolean[] {false, true}) {
            double together = 0;
            double apart = 0;
            for (int i = 0; i < sum.hourly.size(); i++) {
                together += p95(sum, i, maximum);
                for (OnlineReplay replay : alike) apart += p95(replay, i, maximum);
            }
            int[][] covered = maximum ? sum.maximumCovered : sum.valueCovered;
            say.accept("sum of %d traces, %s: P95 covers %.1f %%, and is %.1f %% below the sum of P95s"
                    .formatted(
                            alike.size(),
                            maximum ? "maximum of the next hour" : "value in an hour",
                            100.0 * covered[OnlineReplay.HOUR][Level.P95.index] / sum.asked[OnlineReplay.HOUR],
                            100 * (1 - together / apart)));
        }
    }

    private static double p95(OnlineReplay replay, int origin, boolean maximum) {
        return maximum
                ? replay.hourly.get(origin).maximum(Level.P95)
                : replay.hourly.get(origin).value(Level.P95);
    }
}
