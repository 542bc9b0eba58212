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
import io.trimtab.ingest.otlp.ExportAnswer;
import io.trimtab.ingest.otlp.ExportFault;
import io.trimtab.ingest.otlp.OtlpEncoding;
import io.trimtab.service.config.SenderToken;
import io.trimtab.service.config.SenderTokens;
import io.trimtab.service.push.EarlyRefusal;
import io.trimtab.service.push.OtlpDoor;
import io.trimtab.service.push.OtlpReplies;
import io.trimtab.service.push.RemoteWriteDoor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the metrics that an OpenTelemetry collector, or an SDK, exports over HTTP. */
@Controller(OtlpDoor.PATH)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OtlpController {

    private final OtlpDoor door;
    private final SenderToken token;

    OtlpController(OtlpDoor door, SenderTokens tokens) {
        this.door = door;
        this.token = tokens.write();
    }

    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<byte[]> take(HttpRequest<byte[]> request) throws InterruptedException {
        OtlpEncoding encoding = OtlpReplies.encoding(header(request, HttpHeaders.CONTENT_TYPE));
        if (!token.admits(Optional.ofNullable(request.getHeaders().get(HttpHeaders.AUTHORIZATION)))) {
            door.refused(ExportFault.UNAUTHORIZED);
            return refused(
                            encoding,
                            HttpStatus.UNAUTHORIZED,
                            "the token is missing or wrong; send it as Authorization: Bearer TOKEN")
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        String refused = header(request, RemoteWriteDoor.REFUSED_HEADER);
        if (!refused.isEmpty()) return answer(encoding, door.refused(EarlyRefusal.valueOf(refused)));
        return door.export(
                        header(request, HttpHeaders.CONTENT_TYPE),
                        header(request, RemoteWriteDoor.ENCODING_HEADER),
                        request.getBody().orElse(new byte[0]))
                .map(answer -> answer(encoding, answer))
                .orElseGet(() -> refused(
                        encoding,
                        HttpStatus.NOT_FOUND,
                        "the simulated cluster takes no metrics; name a real one with --kubeconfig"));
    }

    private static MutableHttpResponse<byte[]> answer(OtlpEncoding encoding, ExportAnswer answer) {
        return switch (answer) {
            case ExportAnswer.Taken taken ->
                HttpResponse.ok(OtlpReplies.taken(encoding, taken)).contentType(encoding.mediaType());
            case ExportAnswer.Refused(ExportFault fault, String detail) -> {
                MutableHttpResponse<byte[]> refused = refused(encoding, HttpStatus.valueOf(fault.status()), detail);
                yield fault.mayPass()
                        ? refused.header(HttpHeaders.RETRY_AFTER, Integer.toString(RemoteWriteDoor.RETRY_SECONDS))
                        : refused;
            }
        };
    }

    private static MutableHttpResponse<byte[]> refused(OtlpEncoding encoding, HttpStatus status, String detail) {
        return HttpResponse.<byte[]>status(status)
                .body(OtlpReplies.refused(encoding, detail))
                .contentType(encoding.mediaType());
    }

    private static String header(HttpRequest<?> request, String name) {
        @Nullable String value = request.getHeaders().get(name);
        return value == null ? "" : value;
    }
}
