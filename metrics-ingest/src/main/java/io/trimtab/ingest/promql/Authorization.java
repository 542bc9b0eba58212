package io.trimtab.ingest.promql;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.promql.Access.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** Reads credentials from their files, each time anew. */
record Authorization(Credentials credentials, Complaints complain) {
    /** The value of the header; empty when there is none. */
    Optional<String> header() throws IngestException {
        return switch (credentials) {
            case Credentials.None() -> Optional.empty();
            case Credentials.Bearer(Path file) -> Optional.of("Bearer " + secret("token", file));
            case Credentials.Basic(String user, Path file) -> {
                byte[] both = (user + ":" + secret("password", file)).getBytes(StandardCharsets.UTF_8);
                yield Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
            }
        };
    }

    private String secret(String what, Path file) throws IngestException {
        try {
            String text = Files.readString(file).strip();
            // A header of several lines is another header.
            if (!text.isEmpty() && text.chars().noneMatch(Character::isISOControl)) return text;
            throw complain.unusable("the %s file %s must hold one line".formatted(what, file), null);
        } catch (IOException e) {
            throw complain.unusable("the %s file %s cannot be read".formatted(what, file), e);
        }
    }
}
