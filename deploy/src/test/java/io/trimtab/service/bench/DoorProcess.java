package io.trimtab.service.bench;

import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.service.push.Door;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/** Our receiver in a process of its own, with the heap that the bar allows. */
final class DoorProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader from;
    private final PrintStream to;
    private final URI uri;

    /** @param heap as {@code -Xmx} takes it */
    DoorProcess(String heap) throws IOException {
        this.process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "@deploy/jvm.options",
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoorProcess.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.from = process.inputReader(StandardCharsets.US_ASCII);
        this.to = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        this.uri = URI.create(answer());
    }

    URI uri() {
        return uri;
    }

    long processId() {
        return process.pid();
    }

    /** What is in use after a collection, and the series kept in it. */
    record Heap(long liveBytes, int series) {}

    Heap heap() throws IOException {
        to.println();
        String[] found = answer().split(" ", -1);
        return new Heap(Long.parseLong(found[0]), Integer.parseInt(found[1]));
    }

    @Override
    public void close() {
        process.destroy();
    }

    private String answer() throws IOException {
        for (String line = from.readLine(); line != null; line = from.readLine())
            if (line.startsWith("> ")) return line.substring(2);
        throw new IOException("our receiver ended");
    }

    public static void main(String[] arguments) throws IOException {
        PushedSamples samples = PushedSamples.inHalfOf(Runtime.getRuntime().maxMemory());
        try (Door door = Door.open(samples, InstantSource.system())) {
            System.out.println("> " + door.uri());
            BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            while (asked.readLine() != null) {
                System.gc();
                long used =
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
                System.out.printf("> %d %d%n", used, samples.series());
            }
        }
    }
}
