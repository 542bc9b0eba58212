package io.trimtab.service.testbed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The programs that {@code deploy/testbed/build} made, such as {@code helm} and {@code kubectl}.
 *
 * @param folder is there and complete
 */
public record Binaries(Path folder) {
    private static final int LONGEST_SECONDS = 120;

    /**
     * How a program ended.
     *
     * @param out its standard output
     * @param err its standard error
     */
    public record Run(List<String> command, int exitCode, String out, String err) {
        /** The standard output of a program that must succeed. */
        public String orFail() {
            if (exitCode != 0) throw new AssertionError("%s: exit code %d: %s".formatted(command, exitCode, err));
            return out;
        }
    }

    /** Ends the running test where they are missing, or builds them as {@link TestbedExtension} would. */
    public static Binaries find() throws IOException, InterruptedException {
        return found();
    }

    /** As {@link #find}, of one module only, which may be one that the control plane does without. */
    public static Binaries of(String module) throws IOException, InterruptedException {
        return found(module);
    }

    /** As {@link #of}, of a module that takes too long to build for a test to ask for it: where it is missing, the test is skipped everywhere. */
    static Binaries ifBuilt(String module) throws IOException, InterruptedException {
        Script check = Script.run("build", "--check", module);
        if (check.exitCode() == Script.NOT_BUILT) Requirement.optional(check.lastLine());
        if (check.exitCode() != 0) throw new IllegalStateException(check.lastLine());
        return new Binaries(Path.of(check.lastLine()));
    }

    private static Binaries found(String... module) throws IOException, InterruptedException {
        String[] arguments =
                Stream.concat(Stream.of("--check"), Stream.of(module)).toArray(String[]::new);
        Script check = Script.run("build", arguments);
        if (check.exitCode() == Script.NOT_BUILT) {
            build(check, module);
            check = Script.run("build", arguments);
        }
        if (check.exitCode() != 0) throw new IllegalStateException(check.lastLine());
        return new Binaries(Path.of(check.lastLine()));
    }

    /**
     * Builds them if {@code trimtab.testbed.build} says so, or ends the running test.
     * @param missing what ended with {@link Script#NOT_BUILT}
     */
    static void build(Script missing, String... module) throws IOException, InterruptedException {
        boolean wanted =
                Boolean.getBoolean("trimtab.testbed.build") || "true".equals(System.getenv("TRIMTAB_TESTBED_BUILD"));
        if (!wanted) Requirement.missing(missing.lastLine());
        Script build = Script.run("build", module);
        if (build.exitCode() != 0) throw new IllegalStateException(build.lastLine());
    }

    /** Where a program is. */
    public Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /** Runs a program to its end. */
    public Run run(String name, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program(name).toString()));
        command.addAll(arguments);
        Path out = Files.createTempFile("trimtab-", ".out");
        Path err = Files.createTempFile("trimtab-", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("%s has not ended after %d s".formatted(command, LONGEST_SECONDS));
            }
            return new Run(
                    command,
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
