package io.trimtab.service.cli;

import picocli.CommandLine.Command;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes the account or the plan for the nodes in a form that other programs read.",
        synopsisSubcommandLabel = "FORM",
        subcommands = {ExportFocusCommand.class, ExportNodesCommand.class})
final class ExportCommand {}
