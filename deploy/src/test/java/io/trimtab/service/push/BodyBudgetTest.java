package io.trimtab.service.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.remotewrite.Payload;
import io.trimtab.ingest.remotewrite.Payload.Point;
import io.trimtab.ingest.remotewrite.Payload.Row;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all senders together may send at once, alone and over sockets: who comes too many is sent away, and let in when the others are done. */
class BodyBudgetTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final byte[] GOOD = Payload.snappy(Payload.version1(List.of(
            Row.of("container_memory_working_set_bytes", "shop", "web-0", "app", new Point(NOW.toEpochMilli(), 7)))));

    private final BodyBudget budget = new BodyBudget(GOOD.length + 1);
    private final Door door = Door.open(new PushedSamples(4096), InstantSource.fixed(NOW), budget);

    @AfterEach
    void close() {
        door.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one alone may be larger | 0  | 500 | true
        it fits                 | 60 | 40  | true
        one byte too many       | 60 | 41  | false
        """)
    void letsInWhatFits(String name, long before, long bytes, boolean expected) {
        BodyBudget some = new BodyBudget(100);
        if (before > 0) assertThat(some.take(before)).isTrue();
        assertThat(some.take(bytes)).isEqualTo(expected);
        if (expected) some.giveBack(bytes);
        if (before > 0) some.giveBack(before);
        assertThat(some.take(100)).as("all was given back").isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/api/v1/write", "/v1/metrics"})
    void sendsAwayWhoComesTooMany(String path) throws Exception {
        assertThat(budget.take(GOOD.length)).as("another sender's").isTrue();
        try (Socket socket = open()) {
            write(socket, head(path, GOOD.length));
            assertThat(readAnswer(socket))
                    .startsWith("HTTP/1.1 429")
                    .contains("retry-after: 5")
                    .contains("memory");
        }
        boolean remoteWrite = path.equals("/api/v1/write");
        assertThat(
                        remoteWrite
                                ? door.count("requests", "too_many_bytes")
                                : door.otlpCount("requests", "too_many_bytes"))
                .isEqualTo(1);
        budget.giveBack(GOOD.length);
        try (Socket socket = open()) {
            for (int i = 0; i < 3; i++) {
                write(socket, head("/api/v1/write", GOOD.length));
                write(socket, GOOD);
                assertThat(readAnswer(socket)).startsWith("HTTP/1.1 204");
            }
        }
    }

    @Test
    void whoGoesAwayGivesBack() throws Exception {
        try (Socket first = open()) {
            write(first, head("/api/v1/write", GOOD.length));
        }
        for (String answer = ""; !answer.startsWith("HTTP/1.1 204"); ) {
            try (Socket second = open()) {
                write(second, head("/api/v1/write", GOOD.length));
                write(second, GOOD);
                answer = readAnswer(second);
                assertThat(answer).matches("(?s)HTTP/1.1 (204|429) .*");
            }
        }
    }

    private static String readAnswer(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        int length = 0;
        for (String line = line(socket); !line.isEmpty(); line = line(socket)) {
            answer.append(line).append('\n');
            if (line.startsWith("content-length: ")) length = Integer.parseInt(line.substring(16));
        }
        answer.append(new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII));
        return answer.toString();
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next != '\n';
                next = socket.getInputStream().read()) {
            if (next < 0) throw new IOException("the connection ended after: " + line);
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }

    private Socket open() throws IOException {
        Socket socket = new Socket("127.0.0.1", door.uri().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static byte[] head(String path, int length) {
        return ("POST %s HTTP/1.1\r\nHost: trimtab\r\nContent-Type: application/x-protobuf\r\n"
                        + "Content-Encoding: snappy\r\nContent-Length: %d\r\n\r\n")
                .formatted(path, length)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(Socket to, byte[] bytes) throws IOException {
        to.getOutputStream().write(bytes);
        to.getOutputStream().flush();
    }
}
