package io.trimtab.service.backtest;

import io.trimtab.service.config.SettingsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One row of the M4 competition's wide format.
 *
 * @param values oldest first; NaN where one is absent, never at the end
 */
record WideSeries(String name, double[] values) {
    /** The first line is a header; rows without any value are an error. */
    static List<WideSeries> read(Path file) {
        List<WideSeries> all = new ArrayList<>();
        try (BufferedReader lines = CsvFiles.read(file)) {
            lines.readLine();
            long number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) all.add(parse(line, file, number));
            }
        } catch (IOException e) {
            throw CsvFiles.unreadable(file, e);
        }
        if (all.isEmpty())
            throw new SettingsException("%s has no series: below its header must be a row for each".formatted(file));
        return all;
    }

    private static WideSeries parse(String line, Path file, long number) {
        String[] cells = CsvFiles.cells(line);
        double[] values = new double[cells.length - 1];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = CsvFiles.number(cells[i + 1], file, number);
            if (Double.isFinite(values[i])) count = i + 1;
        }
        if (count == 0)
            throw new SettingsException("%s, line %d: the series %s has no value".formatted(file, number, cells[0]));
        return new WideSeries(cells[0], Arrays.copyOf(values, count));
    }
}
