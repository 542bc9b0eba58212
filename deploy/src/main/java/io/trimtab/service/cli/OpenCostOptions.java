package io.trimtab.service.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Where OpenCost's routes are served. */
final class OpenCostOptions {
    @Option(
            names = "--opencost-port",
            paramLabel = "PORT",
            defaultValue = "${env:TRIMTAB_OPENCOST_PORT}",
            description = "The port of OpenCost's routes, which is 9003 for its clients; 0 takes a free one (default:"
                    + " none).")
    private Optional<Integer> port = Optional.empty();

    /** @return empty when nothing is to be served */
    Optional<Integer> port() {
        return port;
    }
}
