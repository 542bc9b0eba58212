package io.trimtab.service.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/** A token that whoever sends something must show. The file is read each time, so that a rotated one counts at once. */
public final class SenderToken {
    private static final String BEARER = "Bearer ";

    private final Optional<Path> file;

    /**
     * @param option that names the file
     * @param file empty: nobody is asked for one
     * @throws SettingsException if it cannot be read or is empty
     */
    public SenderToken(String option, Optional<Path> file) {
        this.file = file;
        file.ifPresent(path -> {
            if (read(path).isEmpty())
                throw new SettingsException(
                        "%s (%s) cannot be read or is empty; does the file exist?".formatted(option, path));
        });
    }

    /** A file that has gone admits nobody. */
    public boolean admits(Optional<String> authorization) {
        if (file.isEmpty()) return true;
        Optional<String> wanted = read(file.get());
        Optional<String> shown = authorization
                .filter(header -> header.startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()).strip());
        return wanted.isPresent()
                && shown.isPresent()
                && MessageDigest.isEqual(bytes(wanted.get()), bytes(shown.get()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<String> read(Path path) {
        try {
            return Optional.of(Files.readString(path).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
