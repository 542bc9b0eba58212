package io.trimtab.service.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.trimtab.service.view.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Problem details after RFC 9457; the type is {@code about:blank}, so the title is the status's own phrase. */
public final class Problem {
    static final MediaType MEDIA_TYPE = MediaType.of("application/problem+json");

    private Problem() {}

    /**
     * @param detail what is wrong, where, and what to do next
     * @param more extension members
     */
    public static MutableHttpResponse<byte[]> of(HttpStatus status, String detail, Map<String, ?> more) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", status.getReason());
        body.put("status", status.getCode());
        body.put("detail", detail);
        body.putAll(more);
        return HttpResponse.<byte[]>status(status).body(Json.bytes(body)).contentType(MEDIA_TYPE);
    }
}
