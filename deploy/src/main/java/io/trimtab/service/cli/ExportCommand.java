package io.trimtab.service.cli;

import picocli.CommandLine.Command;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes what the account says in a form that other programs read.",
        synopsisSubcommandLabel = "FORM",
        subcommands = ExportFocusCommand.class)
final class ExportCommand {}
