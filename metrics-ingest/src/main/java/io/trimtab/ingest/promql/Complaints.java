package io.trimtab.ingest.promql;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One line for each way in which a store fails: what, where and what to do next. */
final class Complaints {
    private static final int LONGEST = 300;

    /** @see "RFC 8446, section 6.2: alerts of a server about its client's certificate, or about that there is none" */
    private static final Pattern OUR_CERTIFICATE =
            Pattern.compile("Received fatal alert: (\\w*certificate\\w*|unknown_ca|access_denied)");

    private final String where;
    private final Duration timeout;

    Complaints(String address, Duration timeout) {
        this.where = "Prometheus at " + address;
        this.timeout = timeout;
    }

    /** The store, for people. */
    String where() {
        return where;
    }

    IngestException unreachable(String what, Throwable cause) {
        return failure(Kind.UNREACHABLE, what, "check --prometheus or the network policy", cause);
    }

    /** A connection that ended, or that there never was. */
    IngestException broken(IOException cause, Optional<SSLException> refusal) {
        if (refusal.isEmpty()) return unreachable(words(cause), cause);
        String words = words(refusal.get());
        return failure(Kind.UNREACHABLE, "no TLS connection, " + words, advice(words), refusal.get());
    }

    /** @param refusal in the JDK's words, which are all that tells one cause from another */
    private static String advice(String refusal) {
        if (OUR_CERTIFICATE.matcher(refusal).find())
            return "show it a certificate of an authority that it trusts: --prometheus-cert-file with"
                    + " --prometheus-key-file";
        if (refusal.contains("validity check failed") || refusal.contains("NotAfter") || refusal.contains("NotBefore"))
            return "renew its certificate, which is not valid now, or set the clocks";
        if (refusal.contains("certification path") || refusal.contains("PKIX path"))
            return "give the authority of its certificate as --prometheus-ca-file";
        if (refusal.contains("No subject alternative") || refusal.contains("No name matching"))
            return "give the name that its certificate is for in --prometheus";
        if (refusal.contains("handshake_failure"))
            return "check that it speaks TLS 1.2 or newer, and where it asks for a certificate give one:"
                    + " --prometheus-cert-file with --prometheus-key-file";
        return "check that --prometheus names a port that speaks TLS";
    }

    /** A file of ours that its credentials or certificates should be in. */
    IngestException unusable(String what, @Nullable Throwable cause) {
        return failure(
                Kind.UNREACHABLE, what, "mount it, or point its --prometheus-...-file option to where it is", cause);
    }

    IngestException slow(Throwable cause) {
        String what = "no whole answer within %s".formatted(timeout);
        return failure(Kind.UNREACHABLE, what, "raise the timeout or ask for fewer points at once", cause);
    }

    IngestException interrupted(InterruptedException cause) {
        return failure(
                Kind.UNREACHABLE, "the reading was interrupted", "nothing to do when Trimtab is being stopped", cause);
    }

    IngestException redirected(int status, String location) {
        return failure(
                Kind.REJECTED,
                "HTTP %d to %s".formatted(status, location),
                "give the final address, or credentials if that is a login",
                null);
    }

    IngestException malformed(String what, @Nullable Throwable cause) {
        return failure(
                Kind.MALFORMED,
                what,
                "check that --prometheus names the API and no login page or proxy answers for it",
                cause);
    }

    /**
     * @param reason in the store's words; empty when it gave none
     * @param mayPass whether the same question may be answered later
     */
    IngestException refused(int status, String reason, boolean mayPass) {
        String what = "HTTP %d%s".formatted(status, reason.isEmpty() ? "" : ", " + reason);
        if (mayPass) return failure(Kind.UNREACHABLE, what, "look at its own log; it is down or overloaded", null);
        String next = switch (status) {
            case 401, 403 -> "check its credentials and its tenant header";
            case 404 -> "check the path of --prometheus; what is asked for is PATH/api/v1/query_range";
            case 405 -> "let it, or the proxy before it, take POST requests";
            default -> "check its limits and that it speaks PromQL";
        };
        return failure(Kind.REJECTED, what, next, null);
    }

    IngestException tooMany(String what) {
        return failure(
                Kind.REJECTED,
                "one moment of %s has too many samples for one query".formatted(what),
                "narrow the scope or raise the budget",
                null);
    }

    /** A line for {@link io.trimtab.ingest.model.UsageBatch#gaps}. */
    String gap(String what, String next) {
        return "%s: %s; %s".formatted(where, oneLine(what), next);
    }

    private IngestException failure(Kind kind, String what, String next, @Nullable Throwable cause) {
        return new IngestException(kind, gap(what, next), cause);
    }

    private static String words(IOException e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
