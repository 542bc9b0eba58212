package io.trimtab.cost.tariff;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads prices from lines with commas. The first line names the columns, {@code instance_type} and {@code price_per_hour} among them. */
public final class PriceList {
    private static final String TYPE = "instance_type";
    private static final String PRICE = "price_per_hour";
    private static final Set<String> COLUMNS = Set.of(TYPE, "region", "pool", "capacity_type", PRICE, "currency");
    private static final int MOST_LINES = 100_000;

    private PriceList() {}

    /**
     * @param name of the list, for messages
     * @param money converts amounts
     * @param check throws an IllegalArgumentException where a price cannot be meant
     * @throws IllegalArgumentException naming the line, as {@code prices.csv:3: …}
     */
    public static List<GivenPrice> read(String name, List<String> lines, Currencies money, Consumer<GivenPrice> check) {
        if (lines.size() > MOST_LINES)
            throw new IllegalArgumentException("%s: must have at most %d lines".formatted(name, MOST_LINES));
        List<GivenPrice> prices = new ArrayList<>();
        Map<MachineSelector, Integer> seen = new HashMap<>();
        List<String> columns = List.of();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) continue;
            try {
                if (columns.isEmpty()) {
                    columns = columns(line);
                    continue;
                }
                GivenPrice price = price(cells(line, columns), money);
                check.accept(price);
                Integer before = seen.putIfAbsent(price.machines(), i + 1);
                if (before != null) throw new IllegalArgumentException("line %d is for the same".formatted(before));
                prices.add(price);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("%s:%d: %s".formatted(name, i + 1, e.getMessage()), e);
            }
        }
        if (columns.isEmpty())
            throw new IllegalArgumentException("%s: must begin with a line that names the columns".formatted(name));
        return prices;
    }

    private static List<String> columns(String line) {
        List<String> columns = List.of(split(line));
        for (String column : columns) {
            if (!COLUMNS.contains(column))
                throw new IllegalArgumentException(
                        "column (%s) must be one of instance_type, region, pool,".formatted(column)
                                + " capacity_type, price_per_hour, currency");
            if (columns.indexOf(column) != columns.lastIndexOf(column))
                throw new IllegalArgumentException("column %s must not be there twice".formatted(column));
        }
        for (String needed : List.of(TYPE, PRICE))
            if (!columns.contains(needed)) throw new IllegalArgumentException("column %s is missing".formatted(needed));
        return columns;
    }

    private static Map<String, String> cells(String line, List<String> columns) {
        String[] cells = split(line);
        if (cells.length != columns.size())
            throw new IllegalArgumentException("%d cells, but %d columns".formatted(cells.length, columns.size()));
        Map<String, String> byColumn = new HashMap<>();
        for (int i = 0; i < cells.length; i++) if (!cells[i].isEmpty()) byColumn.put(columns.get(i), cells[i]);
        return byColumn;
    }

    private static String[] split(String line) {
        if (line.contains("\"")) throw new IllegalArgumentException("no cell needs quotation marks");
        String[] cells = line.split(",", -1);
        for (int i = 0; i < cells.length; i++) cells[i] = cells[i].strip();
        return cells;
    }

    private static GivenPrice price(Map<String, String> cells, Currencies money) {
        for (String needed : List.of(TYPE, PRICE))
            if (!cells.containsKey(needed))
                throw new IllegalArgumentException("%s must not be empty".formatted(needed));
        MachineSelector machines = new MachineSelector(
                cells.getOrDefault(TYPE, ""),
                cells.getOrDefault("region", "*"),
                cells.getOrDefault("pool", "*"),
                MachineSelector.spot(cells.getOrDefault("capacity_type", "")));
        BigDecimal amount = number(cells.getOrDefault(PRICE, ""));
        return new GivenPrice(machines, money.usd(amount, Optional.ofNullable(cells.get("currency"))));
    }

    private static BigDecimal number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs(number.scale()) <= 18 && number.precision() <= 18) return number;
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("price_per_hour (%s) must be a number such as 0.096".formatted(text));
    }
}
