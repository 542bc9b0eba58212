package io.trimtab.service.loop;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.service.account.CostAccount;
import io.trimtab.service.config.Settings;
import java.nio.file.Path;
import java.time.InstantSource;

/** Opens the account that the settings allow for: that of the simulated cluster ends with it. */
final class Accounts {
    private static final Path FOLDER = Path.of("ledger");

    private Accounts() {}

    /** @param clock of the cluster */
    static CostAccount open(Settings settings, PriceBook prices, InstantSource clock) {
        return switch (settings.source()) {
            case Settings.Source.Demo _ -> CostAccount.passing(prices, settings.cycle(), clock);
            case Settings.Source.Real real ->
                real.state()
                        .map(state -> CostAccount.in(
                                state.folder().resolve(FOLDER), prices, settings.cycle(), clock, state.account()))
                        .orElseGet(() -> CostAccount.off(
                                "no account is kept, because there is no folder for it: start with --state-dir FOLDER,"
                                        + " and it begins with the first round",
                                clock));
        };
    }
}
