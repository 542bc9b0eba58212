package io.trimtab.service.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.trimtab.service.view.ProblemDetails;
import java.util.Map;

/** Answers with problem details. */
public final class Problem {
    static final MediaType MEDIA_TYPE = MediaType.of(ProblemDetails.MEDIA_TYPE);

    private Problem() {}

    /**
     * @param detail what is wrong, where, and what to do next
     * @param more extension members
     */
    public static MutableHttpResponse<byte[]> of(HttpStatus status, String detail, Map<String, ?> more) {
        return HttpResponse.<byte[]>status(status)
                .body(ProblemDetails.bytes(status.getCode(), status.getReason(), detail, more))
                .contentType(MEDIA_TYPE);
    }
}
