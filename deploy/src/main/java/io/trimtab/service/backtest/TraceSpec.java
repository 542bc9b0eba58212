package io.trimtab.service.backtest;

import io.trimtab.service.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of a list of traces: {@code NAME=FILE[:COLUMN][@mean5|@max5|@sum5]}, the file relative to the list.
 *
 * @param column the header of the column; empty: the second one
 */
record TraceSpec(String name, Path file, Optional<String> column, Optional<Binning> binning) {
    /** How the samples of five minutes become one. */
    enum Binning {
        MEAN5,
        MAX5,
        SUM5
    }

    static List<TraceSpec> read(Path list) {
        List<TraceSpec> specs = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(list)) {
                String text = line.strip();
                if (!text.isEmpty() && !text.startsWith("#")) specs.add(parse(text, list));
            }
        } catch (IOException e) {
            throw CsvFiles.unreadable(list, e);
        }
        if (specs.isEmpty()) throw new SettingsException("--list (%s) names no trace".formatted(list));
        return specs;
    }

    private static TraceSpec parse(String text, Path list) {
        int equals = text.indexOf('=');
        if (equals < 1)
            throw new SettingsException(
                    "%s: \"%s\" must be NAME=FILE[:COLUMN][@mean5|@max5|@sum5]".formatted(list, text));
        String rest = text.substring(equals + 1);
        Optional<Binning> binning = Optional.empty();
        int at = rest.lastIndexOf('@');
        if (at >= 0) {
            binning = Optional.of(binning(rest.substring(at + 1), text, list));
            rest = rest.substring(0, at);
        }
        int colon = rest.lastIndexOf(':');
        Optional<String> column = colon < 0 ? Optional.empty() : Optional.of(rest.substring(colon + 1));
        String file = colon < 0 ? rest : rest.substring(0, colon);
        return new TraceSpec(text.substring(0, equals), list.toAbsolutePath().resolveSibling(file), column, binning);
    }

    private static Binning binning(String name, String text, Path list) {
        for (Binning binning : Binning.values()) if (binning.name().equalsIgnoreCase(name)) return binning;
        throw new SettingsException(
                "%s: \"%s\" ends in @%s; the ways to bin are mean5, max5 and sum5".formatted(list, text, name));
    }
}
