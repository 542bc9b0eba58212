package io.trimtab.ingest.promql;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.promql.Access.TlsFiles;
import io.trimtab.ingest.tls.Tls;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The HTTP client, made anew when its certificates have changed. Used by one thread at a time, but for closing. */
final class Connection implements AutoCloseable {
    private final TlsFiles files;
    private final Duration timeout;
    private final Complaints complain;
    private Tls current = Tls.USUAL;
    private volatile Optional<HttpClient> client = Optional.empty();
    private volatile boolean closed;

    Connection(TlsFiles files, Duration timeout, Complaints complain) {
        this.files = files;
        this.timeout = timeout;
        this.complain = complain;
    }

    HttpClient client() throws IngestException {
        Tls now = read();
        if (client.isPresent() && now.equals(current)) return client.get();
        HttpClient made = make(now);
        // What has been asked has been answered: only one query is under way at a time.
        client.ifPresent(HttpClient::shutdownNow);
        client = Optional.of(made);
        current = now;
        if (closed) made.shutdownNow();
        return made;
    }

    private HttpClient make(Tls tls) throws IngestException {
        // A redirect is not followed: it mostly leads to a login page, and credentials must not go elsewhere.
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(timeout).followRedirects(HttpClient.Redirect.NEVER);
        if (tls.equals(Tls.USUAL)) return builder.build();
        try {
            return builder.sslContext(tls.context()).build();
        } catch (IllegalArgumentException e) {
            throw complain.unusable("its certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private Tls read() throws IngestException {
        Optional<Tls.Pem> authorities = Optional.empty();
        if (files.authorities().isPresent())
            authorities = Optional.of(pem(files.authorities().get()));
        Optional<Tls.Identity> identity = Optional.empty();
        if (files.client().isPresent())
            identity = Optional.of(new Tls.Identity(
                    pem(files.client().get().certificate()),
                    pem(files.client().get().key())));
        return new Tls(false, authorities, identity);
    }

    private Tls.Pem pem(Path file) throws IngestException {
        try {
            return new Tls.Pem("the file " + file, Files.readString(file));
        } catch (IOException e) {
            throw complain.unusable("the file %s cannot be read".formatted(file), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        client.ifPresent(HttpClient::shutdownNow);
        client.ifPresent(HttpClient::close);
    }
}
