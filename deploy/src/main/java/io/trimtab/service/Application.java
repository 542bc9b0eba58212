package io.trimtab.service;

import io.trimtab.service.cli.TrimtabCommand;

/** The program. */
public final class Application {
    private Application() {}

    public static void main(String[] args) {
        int exitCode = TrimtabCommand.commandLine().execute(args);
        System.exit(exitCode);
    }
}
