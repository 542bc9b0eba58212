package io.trimtab.service.cli;

import io.trimtab.service.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What may be spent, and who is told. */
final class BudgetOptions {
    @Option(
            names = "--budgets",
            paramLabel = "FILE",
            defaultValue = "${env:TRIMTAB_BUDGETS}",
            description = "What namespaces and labels may spend in a month (YAML); a changed file counts at once"
                    + " (default: none).")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--webhook-url",
            paramLabel = "URL",
            defaultValue = "${env:TRIMTAB_WEBHOOK_URL}",
            description = "Where CloudEvents are posted when a budget does not last, or a spend is unusual (default:"
                    + " nowhere).")
    private Optional<URI> webhook = Optional.empty();

    @Option(
            names = "--webhook-secret-file",
            paramLabel = "FILE",
            defaultValue = "${env:TRIMTAB_WEBHOOK_SECRET_FILE}",
            description = "The secret that they are signed with, as of Standard Webhooks (default: they are not).")
    private Optional<Path> webhookSecret = Optional.empty();

    Settings.Budgets settings() {
        return new Settings.Budgets(file, webhook, webhookSecret);
    }
}
