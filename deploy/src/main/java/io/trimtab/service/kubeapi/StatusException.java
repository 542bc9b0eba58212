package io.trimtab.service.kubeapi;

/** A request that is answered with a Kubernetes {@code Status}. */
final class StatusException extends RuntimeException {
    /** The reasons of {@code k8s.io/apimachinery/pkg/apis/meta/v1}, with their codes. */
    enum Reason {
        BAD_REQUEST("BadRequest", 400),
        UNAUTHORIZED("Unauthorized", 401),
        FORBIDDEN("Forbidden", 403),
        NOT_FOUND("NotFound", 404),
        METHOD_NOT_ALLOWED("MethodNotAllowed", 405),
        NOT_ACCEPTABLE("NotAcceptable", 406),
        REQUEST_ENTITY_TOO_LARGE("RequestEntityTooLarge", 413),
        INTERNAL_ERROR("InternalError", 500),
        SERVICE_UNAVAILABLE("ServiceUnavailable", 503);

        private final String word;
        private final int code;

        Reason(String word, int code) {
            this.word = word;
            this.code = code;
        }

        String word() {
            return word;
        }

        int code() {
            return code;
        }
    }

    private final Reason reason;

    StatusException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
