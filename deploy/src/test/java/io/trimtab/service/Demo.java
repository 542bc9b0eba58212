package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.actuate.guard.Mode;
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

/** The demo as a user runs it, on a free port, and a client for it. Its rounds are so rare that answers stay the same. */
public final class Demo implements AutoCloseable {
    private static final int WAITS = 600;

    private final Service service;
    private final HttpClient client = HttpClient.newHttpClient();

    private Demo(Service service) {
        this.service = service;
    }

    public static Demo start() {
        Settings settings =
                new Settings(0, "127.0.0.1", Mode.RECOMMEND, Duration.ofDays(1), new Settings.Source.Demo(1, 60));
        return new Demo(Service.start(settings, message -> {}));
    }

    /** Started, and with its first round behind it. */
    public static Demo ready() throws IOException, InterruptedException {
        Demo demo = start();
        for (int i = 0; demo.get("/api/v1/plan").statusCode() != 200 || !demo.isReady(); i++) {
            assertThat(i).as("a tenth of a second each for the first round").isLessThan(WAITS);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return demo;
    }

    private boolean isReady() throws IOException, InterruptedException {
        return get("/health/readiness").statusCode() == 200;
    }

    public String url() {
        return service.url();
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
