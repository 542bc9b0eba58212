package io.trimtab.ingest.promql;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How the store knows us, and how we know it. Files are looked at before each request, so that what a rotation has put there counts from then on.
 *
 * @param headers sent with every request, such as {@code X-Scope-OrgID}
 */
public record Access(Credentials credentials, Map<String, String> headers, TlsFiles tls) {
    /** A store that anybody may ask. */
    public static final Access OPEN = new Access(new Credentials.None(), Map.of(), TlsFiles.USUAL);

    public Access {
        headers = Map.copyOf(headers);
    }

    /** What is sent as {@code Authorization}. */
    public sealed interface Credentials {
        /** Nothing. */
        record None() implements Credentials {}

        /** A token, as of RFC 6750. */
        record Bearer(Path tokenFile) implements Credentials {}

        /** A user and a password, as of RFC 7617. */
        record Basic(String user, Path passwordFile) implements Credentials {}
    }

    /**
     * PEM files.
     *
     * @param authorities trusted besides the usual ones
     * @param client shown where it is asked for
     */
    public record TlsFiles(Optional<Path> authorities, Optional<Identity> client) {
        /** What the JDK trusts, and nothing to show. */
        public static final TlsFiles USUAL = new TlsFiles(Optional.empty(), Optional.empty());

        /** A certificate, its chain after it, and its private key. */
        public record Identity(Path certificate, Path key) {}
    }
}
