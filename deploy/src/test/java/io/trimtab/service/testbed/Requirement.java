package io.trimtab.service.testbed;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What a test needs from the machine: absent, it skips the test in plain sight, and fails it where nobody would see a skip. */
public final class Requirement {
    private Requirement() {}

    /**
     * Ends the running test: skipped, or failed where the environment says {@code CI=true}.
     * @param line what is missing and the command that installs it
     */
    public static void missing(String line) {
        missing(line, "true".equals(System.getenv("CI")));
    }

    static void missing(String line, boolean continuousIntegration) {
        if (continuousIntegration) Assertions.fail(line);
        optional(line);
    }

    /** Ends the running test, skipped: it can be done without everywhere. */
    static void optional(String line) {
        System.err.println("skipped: " + line);
        Assumptions.abort(line);
    }
}
