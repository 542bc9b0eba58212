package io.trimtab.service.cli;

import io.trimtab.service.Version;
import io.trimtab.service.config.SettingsException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code trimtab}: the commands and what their exit codes mean. */
@Command(
        name = "trimtab",
        mixinStandardHelpOptions = true,
        versionProvider = TrimtabCommand.VersionText.class,
        description = {
            "Autoscaling and cost optimisation for Kubernetes, decided jointly from one forecast.",
            "Without a cluster, 'trimtab serve' shows a simulated one on http://127.0.0.1:8080."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            ReportCommand.class,
            ExplainCommand.class,
            CostCommand.class,
            ExportCommand.class,
            EvaluateCommand.class,
            ApiServiceCommand.class,
            BenchCommand.class,
            VersionCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:done, but something could not be answered (evaluate) or a source failed (report, explain, cost, export,"
                    + " serve)",
            "2:a wrong call: unknown command, option or setting, unreadable file"
        },
        footer = {
            "",
            "Every option of serve, report and explain can be set by an environment variable: --prometheus is"
                    + " TRIMTAB_PROMETHEUS.",
            "Shell completion: source <(trimtab generate-completion)"
        })
public final class TrimtabCommand {
    private TrimtabCommand() {}

    /** The parsed command line, ready to be executed. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new TrimtabCommand());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((exception, command, parsed) -> {
            if (!(exception instanceof SettingsException)) throw exception;
            command.getErr().println("trimtab: " + exception.getMessage());
            return CommandLine.ExitCode.USAGE;
        });
        return commandLine;
    }

    static final class VersionText implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"trimtab " + Version.current() + " (Java " + Runtime.version() + ")"};
        }
    }
}
