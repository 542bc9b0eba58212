package io.trimtab.service.backtest;

import io.trimtab.forecast.peak.HourlyPeak;
import io.trimtab.forecast.peak.HourlyPeakForecaster;
import io.trimtab.service.config.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** The peak of the next hour, every quarter of an hour over the second half of each trace. */
public final class RollingBenchmark {
    private static final int FORECASTS_PER_HOUR = 4;

    private RollingBenchmark() {}

    /**
     * @param list of traces, see {@link TraceSpec}
     * @param out gets {@code series,origin,step,p50,p95}; a step of one hour, in samples
     * @throws SettingsException if a file cannot be read or written
     */
    public static void run(Path list, Path out, Consumer<String> say) {
        List<TraceSpec> specs = TraceSpec.read(list);
        InstantSource clock = InstantSource.system();
        Instant start = clock.instant();
        long forecasts = 0;
        try (PrintWriter writer = CsvFiles.write(out)) {
            writer.println("series,origin,step,p50,p95");
            for (TraceSpec spec : specs) forecasts += forecast(Trace.read(spec), writer);
            if (writer.checkError())
                throw new SettingsException("%s cannot be written; is the disk full?".formatted(out));
        } catch (IOException e) {
            throw new SettingsException("%s cannot be written: %s".formatted(out, e));
        }
        double seconds = Math.max(1e-3, Duration.between(start, clock.instant()).toNanos() / 1e9);
        say.accept("%d traces, %d forecasts: %.1f s, %.0f forecasts/s on one thread, learning and reading included"
                .formatted(specs.size(), forecasts, seconds, forecasts / seconds));
    }

    /** Every sample is shown before the next is asked about; what lies after an origin is not there yet. */
    private static long forecast(Trace trace, PrintWriter writer) {
        int perHour = trace.perHour();
        int every = Math.max(1, perHour / FORECASTS_PER_HOUR);
        int cells = trace.values().length;
        int firstWritten = cells / 2;
        HourlyPeakForecaster forecaster = new HourlyPeakForecaster(perHour, Math.max(1, perHour / every));
        long written = 0;
        for (int cell = 0; cell < cells - perHour; cell++) {
            forecaster.add(trace.measured()[cell] ? trace.values()[cell] : Double.NaN);
            if (cell % every != firstWritten % every) continue;
            HourlyPeak peak = forecaster.forecast();
            if (cell < firstWritten) continue;
            writer.println(String.join(
                    ",",
                    trace.name(),
                    trace.time(cell).toString(),
                    String.valueOf(perHour),
                    String.valueOf(peak.p50()),
                    String.valueOf(peak.p95())));
            written++;
        }
        return written;
    }
}
