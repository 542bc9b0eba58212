package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code trimtab serve} in a process of its own, so that it can be killed. */
public final class ServeProcess implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern ADDRESS = Pattern.compile("pages and REST at (http://\\S+)");
    private static final int WAITS = 900;

    private final Process process;
    private final Path said;
    private final HttpClient client = HttpClient.newHttpClient();

    private ServeProcess(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /** @param folder takes what it says */
    public static ServeProcess start(Path folder, String... arguments) throws IOException {
        Path said = Files.createTempFile(folder, "said-", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.trimtab.service.Application",
                "serve",
                "--host",
                "127.0.0.1",
                "--port",
                "0"));
        command.addAll(List.of(arguments));
        return new ServeProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start(),
                said);
    }

    /** Asks every tenth of a second, for a minute and a half at most, until the answer is as wanted. */
    public JsonNode await(String path, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        for (int i = 0; ; i++) {
            JsonNode answer = JSON.readTree(get(path));
            if (wanted.test(answer)) return answer;
            assertThat(i).as("%s is still %s", path, answer).isLessThan(WAITS);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    public String get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url() + path)).build(), BodyHandlers.ofString())
                .body();
    }

    /** The value of a metric without labels. */
    public double metric(String name) throws IOException, InterruptedException {
        Matcher line = Pattern.compile("(?m)^" + name + " (\\S+)$").matcher(get("/metrics"));
        assertThat(line.find()).as(name).isTrue();
        return Double.parseDouble(line.group(1));
    }

    public String said() throws IOException {
        return Files.readString(said);
    }

    /** As the kernel does when there is no memory: without a word. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** As a kubelet does. */
    public void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() throws InterruptedException {
        client.close();
        kill();
    }

    private String url() throws IOException {
        for (int i = 0; ; i++) {
            Matcher address = ADDRESS.matcher(said());
            if (address.find()) return address.group(1);
            assertThat(process.isAlive() && i < WAITS)
                    .as("it serves: %s", said())
                    .isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}
