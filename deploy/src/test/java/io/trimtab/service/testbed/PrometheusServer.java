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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * A real Prometheus on a free loopback port, with a store of its own that closing removes. It scrapes nothing unless told to, keeps
 * samples of any age and takes remote writes at {@code /api/v1/write}. Without the binary it ends the test as {@link Requirement} says.
 */
public final class PrometheusServer implements AutoCloseable {
    private static final int PORTS_TO_TRY = 3;
    private static final String SCRAPES_NOTHING = "global: {}\n";

    /** In a configuration it stands for the server's own host and port. */
    private static final String ITSELF = "ITSELF";

    /**
     * How one is started.
     *
     * @param program name on PATH, or path
     * @param configuration text of the file
     * @param data folder of its storage
     * @param tls with which it is asked whether it is ready; empty where it speaks plainly
     * @param more arguments
     */
    private record Start(String program, String configuration, Path data, Optional<SSLContext> tls, List<String> more) {
        static Start usual(String configuration, Path folder) {
            return new Start("prometheus", configuration, folder.resolve("data"), Optional.empty(), List.of());
        }
    }

    private final Path folder;
    private final Process process;
    private final URI uri;

    private PrometheusServer(Path folder, Process process, URI uri) {
        this.folder = folder;
        this.process = process;
        this.uri = uri;
    }

    /** Starts an empty one and waits until it answers. */
    public static PrometheusServer start() throws IOException, InterruptedException {
        return start(SCRAPES_NOTHING);
    }

    /**
     * Starts an empty one that speaks TLS with those whom its web configuration lets in, and waits until it answers.
     * @param webConfiguration a file for {@code --web.config.file}, with a certificate for {@code localhost}
     * @param known lets the test in, and trusts the certificate
     */
    public static PrometheusServer secured(Path webConfiguration, SSLContext known)
            throws IOException, InterruptedException {
        Path folder = emptyFolder();
        return start(
                folder,
                new Start(
                        "prometheus",
                        SCRAPES_NOTHING,
                        folder.resolve("data"),
                        Optional.of(known),
                        List.of("--web.config.file=" + webConfiguration)));
    }

    /**
     * Starts one that scrapes {@code /metrics} of a server every second, evaluates rules as often, and waits until it answers.
     * @param target with host and port
     * @param rules a rule file
     */
    public static PrometheusServer scraping(String job, URI target, Path rules)
            throws IOException, InterruptedException {
        String configuration = """
            global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
            rule_files: ['%s']
            scrape_configs:
              - {job_name: '%s', static_configs: [{targets: ['%s']}]}
            """.formatted(rules.toAbsolutePath(), job, target.getAuthority());
        return start(configuration);
    }

    /**
     * Starts one that scrapes {@code /metrics} of a server every second, sends all of it on by remote write, and waits until it answers.
     * @param replica its name among those of the cluster "east", in its external labels
     * @param target with host and port
     * @param writeTo takes the writes
     */
    public static PrometheusServer sending(String replica, URI target, URI writeTo)
            throws IOException, InterruptedException {
        String configuration = """
            global: {scrape_interval: 1s, scrape_timeout: 1s, external_labels: {cluster: 'east', __replica__: '%s'}}
            scrape_configs:
              - {job_name: kubelet, honor_labels: true, static_configs: [{targets: ['%s']}]}
            remote_write:
              - {url: '%s', queue_config: {batch_send_deadline: 1s}}
            """.formatted(replica, target.getAuthority(), writeTo);
        return start(configuration);
    }

    /**
     * Starts one of the current release, as {@code deploy/testbed/build prometheus} makes it, that scrapes itself and {@code /metrics} of a server every second,
     * sends all of it on by remote write, its own native histograms too, and waits until it answers. Skips the test in plain sight where it was not built.
     * @param replica its name among those of the cluster "east", in its external labels
     * @param target with host and port
     * @param writeTo takes the writes
     * @param message of the protocol, such as {@code io.prometheus.write.v2.Request}
     */
    public static PrometheusServer currentSending(String replica, URI target, URI writeTo, String message)
            throws IOException, InterruptedException {
        Binaries binaries = Binaries.ifBuilt("prometheus");
        String configuration = """
            global: {scrape_interval: 1s, scrape_timeout: 1s, scrape_native_histograms: true, external_labels: {cluster: 'east', __replica__: '%s'}}
            scrape_configs:
              - {job_name: kubelet, honor_labels: true, static_configs: [{targets: ['%s']}]}
              - {job_name: itself, static_configs: [{targets: ['ITSELF']}]}
            remote_write:
              - {url: '%s', protobuf_message: %s, send_native_histograms: true, queue_config: {batch_send_deadline: 1s}}
            """.formatted(replica, target.getAuthority(), writeTo, message);
        Path folder = Files.createTempDirectory("trimtab-prometheus-");
        String program = binaries.program("prometheus").toString();
        return start(folder, new Start(program, configuration, folder.resolve("data"), Optional.empty(), List.of()));
    }

