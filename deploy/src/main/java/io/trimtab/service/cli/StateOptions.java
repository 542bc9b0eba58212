package io.trimtab.service.cli;

import io.trimtab.service.config.Durations;
import io.trimtab.service.config.Settings;
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

    Optional<Settings.State> settings() {
        return folder.map(path -> new Settings.State(path, Durations.parse("--state-every", every)));
    }
}
