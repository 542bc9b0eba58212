package io.trimtab.service.account;

/** There is no account to ask, or it cannot be read now; the message says why and what to do. */
public final class AccountException extends Exception {
    AccountException(String message) {
        super(message);
    }

    AccountException(String message, Throwable cause) {
        super(message, cause);
    }
}
