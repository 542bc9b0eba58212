package io.trimtab.service.notify;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.trimtab.service.view.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts each alarm as a CloudEvent, signed where there is a secret. What is not taken is tried again, later each time, for an hour in all; each attempt has the same id. */
public final class Webhook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

    /** Before each further attempt. */
    static final List<Duration> USUAL = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(45));

    private static final int MOST_WAITING = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;

    private final URI url;
    private final Optional<Path> secretFile;
    private final InstantSource clock;
    private final List<Duration> delays;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("webhook").daemon().factory());

    /**
     * @param secretFile is read each time, so that another secret counts at once; empty: nothing is signed
     * @param clock of this machine
     */
    public Webhook(URI url, Optional<Path> secretFile, InstantSource clock) {
        this(url, secretFile, clock, USUAL);
    }

    Webhook(URI url, Optional<Path> secretFile, InstantSource clock, List<Duration> delays) {
        this.url = url;
        this.secretFile = secretFile;
        this.clock = clock;
        this.delays = List.copyOf(delays);
    }

    /** Returns at once. */
    void send(Alarm alarm) {
        if (thread.isShutdown()) return;
        if (thread.getQueue().size() >= MOST_WAITING) {
            LOG.error("{} is not told: {} messages wait for the webhook", alarm.key(), MOST_WAITING);
            return;
        }
        String id = UUID.randomUUID().toString();
        later(new Message(alarm, id, body(alarm, id), 0), Duration.ZERO);
    }

    private record Message(Alarm alarm, String id, byte[] body, int attempts) {}

    private static byte[] body(Alarm alarm, String id) {
        CloudEvent event = CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create("/trimtab"))
                .withType(alarm.type())
                .withSubject(alarm.subject())
                .withTime(alarm.at().atOffset(ZoneOffset.UTC))
                .withData("application/json", Json.bytes(alarm.data()))
                .build();
        return new JsonFormat().serialize(event);
    }

    private void later(Message message, Duration delay) {
        ScheduledFuture<?> _ = thread.schedule(() -> attempt(message), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void attempt(Message message) {
        try {
            int status =
                    client.send(request(message), BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) return;
            boolean mayHeal = status >= 500 || status == TIMEOUT || status == TOO_MANY;
            failed(message, "the answer has status " + status, mayHeal);
        } catch (IOException | IllegalArgumentException e) {
            failed(message, String.valueOf(e), true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(Message message) throws IOException {
        long now = clock.instant().getEpochSecond();
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", JsonFormat.CONTENT_TYPE)
                .header("webhook-id", message.id())
                .header("webhook-timestamp", Long.toString(now))
                .POST(BodyPublishers.ofByteArray(message.body()));
        if (secretFile.isPresent())
            request.header(
                    "webhook-signature",
                    Signature.of(Files.readString(secretFile.get()).strip(), message.id(), now, message.body()));
        return request.build();
    }

    private void failed(Message message, String why, boolean mayHeal) {
        if (!mayHeal || message.attempts() >= delays.size() || thread.isShutdown()) {
            LOG.error(
                    "{} is not told, the webhook does not take it: {}",
                    message.alarm().key(),
                    why);
            return;
        }
        Duration delay = delays.get(message.attempts());
        LOG.warn(
                "the webhook does not take {}, tried again in {}: {}",
                message.alarm().key(),
                delay,
                why);
        later(new Message(message.alarm(), message.id(), message.body(), message.attempts() + 1), delay);
    }

    /** What waits is lost. */
    @Override
    public void close() {
        thread.shutdownNow();
        client.shutdownNow();
    }
}
