package io.trimtab.service.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.trimtab.service.loop.SelfMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Trimtab's own metrics, in the format that the scraper asks for. */
@Controller
@Produces(MediaType.ALL)
final class MetricsController {
    private final SelfMetrics metrics;
    private final ExpositionFormats formats = ExpositionFormats.init();

    MetricsController(SelfMetrics metrics) {
        this.metrics = metrics;
    }

    @Get("/metrics")
    HttpResponse<byte[]> metrics(HttpRequest<?> request) throws IOException {
        @Nullable String accept = request.getHeaders().get(HttpHeaders.ACCEPT);
        ExpositionFormatWriter writer = formats.findWriter(accept);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        writer.write(body, metrics.registry().scrape());
        return HttpResponse.ok(body.toByteArray()).header(HttpHeaders.CONTENT_TYPE, writer.getContentType());
    }
}
