package io.trimtab.service.kubeapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.service.kubeapi.StatusException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;

/** Every GET that has passed {@link AccessFilter}. */
@Controller
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ExternalMetricsController {
    private static final String VERSION_PATH = "apis/" + RequestAttributes.GROUP + "/" + RequestAttributes.VERSION;

    private final ExternalMetrics metrics;

    ExternalMetricsController(ExternalMetrics metrics) {
        this.metrics = metrics;
    }

    @Get("/{+path}")
    HttpResponse<?> get(HttpRequest<?> request) throws IOException {
        RequestAttributes attributes = request.getAttribute(AccessFilter.ATTRIBUTES, RequestAttributes.class)
                .orElseThrow(() -> new StatusException(Reason.INTERNAL_ERROR, "the request was not checked"));
        return switch (attributes) {
            case RequestAttributes.Metric(String verb, String namespace, String metric) -> {
                if (verb.equals("watch"))
                    throw new StatusException(
                            Reason.METHOD_NOT_ALLOWED, "external metrics cannot be watched; ask again");
                yield plain(request, Documents.values(metric, metrics.list(namespace, metric, selector(request))));
            }
            case RequestAttributes.Other(String verb, String path) -> other(request, path);
        };
    }

    private HttpResponse<?> other(HttpRequest<?> request, String path) throws IOException {
        return switch (path) {
            case "/healthz", "/livez", "/readyz" -> HttpResponse.ok("ok").contentType(MediaType.TEXT_PLAIN_TYPE);
            case "/apis" -> discovery(request, metrics.names());
            case "/apis/" + RequestAttributes.GROUP -> tagged(request, plain(request, Documents.group()));
            case "/" + VERSION_PATH -> tagged(request, plain(request, Documents.resources(metrics.names())));
            case "/openapi/v2" -> tagged(request, plain(request, file("openapi-v2.json")));
            case "/openapi/v3" ->
                tagged(request, plain(request, Documents.descriptions(hash(file("openapi-v3.json")))));
            case "/openapi/v3/" + VERSION_PATH -> tagged(request, plain(request, file("openapi-v3.json")));
            default -> throw new StatusException(Reason.NOT_FOUND, "the server could not find the requested resource");
        };
    }

    private static HttpResponse<?> discovery(HttpRequest<?> request, SortedSet<String> names) {
        AcceptedForms accepted = AcceptedForms.of(request.getHeaders());
        HttpResponse<byte[]> answer = accepted.preferAggregated()
                ? HttpResponse.ok(Documents.bytes(Documents.aggregated(names))).contentType(AcceptedForms.AGGREGATED)
                : plain(request, Documents.groups());
        return tagged(request, answer);
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream document = ExternalMetricsController.class.getResourceAsStream(name)) {
            if (document == null) throw new IllegalStateException("the archive lacks " + name);
            return document.readAllBytes();
        }
    }

    private static LabelSelector selector(HttpRequest<?> request) {
        try {
            return LabelSelector.parse(
                    request.getParameters().getFirst("labelSelector").orElse(""));
        } catch (IllegalArgumentException e) {
            throw new StatusException(Reason.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static HttpResponse<byte[]> plain(HttpRequest<?> request, ObjectNode document) {
        return plain(request, Documents.bytes(document));
    }

    private static HttpResponse<byte[]> plain(HttpRequest<?> request, byte[] document) {
        if (!AcceptedForms.of(request.getHeaders()).takePlain())
            throw new StatusException(
                    Reason.NOT_ACCEPTABLE,
                    "only the following media types are accepted: " + MediaType.APPLICATION_JSON);
        return HttpResponse.ok(document).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /** The aggregator asks every so often whether discovery and descriptions have changed. */
    private static HttpResponse<?> tagged(HttpRequest<?> request, HttpResponse<byte[]> answer) {
        String tag = '"' + hash(answer.getBody().orElseThrow()) + '"';
        boolean known = request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH).stream()
                .flatMap(header -> List.of(header.split(",")).stream())
                .anyMatch(header -> header.strip().equals(tag));
        return known
                ? HttpResponse.notModified().header(HttpHeaders.ETAG, tag)
                : answer.toMutableResponse().header(HttpHeaders.ETAG, tag);
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
