package io.trimtab.service.api;

import io.cloudevents.CloudEvent;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.trimtab.service.config.SenderToken;
import io.trimtab.service.config.SenderTokens;
import io.trimtab.service.view.Json;
import io.trimtab.service.zero.WakeEvent;
import io.trimtab.service.zero.Wakes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes CloudEvents, one or a batch, structured or binary, and wakes what waits for them. */
@Controller("/api/v1/events")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EventsController {
    private static final int MOST_BYTES = 1 << 20;

    private final Wakes wakes;
    private final SenderToken token;

    /**
     * @param woken workloads that waited for one of the events
     * @param forNobody ids of the events that nothing waited for
     */
    record Answer(int accepted, List<String> woken, List<String> forNobody) {}

    EventsController(Wakes wakes, SenderTokens tokens) {
        this.wakes = wakes;
        this.token = tokens.events();
    }

    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<byte[]> take(HttpRequest<byte[]> request) {
        if (!token.admits(Optional.ofNullable(request.getHeaders().get(HttpHeaders.AUTHORIZATION))))
            return Problem.of(
                            HttpStatus.UNAUTHORIZED,
                            "the token is missing or wrong; send it as Authorization: Bearer TOKEN",
                            Map.of())
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        // A binary event may have no data, and so no body.
        byte[] bytes = request.getBody().orElseGet(() -> new byte[0]);
        if (bytes.length > MOST_BYTES)
            throw new ProblemException(
                    HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                    "the request has %d bytes, %d at most; what wakes a workload needs no more than the event's attributes"
                            .formatted(bytes.length, MOST_BYTES));
        List<CloudEvent> events = CloudEvents.read(headers(request), bytes);
        TreeSet<String> woken = new TreeSet<>();
        List<String> forNobody = new ArrayList<>();
        for (CloudEvent event : events) {
            List<String> waited = wakes.wake(new WakeEvent(
                    event.getId(),
                    event.getSource().toString(),
                    event.getType(),
                    Optional.ofNullable(event.getSubject())));
            if (waited.isEmpty()) forNobody.add(event.getId());
            woken.addAll(waited);
        }
        forNobody.sort(Comparator.naturalOrder());
        return HttpResponse.<byte[]>accepted()
                .body(Json.bytes(new Answer(events.size(), List.copyOf(woken), forNobody)))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private static Map<String, String> headers(HttpRequest<?> request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.getHeaders().forEachValue((name, value) -> headers.put(name, value));
        return headers;
    }
}
