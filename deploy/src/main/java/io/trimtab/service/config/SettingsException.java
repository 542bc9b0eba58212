package io.trimtab.service.config;

/** A setting or call that cannot work; the message says what, where and what to do next, in one line. */
public final class SettingsException extends RuntimeException {
    public SettingsException(String message) {
        super(message);
    }
}
