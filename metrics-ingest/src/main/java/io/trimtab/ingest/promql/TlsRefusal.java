package io.trimtab.ingest.promql;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Finds out why a server breaks connections. With TLS 1.3 it looks at our certificate when we hold the connection for made, and what it says then is lost where a
 * request is on its way already: so it is asked once more, without one.
 *
 * @see "RFC 8446, section 4.4.2.4 and appendix E.1.2"
 */
final class TlsRefusal {
    private static final int HTTPS_PORT = 443;

    /** A server that lets us in waits for a request; by then one that does not has said so. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private TlsRefusal() {}

    /** Empty where TLS has nothing to do with it. */
    static Optional<SSLException> of(IOException failure, SSLContext context, URI server) {
        for (Throwable at = failure; at != null; at = at.getCause())
            if (at instanceof SSLException refusal) return Optional.of(refusal);
        return server.getScheme().equalsIgnoreCase("https") ? asked(context, server) : Optional.empty();
    }

    private static Optional<SSLException> asked(SSLContext context, URI server) {
        int port = server.getPort() < 0 ? HTTPS_PORT : server.getPort();
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket()) {
            // A timeout holds for each read, so a server that answers byte by byte is left at the end of the whole.
            CompletableFuture.delayedExecutor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> leave(socket));
            socket.setSoTimeout(Math.toIntExact(LONGEST.toMillis()));
            socket.connect(new InetSocketAddress(server.getHost(), port), Math.toIntExact(LONGEST.toMillis()));
            socket.startHandshake();
            socket.getInputStream().read();
            return Optional.empty();
        } catch (SSLException e) {
            return Optional.of(e);
        } catch (IOException another) {
            return Optional.empty();
        }
    }

    private static void leave(SSLSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is left all the same.
        }
    }
}
