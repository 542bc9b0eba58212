package io.trimtab.service.api;

import io.micronaut.http.HttpStatus;

/** A request that is answered with a problem. */
final class ProblemException extends RuntimeException {
    private final HttpStatus status;

    ProblemException(HttpStatus status, String detail) {
        super(detail);
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }
}
