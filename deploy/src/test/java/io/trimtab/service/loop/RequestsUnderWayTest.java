package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.trimtab.service.Served;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What a service is asked while it ends, over real sockets. */
@Timeout(60)
class RequestsUnderWayTest {
    private static final String BODY = "{\"kind\": \"none\"}";

    @Test
    void areAnsweredAndAreNoErrors() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Served served = Served.readyDemo();
        URI url = URI.create(served.url());
        log.start();
        root.addAppender(log);
        try (Socket half = new Socket(url.getHost(), url.getPort());
                Socket idle = new Socket(url.getHost(), url.getPort())) {
            assertThat(idle.isConnected()).isTrue();
            half.getOutputStream()
                    .write(
                            "POST /api/v1/evaluate/replicas HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                                    .formatted(BODY.length())
                                    .getBytes(StandardCharsets.US_ASCII));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            CompletableFuture<Void> ended = CompletableFuture.runAsync(served::close);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            half.getOutputStream().write(BODY.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(half.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400").contains("currentReplicas");
            ended.get();
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }
}
