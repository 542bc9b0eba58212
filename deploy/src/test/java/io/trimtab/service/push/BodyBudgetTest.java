package io.trimtab.service.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.remotewrite.Payload;
import io.trimtab.ingest.remotewrite.Payload.Point;
import io.trimtab.ingest.remotewrite.Payload.Row;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all senders together may send at once, alone and over sockets: who comes too many is sent away, and let in when the others are done. */
class BodyBudgetTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final byte[] GOOD = Payload.snappy(Payload.version1(List.of(
            Row.of("container_memory_working_set_bytes", "shop", "web-0", "app", new Point(NOW.toEpochMilli(), 7)))));

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BodyBudget budget = new BodyBudget(GOOD.length + 1);

    @TempDir
    private Path folder;

    private Door door = open(Optional.empty());

    private Door open(Optional<Path> token) {
        return Door.open(new PushedSamples(4096), InstantSource.fixed(NOW), token, budget);
    }

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
                    .startsWith("http/1.1 503")
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
                assertThat(readAnswer(socket)).startsWith("http/1.1 204");
            }
        }
    }

    @Test
    void whoGoesAwayGivesBack() throws Exception {
        try (Socket first = open()) {
            write(first, head("/api/v1/write", GOOD.length));
        }
        for (String answer = ""; !answer.startsWith("http/1.1 204"); ) {
            try (Socket second = open()) {
                write(second, head("/api/v1/write", GOOD.length));
                write(second, GOOD);
                answer = readAnswer(second);
                assertThat(answer).matches("(?s)http/1.1 (204|503) .*");
            }
        }
    }

    /** What the router takes for the door's path is in the budget, and nothing else. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        /api/v1/write                         | true
        /api/v1/write/                        | true
        /api/v1/write?a=b                     | true
        http://x/api/v1/write                 | true
        https://trimtab:8080/api/v1/write?a=b | true
        /api/v1/%77rite                       | false
        //api/v1/write                        | false
        """)
    void noSpellingOfThePathGoesAround(String target, boolean reachesTheDoor) throws Exception {
        try (Socket socket = open()) {
            write(socket, head(target, GOOD.length));
            write(socket, GOOD);
            assertThat(readAnswer(socket).startsWith("http/1.1 204")).isEqualTo(reachesTheDoor);
        }
        assertThat(budget.take(GOOD.length, PATIENCE)).as("another sender's").isTrue();
        try (Socket socket = open()) {
            write(socket, head(target, GOOD.length));
            write(socket, GOOD);
            assertThat(readAnswer(socket).startsWith("http/1.1 503")).isEqualTo(reachesTheDoor);
        }
    }

    /** The server refuses it; nothing of it is in the budget. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"abc", "-9000000000000", "99999999999999999999"})
    void aLengthThatIsNoneIsRefused(String length) throws Exception {
        try (Socket socket = open()) {
            write(
                    socket,
                    "POST /api/v1/write HTTP/1.1\r\nHost: x\r\nContent-Length: %s\r\n\r\n"
                            .formatted(length)
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(readAnswer(socket)).startsWith("http/1.1 400");
        }
        assertThat(budget.take(GOOD.length + 1)).isTrue();
    }

    /** Closed with bytes of its body unread, the connection would be reset, perhaps before the answer was read. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"HTTP/1.0,''", "HTTP/1.1,Connection: close"})
    void whoAsksToCloseReadsTheAnswerFirst(String version, String more) throws Exception {
        byte[] body = new byte[4 << 20];
        assertThat(budget.take(GOOD.length)).as("another sender's").isTrue();
        try (Socket socket = open()) {
            write(
                    socket,
                    "POST /api/v1/write %s\r\nHost: x\r\nContent-Length: %d\r\n%s\r\n"
                            .formatted(version, body.length, more.isEmpty() ? "" : more + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            write(socket, body);
            assertThat(readAnswer(socket)).matches("(?s)http/1\\.[01] 503 .*");
            assertThat(socket.getInputStream().read()).as("closed").isEqualTo(-1);
        }
    }

    @Test
    void whoIsToldToGoOnIsInTheBudgetUntilItsAnswer() throws Exception {
        try (Socket socket = open()) {
            for (int i = 0; i < 3; i++) {
                write(socket, head("/api/v1/write", GOOD.length, "Expect: 100-continue"));
                assertThat(readAnswer(socket)).startsWith("http/1.1 100");
                assertThat(budget.take(GOOD.length))
                        .as("room while the body comes")
                        .isFalse();
                write(socket, GOOD);
                assertThat(readAnswer(socket)).startsWith("http/1.1 204");
            }
            assertThat(budget.take(GOOD.length + 1, PATIENCE)).isTrue();
        }
    }

    /** Nobody knows whether it would send its body after that, so there is no next request on that connection. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"/api/v1/write", "/v1/metrics"})
    void whoWaitsToBeToldToGoOnIsRefusedAtOnce(String path) throws Exception {
        assertThat(budget.take(GOOD.length)).as("another sender's").isTrue();
        try (Socket socket = open()) {
            write(socket, head(path, GOOD.length, "Expect: 100-continue"));
            assertThat(readAnswer(socket)).startsWith("http/1.1 503").contains("connection: close");
            assertThat(socket.getInputStream().read()).as("closed").isEqualTo(-1);
        }
        assertThat(budget.take(1)).as("nothing was taken for it").isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/api/v1/write", "/v1/metrics"})
    void whoShowsNoTokenTakesNothing(String path) throws Exception {
        door.close();
        door = open(Optional.of(Files.writeString(folder.resolve("token"), "secret")));
        try (Socket socket = open()) {
            write(socket, head(path, 8 << 20));
            assertThat(readAnswer(socket)).startsWith("http/1.1 401").contains("the token is missing or wrong");
            assertThat(budget.take(GOOD.length + 1)).isTrue();
            budget.giveBack(GOOD.length + 1);
            write(socket, new byte[8 << 20]);
            write(socket, head("/api/v1/write", GOOD.length, "Authorization: Bearer secret"));
            write(socket, GOOD);
            assertThat(readAnswer(socket)).startsWith("http/1.1 204");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/api/v1/write", "/v1/metrics"})
    void aBodyThatIsTooLargeIsRefusedByItsHead(String path) throws Exception {
        try (Socket socket = open()) {
            write(socket, head(path, (8 << 20) + 1));
            assertThat(readAnswer(socket)).startsWith("http/1.1 413").contains("more bytes than the 8388608");
            write(socket, new byte[(8 << 20) + 1]);
            write(socket, head("/api/v1/write", GOOD.length));
            write(socket, GOOD);
            assertThat(readAnswer(socket)).as("the next one").startsWith("http/1.1 204");
        }
        assertThat(door.count("requests", "too_large") + door.otlpCount("requests", "too_large"))
                .isEqualTo(1);
    }

    @Test
    void aBodyOfUntoldLengthIsRefusedOnceItIsTooLarge() throws Exception {
        try (Socket socket = open()) {
            write(
                    socket,
                    ("POST /api/v1/write HTTP/1.1\r\nHost: trimtab\r\nContent-Type: application/x-protobuf\r\n"
                                    + "Content-Encoding: snappy\r\nTransfer-Encoding: chunked\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 9; i++) {
                write(socket, "100000\r\n".getBytes(StandardCharsets.US_ASCII));
                write(socket, new byte[1 << 20]);
                write(socket, "\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(readAnswer(socket))
                    .startsWith("http/1.1 413")
                    .contains(
                            "content-type: application/problem+json", "\"status\":413", "more bytes than the 8388608");
            write(socket, "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read())
                    .as("the connection is closed")
                    .isEqualTo(-1);
        }
        assertThat(door.count("requests", "too_large")).isEqualTo(1);
        assertThat(budget.take(GOOD.length + 1, PATIENCE)).isTrue();
    }

    private static String readAnswer(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        int length = 0;
        for (String line = line(socket).toLowerCase(Locale.ROOT);
                !line.isEmpty();
                line = line(socket).toLowerCase(Locale.ROOT)) {
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

    private static byte[] head(String path, int length, String... more) {
        return ("POST %s HTTP/1.1\r\nHost: trimtab\r\nContent-Type: application/x-protobuf\r\n"
                        + "Content-Encoding: snappy\r\nContent-Length: %d\r\n%s\r\n")
                .formatted(
                        path,
                        length,
                        Arrays.stream(more).map(line -> line + "\r\n").collect(Collectors.joining()))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(Socket to, byte[] bytes) throws IOException {
        to.getOutputStream().write(bytes);
        to.getOutputStream().flush();
    }
}
