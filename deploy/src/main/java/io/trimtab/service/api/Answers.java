package io.trimtab.service.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.trimtab.service.view.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Answers about the state, each with an ETag: who has it already is told so. */
final class Answers {
    private Answers() {}

    /** @param simulated whether the cluster is */
    static HttpResponse<?> json(HttpRequest<?> request, Object value, boolean simulated) {
        return json(request, Json.object(value), simulated);
    }

    static HttpResponse<?> json(HttpRequest<?> request, ObjectNode value, boolean simulated) {
        return tagged(request, Json.bytes(value.put("simulated", simulated)), MediaType.APPLICATION_JSON_TYPE);
    }

    static HttpResponse<?> text(HttpRequest<?> request, String value) {
        return tagged(request, value.getBytes(StandardCharsets.UTF_8), MediaType.of("text/plain;charset=utf-8"));
    }

    static HttpResponse<?> yaml(HttpRequest<?> request, String value) {
        return tagged(request, value.getBytes(StandardCharsets.UTF_8), MediaType.of("application/yaml"));
    }

    private static HttpResponse<?> tagged(HttpRequest<?> request, byte[] body, MediaType type) {
        String tag = '"' + HexFormat.of().formatHex(sha256(body), 0, 12) + '"';
        boolean known = request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH).stream()
                .flatMap(header -> List.of(header.split(",")).stream())
                .map(String::strip)
                .anyMatch(header ->
                        header.equals("*") || header.replaceFirst("^W/", "").equals(tag));
        if (known) return HttpResponse.notModified().header(HttpHeaders.ETAG, tag);
        return HttpResponse.ok(body)
                .contentType(type)
                .header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
