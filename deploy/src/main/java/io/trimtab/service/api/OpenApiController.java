package io.trimtab.service.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.io.IOException;
import java.io.InputStream;

/** The description of REST; {@code /api-docs} renders it. */
@Controller
@Produces(MediaType.ALL)
final class OpenApiController {
    @Get("/openapi.yaml")
    HttpResponse<byte[]> document() throws IOException {
        try (InputStream document = OpenApiController.class.getResourceAsStream("/openapi.yaml")) {
            if (document == null) throw new IllegalStateException("the archive lacks openapi.yaml");
            return HttpResponse.ok(document.readAllBytes()).contentType(MediaType.of("application/yaml"));
        }
    }
}
