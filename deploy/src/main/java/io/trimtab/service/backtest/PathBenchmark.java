package io.trimtab.service.backtest;

import io.trimtab.forecast.ensemble.Fan;
import io.trimtab.forecast.ensemble.SeasonalForecaster;
import io.trimtab.service.config.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The next values of each series of a folder, with bounds. */
public final class PathBenchmark {
    /** So many forecasts are made beforehand, not timed: the compiler is done by then. */
    private static final int WARM_UP = 1000;

    private PathBenchmark() {}

    /**
     * @param horizon empty: that of the file's kind
     * @param out gets {@code series,step,mean,lo80,hi80,lo95,hi95}
     * @throws SettingsException if a file cannot be read or written
     */
    public static void run(Path folder, Optional<Integer> horizon, Path out, Consumer<String> say) {
        List<Path> files = files(folder);
        try (PrintWriter writer = CsvFiles.write(out)) {
            writer.println("series,step,mean,lo80,hi80,lo95,hi95");
            for (Path file : files) forecast(file, horizon, writer, say);
            if (writer.checkError())
                throw new SettingsException("%s cannot be written; is the disk full?".formatted(out));
        } catch (IOException e) {
            throw new SettingsException("%s cannot be written: %s".formatted(out, e));
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(
                            file -> file.getFileName().toString().matches(".+-train\\.csv(\\.gz)?"))
                    .sorted()
                    .toList();
            if (files.isEmpty())
                throw new SettingsException(
                        "--data (%s) holds no NAME-train.csv or NAME-train.csv.gz".formatted(folder));
            return files;
        } catch (IOException e) {
            throw CsvFiles.unreadable(folder, e);
        }
    }

    private static void forecast(Path file, Optional<Integer> horizon, PrintWriter writer, Consumer<String> say) {
        String name = file.getFileName().toString().replaceFirst("-train\\.csv(\\.gz)?$", "");
        Kind kind = Kind.of(name);
        int steps = horizon.orElse(kind.horizon);
        List<WideSeries> all = WideSeries.read(file);
        for (int i = 0; i < WARM_UP; i++)
            SeasonalForecaster.forecast(all.get(i % all.size()).values(), steps, kind.season);
        InstantSource clock = InstantSource.system();
        Instant start = clock.instant();
        List<Fan> fans = all.stream()
                .map(series -> SeasonalForecaster.forecast(series.values(), steps, kind.season))
                .toList();
        double seconds = Math.max(1e-3, Duration.between(start, clock.instant()).toNanos() / 1e9);
        for (int i = 0; i < fans.size(); i++) write(all.get(i).name(), fans.get(i), writer);
        double kept = all.stream()
                .mapToInt(series -> Math.min(series.values().length, SeasonalForecaster.NEWEST_VALUES))
                .average()
                .orElse(0);
        say.accept("%s: %d series, %d steps, with bounds: %.0f series/s on one thread, %.0f state bytes per series"
                .formatted(name, all.size(), steps, all.size() / seconds, kept * Float.BYTES));
    }

    private static void write(String name, Fan fan, PrintWriter writer) {
        for (int h = 0; h < fan.middle().length; h++) {
            writer.println(String.join(
                    ",",
                    name,
                    String.valueOf(h + 1),
                    String.valueOf(fan.middle()[h]),
                    String.valueOf(fan.quantile(0.1, h)),
                    String.valueOf(fan.quantile(0.9, h)),
                    String.valueOf(fan.quantile(0.025, h)),
                    String.valueOf(fan.quantile(0.975, h))));
        }
    }
}
