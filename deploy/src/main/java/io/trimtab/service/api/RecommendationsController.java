package io.trimtab.service.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpHeaders;
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
import io.trimtab.service.explain.Explanation;
import io.trimtab.service.view.Json;
import io.trimtab.service.view.RecommendationQuery;
import io.trimtab.service.view.RecommendationView;
import io.trimtab.service.view.Views;
import java.time.Instant;
import java.util.List;

/** What should change, why, and what it rests on. */
@Controller("/api/v1/recommendations")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class RecommendationsController {
    private final Views views;

    RecommendationsController(Views views) {
        this.views = views;
    }

    @Get
    HttpResponse<?> list(
            HttpRequest<?> request,
            @QueryValue(defaultValue = "0") int offset,
            @QueryValue(defaultValue = "100") int limit) {
        List<RecommendationView> found = query(request).select(views.recommendations());
        ObjectNode page = Json.object(Page.of(found, offset, limit));
        page.put("decidedAt", views.decidedAt().map(Instant::toString).orElse(null));
        return Answers.json(request, page, views.simulated());
    }

    private static RecommendationQuery query(HttpRequest<?> request) {
        try {
            return RecommendationQuery.of(request.getParameters()::getAll);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    @Get("/{+id}")
    HttpResponse<?> evidence(HttpRequest<?> request, @PathVariable String id) {
        return views.evidence(id)
                .<HttpResponse<?>>map(found -> Answers.json(request, found, views.simulated()))
                .orElseThrow(() -> isKept(id) ? starting() : missing(id));
    }

    /** In plain words; as JSON for those who ask for it. */
    @Get("/{namespace}/{kind}/{workload}/{subject}/explain")
    HttpResponse<?> explain(
            HttpRequest<?> request,
            @PathVariable String namespace,
            @PathVariable String kind,
            @PathVariable String workload,
            @PathVariable String subject) {
        String id = "%s/%s/%s/%s".formatted(namespace, kind, workload, subject);
        Explanation explanation = views.recommendations().stream()
                .filter(view -> view.id().equals(id))
                .findFirst()
                .map(Explanation::of)
                .orElseThrow(() -> missing(id));
        boolean json = request.getHeaders().getAll(HttpHeaders.ACCEPT).stream()
                .anyMatch(accepted -> accepted.contains(MediaType.APPLICATION_JSON));
        return json ? Answers.json(request, explanation, views.simulated()) : Answers.text(request, explanation.text());
    }

    /** Listed, as before a restart, when what it rests on is not known again yet. */
    private boolean isKept(String id) {
        return views.recommendations().stream().anyMatch(view -> view.id().equals(id));
    }

    private static ProblemException starting() {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "samples are shown once the first round has ended, which is under way; try again in some seconds");
    }

    private static ProblemException missing(String id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "there is no recommendation %s; GET /api/v1/recommendations lists them".formatted(id));
    }
}
