package io.trimtab.service.testbed;

import io.trimtab.house.House;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One run of a script of {@code deploy/testbed}: how it ended and what it said, which is also shown while it runs. */
record Script(int exitCode, List<String> lines) {
    /** The exit code of {@code up} and {@code build --check} when the binaries have not been built. */
    static final int NOT_BUILT = 3;

    Script {
        lines = List.copyOf(lines);
    }

    /** Runs {@code deploy/testbed/NAME} to its end; its two outputs come as one. */
    static Script run(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(House.root().resolve("deploy/testbed").resolve(name).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                System.err.println(line);
                lines.add(line);
            }
        }
        return new Script(process.waitFor(), lines);
    }

    String lastLine() {
        return lines.isEmpty() ? "(no output)" : lines.getLast();
    }
}
