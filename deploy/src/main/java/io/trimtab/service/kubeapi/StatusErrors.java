package io.trimtab.service.kubeapi;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.server.exceptions.NotAllowedException;
import io.micronaut.http.server.exceptions.NotFoundException;
import io.trimtab.service.kubeapi.StatusException.Reason;
import java.net.URISyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error is a Kubernetes {@code Status}. */
@Controller
final class StatusErrors {
    private static final Logger LOG = LoggerFactory.getLogger(StatusErrors.class);

    @Error(global = true, exception = StatusException.class)
    HttpResponse<byte[]> status(StatusException e) {
        return answer(e.reason(), String.valueOf(e.getMessage()));
    }

    @Error(global = true, exception = NotFoundException.class)
    HttpResponse<byte[]> notFound() {
        return answer(Reason.NOT_FOUND, "the server could not find the requested resource");
    }

    @Error(global = true, exception = NotAllowedException.class)
    HttpResponse<byte[]> notAllowed(HttpRequest<?> request) {
        return answer(
                Reason.METHOD_NOT_ALLOWED,
                "the server does not allow %s here; metrics are read with GET".formatted(request.getMethodName()));
    }

    @Error(global = true, exception = URISyntaxException.class)
    HttpResponse<byte[]> malformed(URISyntaxException e) {
        return answer(Reason.BAD_REQUEST, "the address is malformed: " + e.getMessage());
    }

    /** Such as a percent sign without its two digits. */
    @Error(global = true, exception = IllegalArgumentException.class)
    HttpResponse<byte[]> malformed(IllegalArgumentException e) {
        return answer(Reason.BAD_REQUEST, String.valueOf(e.getMessage()));
    }

    @Error(global = true, exception = ContentLengthExceededException.class)
    HttpResponse<byte[]> tooLarge(ContentLengthExceededException e) {
        return answer(Reason.REQUEST_ENTITY_TOO_LARGE, String.valueOf(e.getMessage()));
    }

    @Error(global = true, exception = Exception.class)
    HttpResponse<byte[]> unexpected(HttpRequest<?> request, Exception e) {
        LOG.error("{} {} failed", request.getMethodName(), request.getPath(), e);
        return answer(Reason.INTERNAL_ERROR, "the request failed inside Trimtab; its log says why");
    }

    private static MutableHttpResponse<byte[]> answer(Reason reason, String message) {
        return HttpResponse.<byte[]>status(HttpStatus.valueOf(reason.code()))
                .body(Documents.bytes(Documents.status(reason, message)))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
