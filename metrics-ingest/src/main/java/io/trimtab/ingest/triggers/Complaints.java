package io.trimtab.ingest.triggers;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One line for each way in which a source fails: what, where and what to do next.
 *
 * @param where such as {@code Prometheus at http://prometheus:9090}
 * @param addressField the field that has the address
 * @param authentication the modes in people's words; empty without any
 */
record Complaints(String where, String addressField, String authentication) {
    private static final int LONGEST = 300;

    IngestException unreachable(Throwable cause) {
        String check = "check %s and the network policy".formatted(addressField);
        return switch (cause) {
            case ConnectException e
            when isUnknownName(e) -> failure(Kind.UNREACHABLE, "its name is not known", check, e);
            case ConnectException e -> failure(Kind.UNREACHABLE, "connection refused", check, e);
            case SSLException e ->
                failure(
                        Kind.UNREACHABLE,
                        "no TLS connection, " + words(e),
                        "give its authority as the authentication parameter ca, or set metadata.unsafeSsl",
                        e);
            default -> failure(Kind.UNREACHABLE, words(cause), check, cause);
        };
    }

    IngestException slow(Duration timeout, @Nullable Throwable cause) {
        String what = "no whole answer within %d ms".formatted(timeout.toMillis());
        return failure(Kind.UNREACHABLE, what, "raise metadata.timeout or look at its load", cause);
    }

    IngestException tooLarge(long most) {
        String what = "the answer is larger than %d bytes".formatted(most);
        return failure(Kind.MALFORMED, what, "check that %s names the API".formatted(addressField), null);
    }

    IngestException interrupted(InterruptedException cause) {
        return failure(
                Kind.UNREACHABLE, "the reading was interrupted", "nothing to do when Trimtab is being stopped", cause);
    }

    /** @param reason in the source's words; empty when it gave none */
    IngestException refused(int status, String reason) {
        String what = "HTTP %d%s".formatted(status, reason.isEmpty() ? "" : ", " + reason);
        boolean mayPass = status >= 500 || status == 408 || status == 429;
        if (mayPass) return failure(Kind.UNREACHABLE, what, "look at its own log; it is down or overloaded", null);
        String next = switch (status) {
            case 300, 301, 302, 303, 307, 308 ->
                "give the final address as %s; redirects are not followed".formatted(addressField);
            case 401, 403 ->
                authentication.isEmpty()
                        ? "it asks for authentication; give metadata.authModes and an authenticationRef"
                        : "it does not accept the authentication by %s; check the TriggerAuthentication"
                                .formatted(authentication);
            case 404 -> "check the path of %s".formatted(addressField);
            default -> "check the trigger's metadata";
        };
        return failure(Kind.REJECTED, what, next, null);
    }

    IngestException malformed(String what, @Nullable Throwable cause) {
        return malformed(
                what, "check that %s names the API and no login page answers for it".formatted(addressField), cause);
    }

    IngestException malformed(String what, String next, @Nullable Throwable cause) {
        return failure(Kind.MALFORMED, what, next, cause);
    }

    private IngestException failure(Kind kind, String what, String next, @Nullable Throwable cause) {
        return new IngestException(kind, "%s: %s; %s".formatted(where, oneLine(what), next), cause);
    }

    private static boolean isUnknownName(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause())
            if (at instanceof UnresolvedAddressException) return true;
        return false;
    }

    private static String words(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
