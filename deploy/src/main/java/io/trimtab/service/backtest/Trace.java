package io.trimtab.service.backtest;

import io.trimtab.service.config.SettingsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Samples on a regular grid of the median step. Several samples of a cell are averaged (or binned as the list says); an empty cell
 * repeats the value before it.
 *
 * @param values one per cell
 * @param measured false where a cell had no sample
 * @param startSeconds the time of the first cell, since 1970
 */
record Trace(String name, double[] values, boolean[] measured, double startSeconds, double stepSeconds) {
    private record Sample(double seconds, double value) {}

    int perHour() {
        return Math.max(1, (int) Math.rint(3600 / stepSeconds));
    }

    Instant time(int cell) {
        double seconds = startSeconds + stepSeconds * cell;
        long whole = (long) Math.floor(seconds);
        return Instant.ofEpochSecond(whole, Math.round((seconds - whole) * 1e9));
    }

    static Trace read(TraceSpec spec) {
        List<Sample> samples = samples(spec);
        if (samples.size() < 2)
            throw new SettingsException("%s: %s has %d samples; two are needed to tell their step"
                    .formatted(spec.name(), spec.file(), samples.size()));
        samples.sort(Comparator.comparingDouble(Sample::seconds));
        double median = medianStep(samples);
        double step = spec.binning().isPresent() ? 300 : median;
        if (!(step > 0))
            throw new SettingsException("%s: most samples of %s share their time".formatted(spec.name(), spec.file()));
        double first = samples.getFirst().seconds();
        double start = spec.binning().isPresent() ? Math.floor(first / step) * step : first;
        return grid(spec, samples, start, step);
    }

    private static double medianStep(List<Sample> sorted) {
        double[] steps = new double[sorted.size() - 1];
        for (int i = 0; i < steps.length; i++)
            steps[i] = sorted.get(i + 1).seconds() - sorted.get(i).seconds();
        Arrays.sort(steps);
        return (steps[(steps.length - 1) / 2] + steps[steps.length / 2]) / 2;
    }

    private static Trace grid(TraceSpec spec, List<Sample> samples, double start, double step) {
        // A sample a rounding error before its cell belongs to the cell.
        double slack = spec.binning().isPresent() ? 0 : 1e-6;
        int cells = (int) Math.floor((samples.getLast().seconds() - start) / step + slack) + 1;
        double[] sums = new double[cells];
        double[] maxima = new double[cells];
        int[] counts = new int[cells];
        for (Sample sample : samples) {
            int cell = (int) Math.floor((sample.seconds() - start) / step + slack);
            sums[cell] += sample.value();
            maxima[cell] = counts[cell] == 0 ? sample.value() : Math.max(maxima[cell], sample.value());
            counts[cell]++;
        }
        double[] values = new double[cells];
        boolean[] measured = new boolean[cells];
        TraceSpec.Binning binning = spec.binning().orElse(TraceSpec.Binning.MEAN5);
        for (int cell = 0; cell < cells; cell++) {
            measured[cell] = counts[cell] > 0;
            if (!measured[cell]) values[cell] = values[cell - 1];
            else
                values[cell] = switch (binning) {
                    case MEAN5 -> sums[cell] / counts[cell];
                    case MAX5 -> maxima[cell];
                    case SUM5 -> sums[cell];
                };
        }
        return new Trace(spec.name(), values, measured, start, step);
    }

    private static List<Sample> samples(TraceSpec spec) {
        List<Sample> samples = new ArrayList<>();
        try (BufferedReader lines = CsvFiles.read(spec.file())) {
            String header = lines.readLine();
            int column = column(spec, header == null ? new String[0] : CsvFiles.cells(header));
            long number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String[] cells = CsvFiles.cells(line);
                if (cells.length <= column) continue;
                double value = CsvFiles.number(cells[column], spec.file(), number);
                if (Double.isFinite(value)) samples.add(new Sample(seconds(cells[0], spec, number), value));
            }
        } catch (IOException e) {
            throw CsvFiles.unreadable(spec.file(), e);
        }
        return samples;
    }

    private static int column(TraceSpec spec, String[] header) {
        int column = spec.column().map(Arrays.asList(header)::indexOf).orElse(1);
        if (column >= 1 && column < header.length) return column;
        throw new SettingsException("%s: %s has no column %s; its header is %s"
                .formatted(spec.name(), spec.file(), spec.column().orElse("2"), String.join(",", header)));
    }

    /** ISO 8601; without an offset it is UTC. */
    private static double seconds(String time, TraceSpec spec, long line) {
        String text = time.replace(' ', 'T');
        try {
            Instant instant = text.matches(".*T.*(Z|[+-]\\d\\d:?\\d\\d)")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            return instant.getEpochSecond() + instant.getNano() / 1e9;
        } catch (DateTimeException e) {
            throw new SettingsException("%s: %s, line %d: \"%s\" is not an ISO 8601 time such as 2026-11-02T00:05:00Z"
                    .formatted(spec.name(), spec.file(), line, time));
        }
    }
}
