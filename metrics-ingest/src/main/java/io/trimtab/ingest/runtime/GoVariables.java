package io.trimtab.ingest.runtime;

import io.trimtab.ingest.model.RuntimeSettings;
import java.util.Optional;

/** Reads the variables of Go's runtime. */
final class GoVariables {
    private static final String MEMORY_LIMIT = "GOMEMLIMIT";
    private static final String MAX_PROCS = "GOMAXPROCS";

    private GoVariables() {}

    /** @return empty when neither is set: nothing else tells that a program is one of Go */
    static Optional<RuntimeSettings.Go> read(Launch launch) {
        if (launch.variable(MEMORY_LIMIT).isEmpty()
                && launch.variable(MAX_PROCS).isEmpty()) return Optional.empty();
        return Optional.of(new RuntimeSettings.Go(
                launch.variable(MEMORY_LIMIT).flatMap(Sizes::go),
                launch.variable(MAX_PROCS).flatMap(Sizes::positive)));
    }
}
