package io.trimtab.service.view;

import java.util.LinkedHashMap;
import java.util.Map;

/** Problem details after RFC 9457, as bytes; the type is {@code about:blank}, so the title is the status's own phrase. */
public final class ProblemDetails {
    public static final String MEDIA_TYPE = "application/problem+json";

    private ProblemDetails() {}

    /**
     * @param title the status's own phrase
     * @param detail what is wrong, where, and what to do next
     * @param more extension members
     */
    public static byte[] bytes(int status, String title, String detail, Map<String, ?> more) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        body.putAll(more);
        return Json.bytes(body);
    }
}
