package io.trimtab.service.cli;

import io.trimtab.cost.tariff.Tariff;
import io.trimtab.service.config.PriceFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the user pays other than list prices. */
final class PriceOptions {
    @Option(
            names = "--prices-dir",
            paramLabel = "DIR",
            defaultValue = "${env:TRIMTAB_PRICES_DIR}",
            description = "A folder with prices.csv (prices by instance type), prices.yaml (discounts, commitments,"
                    + " rates of machines of one's own) or both (default: list prices).")
    private Optional<Path> folder = Optional.empty();

    Tariff tariff() {
        return folder.map(PriceFolder::read).orElse(Tariff.NONE);
    }
}
