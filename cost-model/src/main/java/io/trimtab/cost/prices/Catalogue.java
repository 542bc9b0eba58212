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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads the shipped price catalogue; its first lines tell its form. */
final class Catalogue {
    static final String FILE = "catalogue.txt";
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    private Catalogue() {}

    static List<Shape> read() {
        var resource = Objects.requireNonNull(Catalogue.class.getResourceAsStream(FILE), FILE);
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return read(lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Shape> read(List<String> lines) {
        List<Shape> shapes = new ArrayList<>();
        Optional<Listing> listing = Optional.empty();
        for (String line : lines) {
            if (line.isEmpty() || line.startsWith("#")) continue;
            if (line.startsWith("=")) {
                String[] words = line.split(" ");
                listing = Optional.of(new Listing(words[1], words[2], LocalDate.parse(words[3])));
                continue;
            }
            int colon = line.indexOf(':');
            String[] family = line.substring(0, colon).split(" ");
            for (String size : line.substring(colon + 1).split(","))
                shapes.add(shape(listing.orElseThrow(), family, size.strip().split(" ")));
        }
        return shapes;
    }

    /** @param size its name, cores, GiB, price; then perhaps devices and a spot price */
    private static Shape shape(Listing listing, String[] family, String[] size) {
        BigDecimal devices = size.length > 4 ? new BigDecimal(size[4]) : BigDecimal.ZERO;
        return new Shape(
                listing,
                new Family(family[0]).type(size[0].equals("-") ? "" : size[0]),
                new Resources(
                        MilliCores.of(new BigDecimal(size[1])),
                        Bytes.of(new BigDecimal(size[2]).multiply(GIB)),
                        GpuMilli.of(devices)),
                family.length > 2 ? family[2] : "",
                family[1],
                new BigDecimal(size[3]),
                size.length > 5 ? Optional.of(new BigDecimal(size[5])) : Optional.empty());
    }
}