    /**
     * Starts one that already holds the samples of a file and waits until it answers.
     * @param openMetrics in the OpenMetrics text format, each sample with its time in seconds, last line {@code # EOF}
     * @throws IllegalArgumentException with what promtool says about a file that it cannot read
     */
    public static PrometheusServer withHistory(Path openMetrics) throws IOException, InterruptedException {
        Path folder = emptyFolder();
        Path log = folder.resolve("promtool.log");
        Process promtool = launch(
                log,
                "promtool",
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                openMetrics.toString(),
                folder.resolve("data").toString());
        if (promtool.waitFor() != 0) {
            String said = Files.readString(log);
            delete(folder);
            throw new IllegalArgumentException("promtool cannot load %s: %s".formatted(openMetrics, said.strip()));
        }
        return start(folder, Start.usual(SCRAPES_NOTHING, folder));
    }

    /**
     * Starts one over blocks that are there already, which it leaves as they are, and waits until it answers.
     * @param data its storage; closing does not remove it
     */
    public static PrometheusServer withBlocks(Path data) throws IOException, InterruptedException {
        // Longer blocks would be made of these while they are being read.
        return start(
                emptyFolder(),
                new Start(
                        "prometheus",
                        SCRAPES_NOTHING,
                        data,
                        Optional.empty(),
                        List.of("--storage.tsdb.max-block-duration=18h")));
    }

    /** Of its process. */
    public long processId() {
        return process.pid();
    }

    /** That its process has used. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Where its HTTP API is, without a trailing slash. */
    public URI uri() {
        return uri;
    }

    /** A second call does nothing. */
    @Override
    public void close() throws IOException, InterruptedException {
        if (!Files.exists(folder)) return;
        stop(process);
        delete(folder);
    }

    /** Ends the running test where the binaries are missing. */
    public static void requireInstalled() {
        boolean installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(Path::of)
                .anyMatch(path ->
                        Files.isExecutable(path.resolve("prometheus")) && Files.isExecutable(path.resolve("promtool")));
        if (installed) return;
        Requirement.missing("'prometheus' and 'promtool' are not on PATH; install them: apt-get install prometheus");
    }

    private static Path emptyFolder() throws IOException {
        requireInstalled();
        return Files.createTempDirectory("trimtab-prometheus-");
    }

    private static PrometheusServer start(String configuration) throws IOException, InterruptedException {
        Path folder = emptyFolder();
        return start(folder, Start.usual(configuration, folder));
    }

    private static PrometheusServer start(Path folder, Start start) throws IOException, InterruptedException {
        Path configuration = folder.resolve("prometheus.yml");
        Path log = folder.resolve("prometheus.log");
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            String address = "127.0.0.1:" + port;
            Files.writeString(configuration, start.configuration().replace(ITSELF, address));
            List<String> command = new ArrayList<>(List.of(
                    start.program(),
                    "--config.file=" + configuration,
                    "--storage.tsdb.path=" + start.data(),
                    // The default of 15 days, counted back from the newest sample, would delete loaded history.
                    "--storage.tsdb.retention.time=100y",
                    "--web.listen-address=" + address,
                    "--web.enable-remote-write-receiver"));
            command.addAll(start.more());
            Process process = launch(log, command.toArray(String[]::new));
            // Certificates are for names.
            URI uri = URI.create(start.tls().isPresent() ? "https://localhost:" + port : "http://" + address);
            if (isReady(process, uri, start.tls())) return new PrometheusServer(folder, process, uri);
            stop(process);
            String said = Files.readString(log);
            if (said.contains("address already in use") && attempt < PORTS_TO_TRY) continue;
            delete(folder);
            throw new IllegalStateException("prometheus did not become ready: " + said.strip());
        }
    }

    /** Asks until it is ready, has ended, or 30 s are over. */
    private static boolean isReady(Process process, URI uri, Optional<SSLContext> tls) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/-/ready")).build();
        HttpClient.Builder builder = HttpClient.newBuilder();
        tls.ifPresent(builder::sslContext);
        try (HttpClient client = builder.build()) {
            for (int tries = 0; tries < 600; tries++) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) return false;
                if (answersOk(client, request)) return true;
            }
        }
        return false;
    }

    private static boolean answersOk(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notListeningYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process launch(Path log, String... command) throws IOException {
        return new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    }

    /** With all that is in it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
