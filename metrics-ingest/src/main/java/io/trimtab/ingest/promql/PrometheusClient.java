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
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks one range query over HTTP, one at a time whoever calls; tries again what may pass. */
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
    private final Connection connection;
    private final Authorization authorization;
    private final ReentrantLock oneInFlight = new ReentrantLock();
    private final RandomGenerator jitter = RandomGenerator.getDefault();
    private final Complaints complain;

    PrometheusClient(PrometheusSettings settings) {
        this.settings = settings;
        String base = settings.baseUri().toString().replaceAll("/+$", "");
        this.endpoint = URI.create(base + "/api/v1/query_range");
        this.complain = new Complaints(base, settings.timeout());
        this.connection = new Connection(settings.access().tls(), settings.timeout(), complain);
        this.authorization = new Authorization(settings.access().credentials(), complain);
    }

    /**
     * @throws TooManySamples if the answer is over the budget, here or at the store
     * @throws IngestException after the last try
     */
    Answer query(String promQl, Grid grid) throws IngestException, TooManySamples {
        oneInFlight.lock();
        try {
            for (int tried = 1; ; tried++) {
                try {
                    return once(promQl, grid);
                } catch (IngestException e) {
                    if (e.kind() != Kind.UNREACHABLE || tried == TRIES) throw e;
                    pause(tried, e);
                }
            }
        } finally {
            oneInFlight.unlock();
        }
    }

    private Answer once(String promQl, Grid grid) throws IngestException, TooManySamples {
        AtomicBoolean late = new AtomicBoolean();
        try {
            HttpResponse<InputStream> response =
                    connection.client().send(request(promQl, grid), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                // The client's own timeout ends with the headers; this one ends the body too.
                CompletableFuture<Void> deadline = CompletableFuture.runAsync(
                        () -> {
                            late.set(true);
                            closeQuietly(body);
                        },
                        CompletableFuture.delayedExecutor(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
                try {
                    return read(response, body);
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
            throw late.get() ? complain.slow(e) : complain.unreachable(Complaints.words(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw complain.interrupted(e);
        }
    }

    private Answer read(HttpResponse<InputStream> response, InputStream body)
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
            Answer answer = MatrixReader.read(body, settings.labels(), settings.maxSamplesPerRequest());
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
        String encoded = form.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder builder = HttpRequest.newBuilder(endpoint)
                .timeout(settings.timeout())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(encoded));
        authorization.header().ifPresent(value -> builder.setHeader("Authorization", value));
        settings.access().headers().forEach(builder::setHeader);
        return builder.build();
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
