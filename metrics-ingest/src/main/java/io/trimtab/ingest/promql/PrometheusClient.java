package io.trimtab.ingest.promql;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import io.trimtab.ingest.promql.MatrixReader.ErrorAnswer;
import io.trimtab.ingest.promql.MatrixReader.TooManySamples;
import io.trimtab.ingest.usage.Grid;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks one question over HTTP, one at a time whoever calls; tries again what may pass. */
final class PrometheusClient implements AutoCloseable {
    private static final int TRIES = 3;
    private static final Set<Integer> PASSING = Set.of(408, 429);

    /** Error types of Prometheus that may pass with time; the others speak of the query. */
    private static final Set<String> PASSING_TYPES = Set.of("timeout", "canceled", "unavailable", "internal");

    /** How Prometheus, VictoriaMetrics and Mimir say that a query is too big and would pass when it were smaller. */
    private static final Pattern TOO_MANY =
            Pattern.compile("too many (samples|points)|maximum resolution|maxSamples|max-(chunks|estimated)");

    private final PrometheusSettings settings;
    private final URI endpoint;
    private final URI names;
    private final Connection connection;
    private final Authorization authorization;
    private final ReentrantLock oneInFlight = new ReentrantLock();
    private final RandomGenerator jitter = RandomGenerator.getDefault();
    private final Complaints complain;

    PrometheusClient(PrometheusSettings settings) {
        this.settings = settings;
        String base = settings.baseUri().toString().replaceAll("/+$", "");
        this.endpoint = URI.create(base + "/api/v1/query_range");
        this.names = URI.create(base + "/api/v1/label/__name__/values");
        this.complain = new Complaints(base, settings.timeout());
        this.connection = new Connection(settings.access().tls(), settings.timeout(), complain);
        this.authorization = new Authorization(settings.access().credentials(), complain);
    }

    /**
     * @throws TooManySamples if the answer is over the budget, here or at the store
     * @throws IngestException after the last try
     */
    Answer query(Query query, Grid grid) throws IngestException, TooManySamples {
        oneInFlight.lock();
        try {
            for (int tried = 1; ; tried++) {
                try {
                    return once(
                            request(query.promQl(), grid),
                            body -> MatrixReader.read(body, query.labels(), settings.maxSamplesPerRequest()));
                } catch (IngestException e) {
                    if (e.kind() != Kind.UNREACHABLE || tried == TRIES) throw e;
                    pause(tried, e);
                }
            }
        } finally {
            oneInFlight.unlock();
        }
    }

    /**
     * Those of the wanted names that series have which a selector selects. Asked once: it can be done without.
     *
     * @throws IngestException also from a store that does not tell
     */
    Set<String> names(String selector, Set<String> wanted, Instant from, Instant to) throws IngestException {
        oneInFlight.lock();
        try {
            return once(namesRequest(selector, from, to), body -> NamesReader.read(body, wanted));
        } catch (TooManySamples e) {
            throw complain.tooMany("metric names");
        } finally {
            oneInFlight.unlock();
        }
    }

    /** Makes something of an answer's body. */
    private interface BodyReader<T> {
        T read(InputStream body) throws IOException, TooManySamples, ErrorAnswer;
    }

    private <T> T once(HttpRequest request, BodyReader<T> reader) throws IngestException, TooManySamples {
        AtomicBoolean late = new AtomicBoolean();
        HttpClient client = connection.client();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                // The client's own timeout ends with the headers; this one ends the body too.
                CompletableFuture<Void> deadline = CompletableFuture.runAsync(
                        () -> {
                            late.set(true);
                            closeQuietly(body);
                        },
                        CompletableFuture.delayedExecutor(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
                try {
                    return read(response, body, reader);
                } finally {
                    deadline.cancel(false);
                }
            }
        } catch (HttpTimeoutException e) {
            throw complain.slow(e);
        } catch (ConnectException e) {
            throw complain.unreachable("connection refused", e);
        } catch (JsonEOFException e) {
            throw late.get() ? complain.slow(e) : complain.unreachable("the answer ended half-way", e);
        } catch (JsonParseException e) {
            throw complain.malformed("the answer " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            if (late.get()) throw complain.slow(e);
            throw complain.broken(e, TlsRefusal.of(e, client.sslContext(), endpoint));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw complain.interrupted(e);
        }
    }

    private <T> T read(HttpResponse<InputStream> response, InputStream body, BodyReader<T> reader)
            throws IOException, IngestException, TooManySamples {
        int status = response.statusCode();
        if (status >= 300 && status < 400) {
            throw complain.redirected(
                    status, response.headers().firstValue("Location").orElse("another address"));
        }
        String contentType = response.headers().firstValue("Content-Type").orElse("application/json");
        try {
            // An error of the store explains itself in the same form as an answer.
            if (!contentType.contains("json")) throw new JsonParseException("is %s, not JSON".formatted(contentType));
            T answer = reader.read(body);
            if (status < 300) return answer;
            throw complain.refused(status, "", mayPass(status, ""));
        } catch (ErrorAnswer e) {
            String reason = "%s: %s".formatted(e.type, e.getMessage());
            if (TOO_MANY.matcher(reason).find()) throw new TooManySamples();
            throw complain.refused(status, reason, mayPass(status, e.type));
        } catch (JsonParseException e) {
            if (status < 300) throw e;
            throw complain.refused(status, "", mayPass(status, ""));
        }
    }

    private static boolean mayPass(int status, String errorType) {
        return status >= 500 || PASSING.contains(status) || (status < 300 && PASSING_TYPES.contains(errorType));
    }

    private HttpRequest request(String promQl, Grid grid) throws IngestException {
        Map<String, String> form = Map.of(
                "query", promQl,
                "start", Long.toString(grid.first()),
                "end", Long.toString(grid.last()),
                "step", Long.toString(grid.stepSeconds()),
                "timeout", settings.timeout().toMillis() + "ms");
        return authorized(HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form))));
    }

    private HttpRequest namesRequest(String selector, Instant from, Instant to) throws IngestException {
        Map<String, String> form = Map.of(
                "match[]", selector,
                "start", Long.toString(from.getEpochSecond()),
                "end", Long.toString(to.getEpochSecond()));
        return authorized(HttpRequest.newBuilder(URI.create(names + "?" + encoded(form))));
    }

    private HttpRequest authorized(HttpRequest.Builder builder) throws IngestException {
        builder.timeout(settings.timeout()).header("Accept", "application/json");
        authorization.header().ifPresent(value -> builder.setHeader("Authorization", value));
        settings.access().headers().forEach(builder::setHeader);
        return builder.build();
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Between half and all of the back-off, doubled with each try, so that many readers do not come back at once. */
    private void pause(int tried, IngestException reason) throws IngestException {
        Duration most = settings.backOff().multipliedBy(1L << (tried - 1));
        try {
            Thread.sleep(Duration.ofNanos((long) (most.toNanos() * (0.5 + 0.5 * jitter.nextDouble()))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // The reader meets the closed stream and says so.
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
