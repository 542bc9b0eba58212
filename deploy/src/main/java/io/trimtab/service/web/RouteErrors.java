package io.trimtab.service.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.server.exceptions.NotAllowedException;
import io.micronaut.http.server.exceptions.NotFoundException;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import io.trimtab.service.api.Problem;
import java.util.Map;
import java.util.stream.Collectors;

/** Addresses that lead nowhere: a page for browsers, a problem for programs. */
@Controller
final class RouteErrors {
    private final Templates templates;

    RouteErrors(Templates templates) {
        this.templates = templates;
    }

    @Error(global = true, exception = NotFoundException.class)
    HttpResponse<?> notFound(HttpRequest<?> request) {
        String text = "There is nothing at %s; the pages are in the navigation, REST is described at /openapi.yaml."
                .formatted(request.getPath());
        boolean person = request.accept().contains(MediaType.TEXT_HTML_TYPE)
                && !request.getPath().startsWith("/api/");
        if (!person) return Problem.of(HttpStatus.NOT_FOUND, text, Map.of());
        return templates.page(HttpStatus.NOT_FOUND, "message", Map.of("heading", "Not here", "text", text));
    }

    @Error(global = true, exception = NotAllowedException.class)
    HttpResponse<?> notAllowed(HttpRequest<?> request, NotAllowedException e) {
        String allowed = e.getAllowedMethods().stream().sorted().collect(Collectors.joining(", "));
        String detail = "%s is not for %s; it takes %s".formatted(request.getMethodName(), request.getPath(), allowed);
        return Problem.of(HttpStatus.METHOD_NOT_ALLOWED, detail, Map.of()).header(HttpHeaders.ALLOW, allowed);
    }

    @Error(global = true, exception = UnsatisfiedRouteException.class)
    HttpResponse<?> unsatisfied(UnsatisfiedRouteException e) {
        return Problem.of(
                HttpStatus.BAD_REQUEST,
                "%s is required".formatted(e.getArgument().getName()),
                Map.of());
    }
}
