package io.trimtab.service.connections;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** A server of HTTP with too many connections, as the sockets of its senders and of the kubelet see it. */
@Timeout(60)
class BoundedServerTest {
    private static final int MOST_OF_ONE = 5;
    private static final int MOST = 8;

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final ConnectionBound bound =
            new ConnectionBound("http", MOST, MOST_OF_ONE, Duration.ofSeconds(2), () -> now);
    private final List<ApplicationContext> contexts = new ArrayList<>();
    private int port;
    private final List<Socket> open = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        serve(Duration.ofMinutes(5));
        log.start();
        ((Logger) LoggerFactory.getLogger(ConnectionBound.class)).addAppender(log);
    }

    @AfterEach
    void close() throws IOException {
        ((Logger) LoggerFactory.getLogger(ConnectionBound.class)).detachAppender(log);
        for (Socket socket : open) socket.close();
        contexts.forEach(ApplicationContext::close);
    }

    private void serve(Duration idleTimeout) {
        ApplicationContext context = ApplicationContext.builder()
                .properties(Map.of(
                        "micronaut.server.port",
                        -1,
                        "micronaut.server.host",
                        "127.0.0.1",
                        "micronaut.server.idle-timeout",
                        idleTimeout))
                .singletons(bound)
                .beansPredicate(bean -> !bean.getBeanType().getName().startsWith("io.trimtab")
                        || bean.getBeanType().getPackage().equals(ConnectionBound.class.getPackage()))
                .banner(false)
                .start();
        contexts.add(context);
        port = context.getBean(EmbeddedServer.class).start().getPort();
    }

    @Test
    void aProbeIsAnsweredWhateverIsOpen() throws Exception {
        for (String from : List.of("127.0.0.1", "127.0.0.2")) for (int i = 0; i < 50; i++) connect(from);
        for (String from : List.of("127.0.0.1", "127.0.0.3")) {
            String answer = ask(connect(from), "/health/liveness");
            // Nothing is served here; the server's own answer says that it was asked.
            assertThat(answer).as("from %s", from).startsWith("HTTP/1.1 404").containsIgnoringCase("connection: close");
        }
        assertThat(bound.open()).isEqualTo(MOST);
    }

    @Test
    void whatIsNoProbeIsClosedCountedAndSaidOnceAMinute() throws Exception {
        for (int i = 0; i < MOST_OF_ONE; i++)
            assertThat(ask(connect("127.0.0.1"), "/x")).startsWith("HTTP/1.1 404");
        assertThat(ask(connect("127.0.0.1"), "/x")).isEmpty();
        assertThat(ask(connect("127.0.0.1"), "/healthy")).isEmpty();
        now = now.plusSeconds(60);
        assertThat(ask(connect("127.0.0.1"), "/x")).isEmpty();
        assertThat(bound.refused()).isEqualTo(3);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        line -> assertThat(line).contains("port http: 1 connections", "127.0.0.1", "5 are open"),
                        line -> assertThat(line).contains("port http: 2 connections"));
        PrometheusRegistry registry = new PrometheusRegistry();
        ConnectionMetrics.register(registry, List.of(bound));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, registry.scrape());
        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains(
                        "trimtab_connections{port=\"http\"} 5.0",
                        "trimtab_connections_refused_total{port=\"http\"} 3.0");
    }

    @Test
    void whoGoesMakesRoom() throws Exception {
        for (int i = 0; i < MOST_OF_ONE; i++)
            assertThat(ask(connect("127.0.0.1"), "/x")).startsWith("HTTP/1.1 404");
        open.getFirst().close();
        awaitOpen(MOST_OF_ONE - 1);
        assertThat(ask(connect("127.0.0.1"), "/x")).startsWith("HTTP/1.1 404");
    }

    @Test
    void aConnectionThatIsNotUsedEnds() throws Exception {
        serve(Duration.ofSeconds(2));
        Socket silent = connect("127.0.0.1");
        Socket kept = connect("127.0.0.1");
        assertThat(ask(kept, "/x")).startsWith("HTTP/1.1 404");
        assertThat(silent.getInputStream().read()).isEqualTo(-1);
        assertThat(kept.getInputStream().read()).isEqualTo(-1);
        awaitOpen(0);
    }

    @ParameterizedTest(name = "{0}, then {1}")
    @CsvSource(textBlock = """
        'GET /x HTTP/1.1\r\nHost: a\r\nX-Long: ',                 a
        'GET /x HTTP/1.1\r\nHost: a\r\nX-Long: ',                 ''
        'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n', a
        """)
    void whoseRequestDoesNotComeInTimeIsClosedHoweverMuchItDrips(String begin, String drip) throws Exception {
        Socket dripping = connect("127.0.0.1");
        assertThat(ask(dripping, "/x")).startsWith("HTTP/1.1 404");
        dripping.getOutputStream().write(begin.translateEscapes().getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; bound.open() > 0; i++) {
            assertThat(i).as("tenths of a second").isLessThan(100);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            try {
                dripping.getOutputStream().write(drip.getBytes(StandardCharsets.US_ASCII));
            } catch (SocketException e) {
                // Closed, as it should be.
            }
        }
        assertThat(bound.slow()).isEqualTo(1);
    }

    @Test
    void whoAsksAgainAndAgainIsNotSlow() throws Exception {
        Socket kept = connect("127.0.0.1");
        for (int i = 0; i < 8; i++) {
            assertThat(ask(kept, "/x")).startsWith("HTTP/1.1 404");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
        assertThat(bound.slow()).isZero();
        assertThat(bound.open()).isEqualTo(1);
    }

    @Test
    void aHandlerThatAnswersBeforeItClosesKeepsNoRefusedConnectionOpen() {
        EmbeddedChannel connection = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
            @Override
            public void close(ChannelHandlerContext before, ChannelPromise promise) {
                // An answer is under way.
            }
        });
        BoundedAccept.withProbes(bound, 1).refuse(connection);
        connection.runPendingTasks();
        assertThat(connection.isOpen()).isFalse();
        assertThat(bound.refused()).isEqualTo(1);
    }

    private void awaitOpen(int wanted) {
        for (int i = 0; i < 1000 && bound.open() != wanted; i++)
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        assertThat(bound.open()).isEqualTo(wanted);
    }

    private Socket connect(String from) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0);
        socket.setSoTimeout(20_000);
        open.add(socket);
        return socket;
    }

    /** @return the head of the answer and its body; empty when the connection was closed instead */
    private static String ask(Socket socket, String path) throws IOException {
        try {
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(path).getBytes(StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) return head.toString();
                head.append((char) next);
            }
            int length = head.toString()
                    .lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length: "))
                    .mapToInt(line -> Integer.parseInt(line.substring(16)))
                    .findFirst()
                    .orElse(0);
            return head + new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
        } catch (SocketException e) {
            return "";
        }
    }
}
