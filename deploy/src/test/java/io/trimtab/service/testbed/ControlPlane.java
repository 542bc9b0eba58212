package io.trimtab.service.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The control plane that all tests of this process share; it ends with the process even when that is killed. */
final class ControlPlane implements AutoCloseable {
    private static final Pattern UP = Pattern.compile("up in ([0-9.]+) s: .*");

    private final Path folder;
    private final Duration startTime;
    private final AtomicInteger opened = new AtomicInteger();

    private ControlPlane(Path folder, Duration startTime) {
        this.folder = folder;
        this.startTime = startTime;
    }

    /** Starts one. Without binaries it builds them if {@code trimtab.testbed.build} says so, or ends the test that asked. */
    static ControlPlane start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("trimtab-testbed-");
        Script up = up(folder);
        if (up.exitCode() == Script.NOT_BUILT) {
            Files.delete(folder);
            Binaries.build(up);
            up = up(folder);
        }
        Matcher line = UP.matcher(up.lastLine());
        if (up.exitCode() != 0 || !line.matches()) throw new IllegalStateException(String.join("\n", up.lines()));
        return new ControlPlane(folder, Duration.ofMillis(Math.round(1000 * Double.parseDouble(line.group(1)))));
    }

    private static Script up(Path folder) throws IOException, InterruptedException {
        String self = Long.toString(ProcessHandle.current().pid());
        return Script.run("up", "--dir", folder.toString(), "--owner", self, "--hpa-sync", "1s");
    }

    /** From the first process to the last one's readiness. */
    Duration startTime() {
        return startTime;
    }

    /** A namespace that nobody has used before, named after the test that asks for it, as far as a label's 63 characters go. */
    Testbed open(String test) throws IOException {
        String words = test.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String name = "t%d-%.50s".formatted(opened.incrementAndGet(), words).replaceFirst("-+$", "");
        return Testbed.open(folder.resolve("kubeconfig"), name);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Script down = Script.run("down", "--dir", folder.toString());
        if (down.exitCode() != 0) throw new IllegalStateException(down.lastLine());
    }
}
