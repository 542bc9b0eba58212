package io.trimtab.service.view;

import java.util.List;
import java.util.stream.Collectors;

/** Lines for a spreadsheet, after RFC 4180. */
public final class Csv {
    private Csv() {}

    public static String write(List<List<String>> lines) {
        return lines.stream()
                .map(line -> line.stream().map(Csv::quoted).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
