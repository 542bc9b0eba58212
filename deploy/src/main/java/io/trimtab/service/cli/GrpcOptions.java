package io.trimtab.service.cli;

import io.trimtab.service.config.Settings;
import java.nio.file.Files;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where metrics are taken by gRPC. */
final class GrpcOptions {
    /** On a person's machine a collector of its own may have it, so it is not taken there unless asked for. @see "OTLP specification, OTLP/gRPC Default Port" */
    private static final int PORT_IN_A_POD = 4317;

    @Option(
            names = "--grpc-port",
            paramLabel = "PORT",
            defaultValue = "${env:TRIMTAB_GRPC_PORT}",
            description = "The port of OpenTelemetry's metrics by gRPC (OTLP); 0 takes a free one (default: 4317 in a"
                    + " pod, none elsewhere).")
    private Optional<Integer> port = Optional.empty();

    /** @return empty when nothing is to be served */
    Optional<Settings.Grpc> settings(String host) {
        boolean inPod = Files.exists(SourceOptions.SERVICE_ACCOUNT);
        return port.or(() -> inPod ? Optional.of(PORT_IN_A_POD) : Optional.empty())
                .map(taken -> new Settings.Grpc(taken, host));
    }
}
