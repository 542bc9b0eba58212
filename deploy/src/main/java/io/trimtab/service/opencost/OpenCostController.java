package io.trimtab.service.opencost;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account.NodeRow;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.service.account.AccountException;
import io.trimtab.service.account.CostAccount;
import io.trimtab.service.account.Windows;
import io.trimtab.service.view.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** OpenCost's routes. */
@Controller
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OpenCostController {
    private final CostAccount account;
    private final PrometheusRegistry registry;
    private final ExpositionFormats formats = ExpositionFormats.init();

    OpenCostController(CostAccount account, PrometheusRegistry registry) {
        this.account = account;
        this.registry = registry;
    }

    private interface Answer {
        Object of(Map<String, String> parameters) throws AccountException;
    }

    @Get(uris = {"/allocation", "/allocation/compute"})
    HttpResponse<byte[]> allocations(HttpRequest<?> request) {
        return answered(request, parameters -> {
            OpenCostQuery query = OpenCostQuery.of(parameters, account.now());
            List<Map<String, Object>> sets = new ArrayList<>();
            for (Map<String, Part> parts : Allocations.of(account.snapshot(), query)) {
                Span set = query.sets().get(sets.size());
                sets.add(named(parts, part -> AllocationFields.of(part, set)));
            }
            return sets;
        });
    }

    /** The same in fewer fields. */
    @Get(uris = {"/allocation/summary", "/allocation/compute/summary"})
    HttpResponse<byte[]> summaries(HttpRequest<?> request) {
        return answered(request, parameters -> {
            OpenCostQuery query = OpenCostQuery.of(parameters, account.now());
            List<Map<String, Object>> sets = new ArrayList<>();
            for (Map<String, Part> parts : Allocations.of(account.snapshot(), query)) {
                Map<String, Object> set = new LinkedHashMap<>();
                set.put("allocations", named(parts, SummaryFields::of));
                set.put("window", AllocationFields.window(query.sets().get(sets.size())));
                sets.add(set);
            }
            return SummaryFields.range(query.sets(), sets);
        });
    }

    private static Map<String, Object> named(Map<String, Part> parts, Function<Part, Object> fields) {
        Map<String, Object> shown = new LinkedHashMap<>();
        parts.forEach((name, part) -> shown.put(name, fields.apply(part)));
        return shown;
    }

    @Get("/assets")
    HttpResponse<byte[]> assets(HttpRequest<?> request) {
        return answered(request, parameters -> {
            Instant now = account.now();
            Span window = OpenCostQuery.window(parameters, now);
            Instant end = Windows.endOfHour(now);
            AccountQuery query = new AccountQuery(
                    new Span(window.start(), window.end().isBefore(end) ? window.end() : end),
                    List.of(),
                    Optional.empty(),
                    OpenCostQuery.assetFilter(parameters));
            Map<String, Object> assets = new LinkedHashMap<>();
            for (NodeRow node : account.snapshot().nodes(query).getFirst().rows())
                assets.put(unused(AssetFields.key(node), assets.keySet()), AssetFields.of(node, window));
            return assets;
        });
    }

    /** One name may be that of several machines in a window, such as one that came to another pool; each is paid for. */
    private static String unused(String key, Set<String> used) {
        String free = key;
        for (int number = 2; used.contains(free); number++) free = key + "-" + number;
        return free;
    }

    /** There is no bill of a cloud here: what is asked for is empty, and well formed. */
    @Get("/cloudCost")
    HttpResponse<byte[]> cloudCosts(HttpRequest<?> request) {
        return answered(request, parameters -> {
            Map<String, String> window = AllocationFields.window(OpenCostQuery.window(parameters, account.now()));
            Map<String, Object> set = new LinkedHashMap<>();
            set.put("cloudCosts", Map.of());
            set.put("window", window);
            set.put(
                    "aggregationProperties",
                    List.of(parameters.getOrDefault("aggregate", "").split(",")));
            Map<String, Object> range = new LinkedHashMap<>();
            range.put("sets", List.of(set));
            range.put("window", window);
            return range;
        });
    }

    @Get("/healthz")
    HttpResponse<byte[]> healthy() {
        return HttpResponse.ok(new byte[0]).contentType(MediaType.TEXT_PLAIN_TYPE);
    }

    @Get("/metrics")
    HttpResponse<byte[]> metrics(HttpRequest<?> request) throws IOException {
        @Nullable String accept = request.getHeaders().get(HttpHeaders.ACCEPT);
        ExpositionFormatWriter writer = formats.findWriter(accept);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        writer.write(body, registry.scrape());
        return HttpResponse.ok(body.toByteArray()).header(HttpHeaders.CONTENT_TYPE, writer.getContentType());
    }

    private HttpResponse<byte[]> answered(HttpRequest<?> request, Answer answer) {
        Map<String, String> parameters = new LinkedHashMap<>();
        request.getParameters()
                .names()
                .forEach(
                        name -> request.getParameters().getFirst(name).ifPresent(value -> parameters.put(name, value)));
        try {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("code", HttpStatus.OK.getCode());
            body.put("status", "success");
            body.put("data", answer.of(parameters));
            List<String> troubles = account.troubles();
            if (!troubles.isEmpty()) body.put("warning", String.join("; ", troubles));
            return HttpResponse.ok(Json.bytes(body)).contentType(MediaType.APPLICATION_JSON_TYPE);
        } catch (IllegalArgumentException e) {
            return refused(HttpStatus.BAD_REQUEST, e);
        } catch (AccountException e) {
            return refused(HttpStatus.SERVICE_UNAVAILABLE, e);
        }
    }

    /** In OpenCost's words for its errors. */
    private static HttpResponse<byte[]> refused(HttpStatus status, Exception why) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("code", status.getCode());
        body.put("data", null);
        body.put("message", "Error: " + why.getMessage());
        return HttpResponse.<byte[]>status(status).body(Json.bytes(body)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
