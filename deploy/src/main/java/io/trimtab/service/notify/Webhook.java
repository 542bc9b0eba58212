package io.trimtab.service.notify;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.trimtab.service.view.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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
import java.util.function.Consumer;
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

    /**
     * Returns at once.
     *
     * @param ended is told once whether it was taken; never where this is closed before
     */
    void send(Alarm alarm, Consumer<Boolean> ended) {
        if (thread.isShutdown()) return;
        if (thread.getQueue().size() >= MOST_WAITING) {
            LOG.error("{} is not told: {} messages wait for the webhook", alarm.key(), MOST_WAITING);
            ended.accept(false);
            return;
        }
        String id = UUID.randomUUID().toString();
        later(new Message(alarm, id, body(alarm, id), ended, 0), Duration.ZERO);
    }

    private record Message(Alarm alarm, String id, byte[] body, Consumer<Boolean> ended, int attempts) {
        Message again() {
            return new Message(alarm, id, body, ended, attempts + 1);
        }
    }

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
            int status = status(request(message));
            if (status / 100 == 2) {
                message.ended().accept(true);
                return;
            }
            boolean mayHeal = status >= 500 || status == TIMEOUT || status == TOO_MANY;
            failed(message, "the answer has status " + status, mayHeal);
        } catch (IOException | IllegalArgumentException e) {
            failed(message, String.valueOf(e), true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The answer is not read: the time of a request ends with its head, so a body that never ends would hold up all others. */
    private int status(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
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
            message.ended().accept(false);
            return;
        }
        Duration delay = delays.get(message.attempts());
        LOG.warn(
                "the webhook does not take {}, tried again in {}: {}",
                message.alarm().key(),
                delay,
                why);
        later(message.again(), delay);
    }

    /** What waits is told by the next process, which does not know that it was. */
    @Override
    public void close() {
        thread.shutdownNow();
        client.shutdownNow();
    }
}
