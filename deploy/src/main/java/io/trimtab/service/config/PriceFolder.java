package io.trimtab.service.config;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.tariff.GivenPrice;
import io.trimtab.cost.tariff.PriceList;
import io.trimtab.cost.tariff.Tariff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads what a user pays from a folder: {@code prices.yaml}, {@code prices.csv} or both. */
public final class PriceFolder {
    private static final String SETTINGS = "prices.yaml";
    private static final String LIST = "prices.csv";

    /** A ConfigMap holds 1 MiB. */
    private static final long LARGEST_BYTES = 8 << 20;

    private PriceFolder() {}

    /** @throws SettingsException naming the file and the line or the path that is wrong */
    public static Tariff read(Path folder) {
        Optional<String> settings = text(folder.resolve(SETTINGS));
        Optional<String> list = text(folder.resolve(LIST));
        if (settings.isEmpty() && list.isEmpty())
            throw new SettingsException(
                    "--prices-dir (%s) must have a file %s or %s".formatted(folder, SETTINGS, LIST));
        TariffFile file = settings.map(it -> TariffFile.read(SETTINGS, it)).orElse(TariffFile.EMPTY);
        return file.tariff(SETTINGS, list.map(it -> prices(it, file)).orElse(List.of()));
    }

    private static List<GivenPrice> prices(String text, TariffFile file) {
        try {
            return PriceList.read(LIST, text.lines().toList(), file.money(SETTINGS), PriceBook.shipped()::check);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> text(Path file) {
        try {
            if (!Files.exists(file)) return Optional.empty();
            if (Files.size(file) > LARGEST_BYTES)
                throw new SettingsException("%s must have at most %d bytes".formatted(file, LARGEST_BYTES));
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw new SettingsException("%s cannot be read: %s".formatted(file, e));
        }
    }
}
