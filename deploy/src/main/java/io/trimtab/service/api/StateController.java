package io.trimtab.service.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.trimtab.service.view.Json;
import io.trimtab.service.view.PolicyView;
import io.trimtab.service.view.Views;
import io.trimtab.service.view.WorkloadView;
import io.trimtab.service.view.ZeroView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the state of the loop: each list can be filtered by namespace and kind and is answered in pages; each answer has an ETag. */
@Controller("/api/v1")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StateController {
    private final Views views;

    StateController(Views views) {
        this.views = views;
    }

    @Get("/workloads")
    HttpResponse<?> workloads(
            HttpRequest<?> request,
            @QueryValue Optional<String> namespace,
            @QueryValue Optional<String> kind,
            @QueryValue(defaultValue = "0") int offset,
            @QueryValue(defaultValue = "100") int limit) {
        List<WorkloadView> found = views.workloads().stream()
                .filter(view -> matches(namespace, view.namespace()) && matches(kind, view.kind()))
                .toList();
        return answer(request, Page.of(found, offset, limit));
    }

    @Get("/workloads/{+id}")
    HttpResponse<?> workload(
            HttpRequest<?> request, @PathVariable String id, @QueryValue(defaultValue = "false") boolean runtimeUsage) {
        return views.workload(id)
                .map(Json::object)
                .<HttpResponse<?>>map(found -> {
                    if (runtimeUsage)
                        views.runtimeUsage(id).ifPresent(usage -> found.set("runtimeUsage", Json.object(usage)));
                    return answer(request, found);
                })
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "there is no workload %s; GET /api/v1/workloads lists them".formatted(id)));
    }

    @Get("/workloads/{namespace}/{kind}/{name}/forecast")
    HttpResponse<?> forecast(
            HttpRequest<?> request,
            @PathVariable String namespace,
            @PathVariable String kind,
            @PathVariable String name) {
        String id = "%s/%s/%s".formatted(namespace, kind, name);
        return views.forecast(id)
                .<HttpResponse<?>>map(found -> answer(request, found))
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "there is no workload %s; GET /api/v1/workloads lists them".formatted(id)));
    }

    @Get("/namespaces/{namespace}/forecast")
    HttpResponse<?> namespaceForecast(HttpRequest<?> request, @PathVariable String namespace) {
        return views.namespaceForecast(namespace)
                .<HttpResponse<?>>map(found -> answer(request, found))
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "there is no namespace %s; GET /api/v1/costs lists them".formatted(namespace)));
    }

    @Get("/node-pools/{pool}/forecast")
    HttpResponse<?> poolForecast(HttpRequest<?> request, @PathVariable String pool) {
        return views.poolForecast(pool)
                .<HttpResponse<?>>map(found -> answer(request, found))
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "there is no pool of nodes %s; GET /api/v1/nodes lists them".formatted(pool)));
    }

    @Get("/policies")
    HttpResponse<?> policies(
            HttpRequest<?> request,
            @QueryValue Optional<String> namespace,
            @QueryValue(defaultValue = "0") int offset,
            @QueryValue(defaultValue = "100") int limit) {
        List<PolicyView> found = views.policies().stream()
                .filter(view -> matches(namespace, view.namespace()))
                .toList();
        return answer(request, Page.of(found, offset, limit));
    }

    @Get("/zero")
    HttpResponse<?> zero(
            HttpRequest<?> request,
            @QueryValue Optional<String> namespace,
            @QueryValue(defaultValue = "0") int offset,
            @QueryValue(defaultValue = "100") int limit) {
        List<ZeroView> found = views.zero().stream()
                .filter(view -> matches(namespace, view.namespace()))
                .toList();
        return answer(request, Page.of(found, offset, limit));
    }

    @Get("/plan")
    HttpResponse<?> plan(HttpRequest<?> request) {
        return answer(request, views.overview());
    }

    @Get("/status")
    HttpResponse<?> status(HttpRequest<?> request) {
        return answer(request, views.status());
    }

    private static boolean matches(Optional<String> wanted, String value) {
        return wanted.map(text -> text.toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT)))
                .orElse(true);
    }

    private HttpResponse<?> answer(HttpRequest<?> request, Object value) {
        return Answers.json(request, value, views.simulated());
    }

    private HttpResponse<?> answer(HttpRequest<?> request, ObjectNode value) {
        return Answers.json(request, value, views.simulated());
    }
}
