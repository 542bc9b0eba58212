package io.trimtab.service.account;

/** There is no account to ask, or it cannot be read now; the message says why and what to do. */
public final class AccountException extends Exception {
    public AccountException(String message) {
        super(message);
    }

    public AccountException(String message, Throwable cause) {
        super(message, cause);
    }
}
