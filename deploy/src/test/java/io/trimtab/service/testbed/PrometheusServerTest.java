package io.trimtab.service.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusServerTest {
    private static final Duration SPAN = Duration.ofHours(6);
    private static final int STEP_SECONDS = 60;

    @TempDir
    Path folder;

    /** Here, because a skip inside an assertion about exceptions would be taken for the wrong exception. */
    @BeforeEach
    void needsPrometheus() {
        PrometheusServer.requireInstalled();
    }

    @Test
    void sixHoursOfOneSeriesComeBackByRangeQuery() throws Exception {
        Instant from = Instant.parse("2026-03-01T00:30:00Z");
        try (PrometheusServer prometheus = PrometheusServer.withHistory(history(from))) {
            assertThat(valuesFrom(prometheus, from)).isEqualTo(values());
        }
    }

    @Test
    void historyOlderThanTheDefaultRetentionIsKept() throws Exception {
        Instant old = Instant.parse("2025-03-01T00:30:00Z");
        Instant recent = Instant.parse("2026-03-01T00:30:00Z");
        try (PrometheusServer prometheus = PrometheusServer.withHistory(history(old, recent))) {
            assertThat(valuesFrom(prometheus, old)).isEqualTo(values());
            assertThat(valuesFrom(prometheus, recent)).isEqualTo(values());
        }
    }

    @Test
    void anEmptyOneAnswersAndIsGoneAfterClose() throws Exception {
        URI uri;
        try (PrometheusServer prometheus = PrometheusServer.start()) {
            uri = prometheus.uri();
            assertThat(get(uri.resolve("/api/v1/query?query=up"))
                            .at("/data/result")
                            .isEmpty())
                    .isTrue();
        }
        assertThat(isListening(uri)).isFalse();
    }

    @Test
    void aFileThatIsNotOpenMetricsIsRefusedWithTheReason() throws Exception {
        Path file = Files.writeString(folder.resolve("broken.om"), "cpu{pod= 1\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrometheusServer.withHistory(file))
                .withMessageContaining("promtool cannot load " + file);
    }

    private Path history(Instant... starts) throws Exception {
        StringBuilder text = new StringBuilder("# TYPE cpu gauge\n");
        List<Double> values = values();
        for (Instant start : starts) {
            for (int i = 0; i < values.size(); i++) {
                long second = start.getEpochSecond() + (long) i * STEP_SECONDS;
                text.append("cpu{pod=\"web-0\"} %s %d\n".formatted(values.get(i), second));
            }
        }
        return Files.writeString(folder.resolve("history.om"), text.append("# EOF\n"));
    }

    private static List<Double> values() {
        return IntStream.rangeClosed(0, Math.toIntExact(SPAN.toSeconds() / STEP_SECONDS))
                .mapToObj(i -> 0.25 + i / 1000.0)
                .toList();
    }

    private static List<Double> valuesFrom(PrometheusServer prometheus, Instant start) throws Exception {
        String query = "/api/v1/query_range?query=cpu&start=%d&end=%d&step=%d"
                .formatted(start.getEpochSecond(), start.plus(SPAN).getEpochSecond(), STEP_SECONDS);
        JsonNode samples = get(prometheus.uri().resolve(query)).at("/data/result/0/values");
        return StreamSupport.stream(samples.spliterator(), false)
                .map(sample -> sample.get(1).asDouble())
                .toList();
    }

    private static JsonNode get(URI uri) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri).build();
            return new ObjectMapper()
                    .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    private static boolean isListening(URI uri) {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
