package io.trimtab.service.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.trimtab.ingest.remotewrite.Received;
import io.trimtab.ingest.remotewrite.RequestFault;
import io.trimtab.ingest.remotewrite.WriteAnswer;
import io.trimtab.service.config.SenderToken;
import io.trimtab.service.config.SenderTokens;
import io.trimtab.service.push.EarlyRefusal;
import io.trimtab.service.push.RemoteWriteDoor;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes what a Prometheus, or whatever else speaks its remote write, pushes. */
@Controller(RemoteWriteDoor.PATH)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class RemoteWriteController {
    private static final String WRITTEN = "X-Prometheus-Remote-Write-%s-Written";

    private final RemoteWriteDoor door;
    private final SenderToken token;

    RemoteWriteController(RemoteWriteDoor door, SenderTokens tokens) {
        this.door = door;
        this.token = tokens.write();
    }

    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<byte[]> take(HttpRequest<byte[]> request) throws InterruptedException {
        if (!token.admits(Optional.ofNullable(request.getHeaders().get(HttpHeaders.AUTHORIZATION)))) {
            door.refused(RequestFault.UNAUTHORIZED);
            return problem(
                            RequestFault.UNAUTHORIZED,
                            "the token is missing or wrong; send it as Authorization: Bearer TOKEN")
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        String refused = header(request, RemoteWriteDoor.REFUSED_HEADER);
        if (!refused.isEmpty()) return answer(door.refused(EarlyRefusal.valueOf(refused)));
        return door.write(
                        header(request, HttpHeaders.CONTENT_TYPE),
                        header(request, RemoteWriteDoor.ENCODING_HEADER),
                        request.getBody().orElse(new byte[0]))
                .<HttpResponse<byte[]>>map(RemoteWriteController::answer)
                .orElseGet(() -> Problem.of(
                        HttpStatus.NOT_FOUND,
                        "the simulated cluster takes no samples; name a real one with --kubeconfig",
                        Map.of()));
    }

    private static MutableHttpResponse<byte[]> answer(WriteAnswer answer) {
        return switch (answer) {
            case WriteAnswer.Written(Received received) -> counted(HttpResponse.noContent(), received);
            case WriteAnswer.Deduplicated(Received received) -> counted(HttpResponse.accepted(), received);
            case WriteAnswer.Partly(Received received, String reasons) ->
                counted(
                        Problem.of(
                                HttpStatus.BAD_REQUEST,
                                "%d samples were taken, the others not: %s"
                                        .formatted(received.samples().accepted(), reasons),
                                Map.of()),
                        received);
            case WriteAnswer.Refused(RequestFault fault, Received received, String detail) ->
                counted(problem(fault, detail), received);
        };
    }

    private static MutableHttpResponse<byte[]> problem(RequestFault fault, String detail) {
        MutableHttpResponse<byte[]> problem = Problem.of(HttpStatus.valueOf(fault.status()), detail, Map.of());
        return fault.mayPass()
                ? problem.header(HttpHeaders.RETRY_AFTER, Integer.toString(RemoteWriteDoor.RETRY_SECONDS))
                : problem;
    }

    /** What is accepted and of no use here counts as written: its sender has nothing to do about it. */
    private static MutableHttpResponse<byte[]> counted(MutableHttpResponse<byte[]> response, Received received) {
        return response.header(
                        WRITTEN.formatted("Samples"),
                        Long.toString(received.samples().accepted()))
                .header(WRITTEN.formatted("Histograms"), Long.toString(received.histograms()))
                .header(WRITTEN.formatted("Exemplars"), Long.toString(received.exemplars()));
    }

    private static String header(HttpRequest<?> request, String name) {
        @Nullable String value = request.getHeaders().get(name);
        return value == null ? "" : value;
    }
}
