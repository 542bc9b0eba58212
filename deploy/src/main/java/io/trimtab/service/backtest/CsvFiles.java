package io.trimtab.service.backtest;

import io.trimtab.service.config.SettingsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Opens CSV files, compressed when their name ends in .gz. Cells may be quoted but hold no comma. */
final class CsvFiles {
    private CsvFiles() {}

    static BufferedReader read(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            InputStream plain = compressed(file) ? new GZIPInputStream(bytes) : bytes;
            return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    static PrintWriter write(Path file) throws IOException {
        OutputStream bytes = Files.newOutputStream(file);
        OutputStream plain = compressed(file) ? new GZIPOutputStream(bytes) : bytes;
        return new PrintWriter(new OutputStreamWriter(plain, StandardCharsets.UTF_8));
    }

    static String[] cells(String line) {
        String[] cells = line.split(",", -1);
        for (int i = 0; i < cells.length; i++) {
            String cell = cells[i].strip();
            boolean quoted = cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"");
            cells[i] = quoted ? cell.substring(1, cell.length() - 1) : cell;
        }
        return cells;
    }

    /** NaN for an absent value: an empty cell, NA or NaN. */
    static double number(String cell, Path file, long line) {
        if (cell.isEmpty() || cell.equals("NA") || cell.equalsIgnoreCase("nan")) return Double.NaN;
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new SettingsException("%s, line %d: \"%s\" is not a number; an absent value is an empty cell or NA"
                    .formatted(file, line, cell));
        }
    }

    static SettingsException unreadable(Path file, IOException e) {
        return new SettingsException("%s cannot be read: %s".formatted(file, e));
    }

    private static boolean compressed(Path file) {
        return file.toString().endsWith(".gz");
    }
}
