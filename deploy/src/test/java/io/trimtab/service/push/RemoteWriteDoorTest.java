package io.trimtab.service.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.remotewrite.Payload;
import io.trimtab.ingest.remotewrite.Payload.Point;
import io.trimtab.ingest.remotewrite.Payload.Row;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent to {@code /api/v1/write} over HTTP, and what is answered: no fault of a sender is a 5xx, which it would repeat for ever. */
class RemoteWriteDoorTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String MEMORY = "container_memory_working_set_bytes";
    private static final Row GOOD = Row.of(MEMORY, "shop", "web-0", "app", new Point(NOW.toEpochMilli(), 7));

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Door door = open(Duration.ofSeconds(30), Optional.empty());

    private static Door open(Duration deadline, Optional<Path> token) {
        return Door.open(new PushedSamples(4096), InstantSource.fixed(NOW), deadline, token);
    }

    @BeforeEach
    void isNotYetCounted() {
        assertThat(door.count("requests", "written")).isZero();
    }

    @AfterEach
    void close() {
        door.close();
        client.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"1, 204", "2, 204"})
    void takesBothVersionsAndSaysHowMuchItTook(int version, int status) throws Exception {
        Row ignored = Row.of("up", "shop", "web-0", "app", new Point(NOW.toEpochMilli(), 1));
        HttpResponse<String> answer = send(version, List.of(GOOD, ignored));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(written(answer, "Samples")).isEqualTo("2");
        assertThat(written(answer, "Histograms")).isEqualTo("0");
        assertThat(written(answer, "Exemplars")).isEqualTo("0");
        assertThat(door.count("samples", "kept")).isEqualTo(1);
        assertThat(door.count("samples", "ignored")).isEqualTo(1);
        assertThat(door.samples().series()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        truncated snappy        | 400 | corrupt_snappy
        corrupt snappy          | 400 | corrupt_snappy
        decompression bomb      | 413 | too_large
        more than 8 MiB         | 413 | too_large
        no snappy               | 415 | wrong_encoding
        JSON                    | 415 | wrong_type
        version 3               | 415 | wrong_type
        no protobuf             | 400 | malformed
        nothing                 | 400 | corrupt_snappy
        """)
    void refusesABadRequestAsTheSendersFault(String name, int status, String result) throws Exception {
        byte[] good = Payload.snappy(Payload.version1(List.of(GOOD)));
        byte[] corrupt = good.clone();
        Arrays.fill(corrupt, 5, corrupt.length, (byte) 0xee);
        HttpResponse<String> answer = switch (name) {
            case "truncated snappy" -> send(Payload.VERSION_1, "snappy", Arrays.copyOf(good, good.length / 2));
            case "corrupt snappy" -> send(Payload.VERSION_1, "snappy", corrupt);
            case "decompression bomb" -> send(Payload.VERSION_1, "snappy", Payload.snappy(new byte[100 << 20]));
            case "more than 8 MiB" -> send(Payload.VERSION_1, "snappy", new byte[(8 << 20) + 1]);
            case "no snappy" -> send(Payload.VERSION_1, "gzip", good);
            case "JSON" -> send("application/json", "snappy", good);
            case "version 3" -> send("application/x-protobuf;proto=io.prometheus.write.v3.Request", "snappy", good);
            case "no protobuf" ->
                send(Payload.VERSION_1, "snappy", Payload.snappy("hello, world".getBytes(StandardCharsets.UTF_8)));
            case "nothing" -> send(Payload.VERSION_1, "snappy", new byte[0]);
            default -> throw new IllegalArgumentException(name);
        };
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(detail(answer)).isNotBlank();
        assertThat(door.count("requests", result)).isEqualTo(1);
        assertThat(door.samples().series()).isZero();
        assertThat(send(1, List.of(GOOD)).statusCode())
                .as("the next good one is taken")
                .isEqualTo(204);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        10,000 labels          | too_many_labels
        a value of 1 MiB       | label_too_long
        labels out of order    | labels_unordered
        no name                | unnamed_series
        NaN                    | not_finite
        infinite               | not_finite
        a negative counter     | negative
        an hour ahead          | future
        the year 1970          | too_old
        """)
    void takesTheGoodPartOfARequest(String name, String result) throws Exception {
        long now = NOW.toEpochMilli();
        Row bad = switch (name) {
            case "10,000 labels" ->
                Row.of(
                        IntStream.range(0, 10_000).boxed().collect(Collectors.toMap(i -> "l" + i, i -> "v")),
                        new Point(now, 1));
            case "a value of 1 MiB" -> Row.of(MEMORY, "shop", "x".repeat(1 << 20), "app", new Point(now, 1));
            case "labels out of order" ->
                new Row(List.of(Map.entry("pod", "web"), Map.entry("__name__", MEMORY)), List.of(new Point(now, 1)));
            case "no name" -> Row.of(Map.of("pod", "web"), new Point(now, 1));
            case "NaN" -> of(now, Double.NaN);
            case "infinite" -> of(now, Double.POSITIVE_INFINITY);
            case "a negative counter" -> of(now, -1);
            case "an hour ahead" -> of(now + 3_600_000, 1);
            case "the year 1970" -> of(0, 1);
            default -> throw new IllegalArgumentException(name);
        };
        for (int version = 1; version <= 2; version++) {
            HttpResponse<String> answer = send(version, List.of(bad, GOOD));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(detail(answer)).startsWith("1 samples were taken, the others not: 1 ");
            assertThat(written(answer, "Samples")).isEqualTo("1");
        }
        assertThat(door.count("samples", result)).isEqualTo(2);
        assertThat(door.count("requests", "partly")).isEqualTo(2);
    }

    @Test
    void asksForTheTokenAndTakesTheRotatedOne() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "first\n");
        door.close();
        door = open(Duration.ofSeconds(30), Optional.of(token));
        assertThat(send(1, List.of(GOOD)).statusCode()).isEqualTo(401);
        assertThat(send(1, List.of(GOOD), "Authorization", "Bearer wrong").statusCode())
                .isEqualTo(401);
        assertThat(send(1, List.of(GOOD), "Authorization", "Bearer first").statusCode())
                .isEqualTo(204);
        Files.writeString(token, "second");
        assertThat(send(1, List.of(GOOD), "Authorization", "Bearer second").statusCode())
                .isEqualTo(204);
        assertThat(door.count("requests", "unauthorized")).isEqualTo(2);
    }

    /** In the form of the door's other answers. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
        /api/v1/write | application/x-protobuf | application/problem+json | "status":408
        /v1/metrics   | application/x-protobuf | application/x-protobuf   | was not sent
        /v1/metrics   | application/json       | application/json         | {"message":"
        """)
    void givesUpASenderThatFallsSilent(String path, String type, String answerType, String said) throws Exception {
        door.close();
        door = open(Duration.ofMillis(300), Optional.empty());
        try (Socket socket = new Socket("127.0.0.1", door.uri().getPort())) {
            socket.setSoTimeout(10_000);
            String half = "POST %s HTTP/1.1\r\nHost: trimtab\r\nContent-Type: %s\r\n".formatted(path, type)
                    + "Content-Encoding: snappy\r\nContent-Length: 1000\r\n\r\nhalf";
            socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer)
                    .startsWith("HTTP/1.1 408")
                    .containsIgnoringCase("content-type: " + answerType + "\r\n")
                    .contains("was not sent within", said);
        }
        assertThat(door.count("requests", "slow") + door.otlpCount("requests", "slow"))
                .isEqualTo(1);
        assertThat(send(1, List.of(GOOD)).statusCode()).isEqualTo(204);
    }

    /** As the queue of a Prometheus counts: what it sent less what the headers say was written is lost. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"1", "2"})
    void theOtherOfAPairIsToldThatAllIsWritten(int version) throws Exception {
        assertThat(send(version, List.of(replica("a", 1))).statusCode()).isEqualTo(204);
        HttpResponse<String> answer = send(version, List.of(replica("b", 1), replica("b", 2)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(written(answer, "Samples")).isEqualTo("2");
        assertThat(written(answer, "Histograms")).isEqualTo("0");
        assertThat(written(answer, "Exemplars")).isEqualTo("0");
        assertThat(door.count("requests", "deduplicated")).isEqualTo(1);
        assertThat(door.count("samples", "deduplicated")).isEqualTo(2);
        assertThat(door.count("samples", "kept")).isEqualTo(1);
        assertThat(door.samples().series()).isEqualTo(1);
    }

    private static Row replica(String name, double amount) {
        return Row.of(
                Map.of(
                        "__name__",
                        MEMORY,
                        "__replica__",
                        name,
                        "cluster",
                        "east",
                        "namespace",
                        "shop",
                        "pod",
                        "web-0",
                        "container",
                        "app"),
                new Point(NOW.toEpochMilli(), amount));
    }

    private static Row of(long at, double amount) {
        return Row.of(MEMORY, "shop", "web-1", "app", new Point(at, amount));
    }

    private HttpResponse<String> send(int version, List<Row> rows, String... headers) throws Exception {
        return version == 1
                ? send(Payload.VERSION_1, "snappy", Payload.snappy(Payload.version1(rows)), headers)
                : send(Payload.VERSION_2, "snappy", Payload.snappy(Payload.version2(rows)), headers);
    }

    private HttpResponse<String> send(String type, String encoding, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(door.uri())
                .header("Content-Type", type)
                .header("Content-Encoding", encoding)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String written(HttpResponse<String> answer, String what) {
        return answer.headers()
                .firstValue("X-Prometheus-Remote-Write-%s-Written".formatted(what))
                .orElse("missing");
    }

    private static String detail(HttpResponse<String> answer) throws IOException {
        return new JsonMapper().readTree(answer.body()).path("detail").asText();
    }
}
