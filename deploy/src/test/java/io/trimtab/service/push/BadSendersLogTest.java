package io.trimtab.service.push;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.trimtab.ingest.pushed.PushedSamples;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What senders do wrong is theirs: it is counted and answered, and fills nobody's log with errors. */
class BadSendersLogTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final int TIMES = 3;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    /** One for all: while a server ends, requests that are under way find nothing there to answer them, which is logged as an error. */
    private static final Door DOOR =
            Door.open(new PushedSamples(4096), InstantSource.fixed(NOW), Duration.ofMillis(500), Optional.empty());

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void leave() {
        root.detachAppender(log);
    }

    @AfterAll
    static void close() {
        DOOR.close();
    }

    /** What is sent, with \n for a line's end, and how the sender goes away: by waiting for the answer's end, by ending, or by a reset. */
    @ParameterizedTest(name = "{0}, {2}")
    @CsvSource(delimiter = '|', textBlock = """
        no HTTP                      | hello\\n\\n                                                              | waits
        TLS                          | \\26\\3\\1\\2\\0\\1\\0                                        | resets
        a length that is none        | POST @ HTTP/1.1\\nHost: x\\nContent-Length: abc\\n\\n                    | waits
        a chunk that is none         | POST @ HTTP/1.1\\nHost: x\\nTransfer-Encoding: chunked\\n\\nzz\\nabc     | waits
        a head that is too long      | POST @ HTTP/1.1\\nHost: x\\nX: %long\\n\\n                               | waits
        an address that is too long  | POST @%long HTTP/1.1\\nHost: x\\n\\n                                     | waits
        an address that is none      | POST @?a=%zz HTTP/1.1\\nHost: x\\nContent-Length: 0\\n\\n               | waits
        a path that is none          | GET /^[] HTTP/1.1\\nHost: x\\n\\n                                       | waits
        half a head                  | POST @ HTTP/1.1\\nHost:                                                 | resets
        half a body                  | POST @ HTTP/1.1\\nHost: x\\nContent-Length: 1000\\n\\nhalf                | resets
        half a body                  | POST @ HTTP/1.1\\nHost: x\\nContent-Length: 1000\\n\\nhalf                | ends
        half a body                  | POST @ HTTP/1.1\\nHost: x\\nContent-Length: 1000\\n\\nhalf                | waits
        half a chunk                 | POST @ HTTP/1.1\\nHost: x\\nTransfer-Encoding: chunked\\n\\n64\\nhalf     | resets
        waits to be told to go on    | POST @ HTTP/1.1\\nHost: x\\nExpect: 100-continue\\nContent-Length: 9\\n\\n | resets
        expects something else       | POST @ HTTP/1.1\\nHost: x\\nExpect: more\\nContent-Length: 0\\n\\n      | waits
        goes before the answer       | POST @ HTTP/1.1\\nHost: x\\nContent-Length: 4\\n\\nbody                  | resets
        a type that is none          | POST @ HTTP/1.1\\nHost: x\\nContent-Type: a;;/=\\nContent-Length: 4\\n\\nbody | waits
        """)
    void areNoErrors(String name, String sent, String leaves) throws Exception {
        List<String> answers = new ArrayList<>();
        for (String path : List.of("/api/v1/write", "/v1/metrics"))
            for (int i = 0; i < TIMES; i++)
                answers.add(send(sent.replace("@", path).replace("%long", "x".repeat(20_000)), leaves));
        // What is logged of a connection comes before its end.
        for (int i = 0; i < 2000 && DOOR.connections() > 0; i++)
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        assertThat(DOOR.connections()).as("connections").isZero();
        root.detachAppender(log);
        assertThat(answers).as("answers").noneMatch(answer -> answer.startsWith("HTTP/1.1 5"));
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .extracting(event -> event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : " with " + event.getThrowableProxy().getClassName()))
                .isEmpty();
    }

    private String send(String text, String leaves) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", DOOR.uri().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(text.translateEscapes().replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            if (leaves.equals("resets")) socket.setSoLinger(true, 0);
            if (!leaves.equals("waits")) return "";
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
