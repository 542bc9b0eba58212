package io.trimtab.service.cli;

import io.trimtab.cost.ledger.Retention;
import io.trimtab.service.config.Durations;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What of a real cluster survives a restart. */
final class StateOptions {
    @Option(
            names = "--state-dir",
            paramLabel = "FOLDER",
            defaultValue = "${env:TRIMTAB_STATE_DIR}",
            description = "Where what was learned of a real cluster is kept, so that a restart goes on from there;"
                    + " without it all is learned again.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--state-every",
            paramLabel = "DURATION",
            defaultValue = "${env:TRIMTAB_STATE_EVERY:-5m}",
            description = "The time between snapshots; one more is saved at the end (default: ${DEFAULT-VALUE}).")
    private String every = "5m";

    @Option(
            names = "--account-days",
            paramLabel = "DAYS",
            defaultValue = "${env:TRIMTAB_ACCOUNT_DAYS:-400}",
            description = "How many whole days of the account of costs are kept there (default: ${DEFAULT-VALUE}).")
    private int accountDays = 400;

    @Option(
            names = "--account-mib",
            paramLabel = "MIB",
            defaultValue = "${env:TRIMTAB_ACCOUNT_MIB:-512}",
            description =
                    "As far as they fit into so many MiB: of more the oldest days go (default:" + " ${DEFAULT-VALUE}).")
    private int accountMib = 512;

    Optional<Settings.State> settings() {
        Retention account = retention();
        return folder.map(path -> new Settings.State(path, Durations.parse("--state-every", every), account));
    }

    private Retention retention() {
        if (accountDays < 1 || accountDays > Retention.MOST_DAYS)
            throw new SettingsException(
                    "--account-days (%d) must be in 1..%d".formatted(accountDays, Retention.MOST_DAYS));
        if (accountMib < Retention.LEAST_MIB)
            throw new SettingsException(
                    "--account-mib (%d) must be at least %d".formatted(accountMib, Retention.LEAST_MIB));
        return Retention.ofMib(accountDays, accountMib);
    }
}
