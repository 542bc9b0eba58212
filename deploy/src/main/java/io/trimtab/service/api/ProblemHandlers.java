package io.trimtab.service.api;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.trimtab.service.evaluate.EvaluateException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URISyntaxException;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error of REST is a problem. */
@Controller
@Order(Ordered.LOWEST_PRECEDENCE)
final class ProblemHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandlers.class);

    @Error(global = true, exception = ProblemException.class)
    HttpResponse<byte[]> problem(ProblemException e) {
        return Problem.of(e.status(), String.valueOf(e.getMessage()), Map.of());
    }

    @Error(global = true, exception = EvaluateException.class)
    HttpResponse<byte[]> evaluate(EvaluateException e) {
        String message = String.valueOf(e.getMessage());
        Map<String, String> error = Map.of("path", e.path(), "message", message);
        return Problem.of(HttpStatus.BAD_REQUEST, e.path() + " " + message, Map.of("error", error));
    }

    @Error(global = true, exception = io.micronaut.core.convert.exceptions.ConversionErrorException.class)
    HttpResponse<byte[]> conversion(io.micronaut.core.convert.exceptions.ConversionErrorException e) {
        boolean number = Number.class.isAssignableFrom(e.getArgument().getWrapperType());
        return Problem.of(
                HttpStatus.BAD_REQUEST,
                "%s (%s) must be %s"
                        .formatted(
                                e.getArgument().getName(),
                                e.getConversionError().getOriginalValue().orElse("?"),
                                number ? "one whole number in the range of 32 bits" : "one text"),
                Map.of());
    }

    @Error(global = true, exception = io.micronaut.http.exceptions.ContentLengthExceededException.class)
    HttpResponse<byte[]> tooLarge(io.micronaut.http.exceptions.ContentLengthExceededException e) {
        return Problem.of(HttpStatus.REQUEST_ENTITY_TOO_LARGE, String.valueOf(e.getMessage()), Map.of());
    }

    @Error(global = true, exception = io.micronaut.http.exceptions.BufferLengthExceededException.class)
    HttpResponse<byte[]> tooLargeToHold(io.micronaut.http.exceptions.BufferLengthExceededException e) {
        return Problem.of(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "the request is too large; send less at once", Map.of());
    }

    @Error(global = true, exception = URISyntaxException.class)
    HttpResponse<byte[]> malformedAddress(URISyntaxException e) {
        return Problem.of(HttpStatus.BAD_REQUEST, "the address is malformed: " + e.getMessage(), Map.of());
    }

    /** A sender that went away, or was given up, before its request was whole: it is no fault of ours, and nobody reads the answer. */
    @Error(global = true, exception = IOException.class)
    HttpResponse<byte[]> brokeOff(HttpRequest<?> request, IOException e) {
        if (!isConnectionGone(e)) return unexpected(request, e);
        LOG.debug("{} {} broke off: {}", request.getMethodName(), request.getPath(), e.getMessage());
        return Problem.of(HttpStatus.BAD_REQUEST, "the connection ended before the request did", Map.of());
    }

    /** A reset has a type of its own only where the JDK says it; else these are the operating system's words. */
    private static boolean isConnectionGone(IOException e) {
        // A connection that we could not make is none of the sender's.
        boolean socket = e instanceof SocketException && !(e instanceof ConnectException);
        boolean typed = socket || e instanceof EOFException || e instanceof ClosedChannelException;
        return typed || "Connection reset by peer".equals(e.getMessage()) || "Broken pipe".equals(e.getMessage());
    }

    @Error(global = true, exception = Exception.class)
    HttpResponse<byte[]> unexpected(HttpRequest<?> request, Exception e) {
        LOG.error("{} {} failed", request.getMethodName(), request.getPath(), e);
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR, "the request failed inside Trimtab; its log says why", Map.of());
    }
}
