package io.trimtab.service.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.trimtab.service.view.Json;
import io.trimtab.service.view.Views;
import java.util.Map;

/** Probes of the kubelet. */
@Controller("/health")
@Produces(MediaType.ALL)
final class HealthController {
    private final Views views;

    HealthController(Views views) {
        this.views = views;
    }

    /** Alive as long as it answers. */
    @Get("/liveness")
    HttpResponse<?> liveness() {
        return HttpResponse.ok(Json.bytes(Map.of("status", "UP"))).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /**
     * Ready once the inventory has answered, or where recommendations were kept over a restart; a source that fails later makes answers stale, not
     * the service unready.
     */
    @Get("/readiness")
    HttpResponse<?> readiness() {
        if (views.ready() || views.decidedAt().isPresent()) return liveness();
        return HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
                .body(Json.bytes(Map.of(
                        "status",
                        "DOWN",
                        "reason",
                        "the first inventory sync has not ended; /api/v1/status says more")))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
