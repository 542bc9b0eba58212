package io.trimtab.cost.prices;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads the shipped price catalogue. */
final class Catalogue {
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    private Catalogue() {}

    static List<Shape> read() {
        var resource =
                java.util.Objects.requireNonNull(Catalogue.class.getResourceAsStream("catalogue.csv"), "catalogue.csv");
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("provider,"))
                    .map(Catalogue::shape)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Shape shape(String line) {
        String[] cells = line.split(",", -1);
        Resources capacity = new Resources(
                MilliCores.of(new BigDecimal(cells[2])),
                Bytes.of(new BigDecimal(cells[3]).multiply(GIB)),
                cells[4].isEmpty() ? GpuMilli.ZERO : GpuMilli.of(new BigDecimal(cells[4])));
        Optional<BigDecimal> spot = cells[8].isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(cells[8]));
        return new Shape(
                cells[0],
                cells[1],
                capacity,
                cells[5],
                cells[6].isEmpty() ? "amd64" : cells[6],
                new BigDecimal(cells[7]),
                spot);
    }
}
