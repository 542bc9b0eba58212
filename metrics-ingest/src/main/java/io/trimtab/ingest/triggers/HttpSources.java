package io.trimtab.ingest.triggers;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.tls.Tls;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks sources over HTTP/1.1, many at once; all that have the same TLS settings share a client and its connections. */
final class HttpSources implements AutoCloseable {
    static final int MOST_BYTES = 1 << 20;

    private static final int MOST_CLIENTS = 256;
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final LoadingCache<Tls, HttpClient> clients = Caffeine.newBuilder()
            .maximumSize(MOST_CLIENTS)
            .expireAfterAccess(KEPT)
            .executor(Runnable::run)
            .removalListener((@Nullable Tls tls, @Nullable HttpClient client, RemovalCause cause) -> {
                // What is under way may end.
                if (client != null) client.shutdown();
            })
            .build(HttpSources::client);

    private static HttpClient client(Tls tls) {
        // A redirect mostly leads to a login page, and credentials must not go elsewhere.
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER);
        if (!tls.equals(Tls.USUAL)) builder.sslContext(tls.context());
        return builder.build();
    }

    /** @param body at most 1 MiB */
    record Answer(int status, byte[] body) {
        boolean isGood() {
            return status >= 200 && status < 300;
        }
    }

    /** @throws IngestException if there is no whole answer in time; a refusal is an answer */
    Answer get(HttpGet get, Complaints complain) throws IngestException {
        CompletableFuture<HttpResponse<byte[]>> asked = clients.get(
                        get.credentials().tls())
                .sendAsync(get.request(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            // The request's own timeout ends with the headers; this one ends the body too.
            HttpResponse<byte[]> answer = asked.get(get.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(answer.statusCode(), answer.body());
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw complain.slow(get.timeout(), e);
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            throw complain.interrupted(e);
        } catch (ExecutionException e) {
            throw failed(e.getCause(), get, complain);
        }
    }

    private static IngestException failed(@Nullable Throwable cause, HttpGet get, Complaints complain) {
        return switch (cause) {
            case HttpTimeoutException e -> complain.slow(get.timeout(), e);
            case IOException e when isTooLarge(e) -> complain.tooLarge(MOST_BYTES);
            case IOException e -> complain.unreachable(e);
            case RuntimeException e -> throw e;
            case null, default ->
                throw new IllegalStateException("a request ended without an answer or a reason", cause);
        };
    }

    /** The JDK has no type for it; a test holds its words. */
    private static boolean isTooLarge(IOException e) {
        return String.valueOf(e.getMessage()).startsWith("body exceeds capacity");
    }

    /** Ends all connections; nothing can be asked after it. */
    @Override
    public void close() {
        clients.asMap().values().forEach(HttpClient::shutdownNow);
        clients.invalidateAll();
    }
}
