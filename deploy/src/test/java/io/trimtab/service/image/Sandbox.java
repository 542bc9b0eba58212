package io.trimtab.service.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.service.testbed.Requirement;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs an image's entry point as a container engine would: in its own root, which it cannot write to, as the user that it names, as process 1, without
 * capabilities, with an empty environment and an empty /tmp. Where the kernel refuses that, its entry point and JDK run as they lie there, and a line says so.
 */
final class Sandbox {
    private static final String USER = "65532";

    private final UnpackedImage image;
    private final List<String> walls;

    private Sandbox(UnpackedImage image, List<String> walls) {
        this.image = image;
        this.walls = List.copyOf(walls);
    }

    /** @param image unpacked where every user may look into it */
    static Sandbox around(UnpackedImage image) throws IOException, InterruptedException {
        if (!isOnPath("bwrap"))
            Requirement.missing("bubblewrap, which the image is run in, is not installed: apt-get install bubblewrap");
        // An engine makes the folders at which it mounts what the kernel shows.
        Files.createDirectories(image.file("/proc"));
        Files.createDirectories(image.file("/dev"));
        List<String> walls = new ArrayList<>();
        if (isRoot()) walls.addAll(List.of("setpriv", "--reuid", USER, "--regid", USER, "--clear-groups"));
        walls.addAll(List.of("bwrap", "--ro-bind", image.root().toString(), "/", "--tmpfs", "/tmp"));
        walls.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--unshare-user", "--unshare-pid", "--unshare-ipc"));
        walls.addAll(List.of("--uid", USER, "--gid", USER, "--cap-drop", "ALL", "--clearenv"));
        walls.addAll(List.of("--as-pid-1", "--die-with-parent"));
        Sandbox walled = new Sandbox(image, walls);
        Path said = image.root().resolveSibling("said");
        Process probe = walled.start(said, "--version");
        assertThat(probe.waitFor(60, TimeUnit.SECONDS)).isTrue();
        if (probe.exitValue() == 0) return walled;
        String refusal = Files.readString(said).strip();
        assertThat(refusal).as("a failure of the sandbox, not of the image").startsWith("bwrap: ");
        System.err.println("the image is run without a sandbox, because this machine refuses one: " + refusal);
        return new Sandbox(image, List.of());
    }

    /** Whoever is root outside is the image's user inside in name and number; anybody else is so in number only. */
    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    boolean hasWalls() {
        return !walls.isEmpty();
    }

    /** @param output where both outputs go */
    Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(walls);
        for (String part : image.strings("/config/Entrypoint"))
            command.add(
                    hasWalls() || !part.startsWith("/")
                            ? part
                            : image.file(part).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** The JVM itself, which stands behind the walls' own processes. */
    static ProcessHandle java(Process started) {
        return Stream.concat(Stream.of(started.toHandle()), started.descendants())
                .filter(process -> process.info().command().orElse("").endsWith("/opt/java/bin/java"))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
