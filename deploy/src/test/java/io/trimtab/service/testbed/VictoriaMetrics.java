package io.trimtab.service.testbed;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real VictoriaMetrics, or the agent of one, on a free loopback port, with a folder of its own that closing removes. Without the binaries it ends the test as
 * {@link Requirement} says.
 */
public final class VictoriaMetrics implements AutoCloseable {
    private static final int TRIES = 300;

    private final Path folder;
    private final Process process;
    private final URI uri;

    private VictoriaMetrics(Path folder, Process process, URI uri) {
        this.folder = folder;
        this.process = process;
        this.uri = uri;
    }

    /** Starts an empty server, which takes remote writes at {@code /api/v1/write}, and waits until it answers. */
    public static VictoriaMetrics server() throws IOException, InterruptedException {
        Path folder = emptyFolder();
        return start(folder, "victoria-metrics", "-storageDataPath=" + folder.resolve("data"));
    }

    /**
     * Starts an agent that scrapes {@code /metrics} of a server every second and sends all of it on, and waits until it answers.
     * @param target with host and port
     * @param writeTo takes the writes
     */
    public static VictoriaMetrics agent(URI target, URI writeTo) throws IOException, InterruptedException {
        Path folder = emptyFolder();
        Path scrape = Files.writeString(folder.resolve("scrape.yml"), """
            global: {scrape_interval: 1s}
            scrape_configs:
              - {job_name: kubelet, honor_labels: true, static_configs: [{targets: ['%s']}]}
            """.formatted(target.getAuthority()));
        return start(
                folder,
                "vmagent",
                "-promscrape.config=" + scrape,
                "-remoteWrite.url=" + writeTo,
                "-remoteWrite.tmpDataPath=" + folder.resolve("queue"),
                "-remoteWrite.flushInterval=1s");
    }

    /** Where its HTTP API is, without a trailing slash. */
    public URI uri() {
        return uri;
    }

    /** Of its process. */
    public long processId() {
        return process.pid();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    /** Ends the running test where the binaries are missing. */
    public static void requireInstalled() {
        boolean installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(Path::of)
                .anyMatch(path -> Files.isExecutable(path.resolve("victoria-metrics"))
                        && Files.isExecutable(path.resolve("vmagent")));
        if (installed) return;
        Requirement.missing(
                "'victoria-metrics' and 'vmagent' are not on PATH; install them: apt-get install victoria-metrics");
    }

    private static Path emptyFolder() throws IOException {
        requireInstalled();
        return Files.createTempDirectory("trimtab-victoria-");
    }

    private static VictoriaMetrics start(Path folder, String program, String... options)
            throws IOException, InterruptedException {
        String address = "127.0.0.1:" + freePort();
        List<String> command = new ArrayList<>(List.of(program, "-httpListenAddr=" + address));
        command.addAll(List.of(options));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        VictoriaMetrics started = new VictoriaMetrics(folder, process, URI.create("http://" + address));
        if (started.isReady()) return started;
        String said = Files.readString(log);
        started.close();
        throw new IllegalStateException("%s did not become ready: %s".formatted(program, said.strip()));
    }

    /** Asks until it answers, has ended, or 15 s are over. */
    private boolean isReady() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/health")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int tries = 0; tries < TRIES; tries++) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) return false;
                try {
                    if (client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) return true;
                } catch (IOException notListeningYet) {
                    continue;
                }
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
