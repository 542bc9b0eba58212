package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trimtab.ingest.model.Mode;
import io.trimtab.service.config.Settings;
import io.trimtab.service.loop.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The service as a user runs it, on a free port, and a client for it. */
public final class Served implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int WAITS = 600;

    private final Service service;
    private final HttpClient client = HttpClient.newHttpClient();

    private Served(Service service) {
        this.service = service;
    }

    public static Served start(Settings settings) {
        return new Served(Service.start(settings, message -> {}));
    }

    /** The demo, its first round perhaps still under way. Its rounds are so rare that answers stay the same. */
    public static Served demo() {
        return start(new Settings(0, "127.0.0.1", Mode.RECOMMEND, Duration.ofDays(1), new Settings.Source.Demo(1, 60)));
    }

    /** The demo with its first round behind it. */
    public static Served readyDemo() throws IOException, InterruptedException {
        Served demo = demo();
        demo.await("/api/v1/status", status -> status.path("ready").asBoolean());
        return demo;
    }

    /** Asks every tenth of a second, for a minute at most, until the answer is as wanted. */
    public JsonNode await(String path, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        for (int i = 0; ; i++) {
            JsonNode answer = JSON.readTree(get(path).body());
            if (wanted.test(answer)) return answer;
            assertThat(i).as("%s is still %s", path, answer).isLessThan(WAITS);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    public String url() {
        return service.url();
    }

    /** Where external metrics are served; they must be. */
    public int kubeApiPort() {
        return service.kubeApiPort().orElseThrow();
    }

    /** Of OpenCost's routes; they must be served. */
    public HttpResponse<String> openCost(String path) throws IOException, InterruptedException {
        int port = service.openCostPort().orElseThrow();
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path))));
    }

    /** @param headers names and values in turn */
    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET());
    }

    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path, "Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    public HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Override
    public void close() {
        service.close();
        client.close();
    }
}
