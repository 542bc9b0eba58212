package io.trimtab.service.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.trimtab.service.api.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Our own assets, and the few files of WebJars that the pages use; nothing else of the class path can be asked for. */
@Controller("/assets")
@Produces(MediaType.ALL)
final class AssetsController {
    private static final Map<String, String> FILES = Map.of(
            "trimtab.css", "/web/assets/trimtab.css",
            "trimtab.js", "/web/assets/trimtab.js",
            "forecast.js", "/web/assets/forecast.js",
            "api-docs.js", "/web/assets/api-docs.js",
            "uplot/uPlot.min.css", webJar("org.webjars.npm", "uplot", "dist/uPlot.min.css"),
            "uplot/uPlot.iife.min.js", webJar("org.webjars.npm", "uplot", "dist/uPlot.iife.min.js"),
            "htmx/htmx.min.js", webJar("org.webjars.npm", "htmx.org", "dist/htmx.min.js"),
            "swagger-ui/swagger-ui.css", webJar("org.webjars", "swagger-ui", "swagger-ui.css"),
            "swagger-ui/swagger-ui-bundle.js", webJar("org.webjars", "swagger-ui", "swagger-ui-bundle.js"));

    @Get("/{+file}")
    HttpResponse<byte[]> asset(@PathVariable String file) throws IOException {
        Optional<String> path = Optional.ofNullable(FILES.get(file));
        if (path.isEmpty()) return missing(file);
        try (@Nullable InputStream content = AssetsController.class.getResourceAsStream(path.get())) {
            if (content == null) return missing(file);
            MediaType type = file.endsWith(".css")
                    ? MediaType.of("text/css;charset=utf-8")
                    : MediaType.of("text/javascript;charset=utf-8");
            return HttpResponse.ok(content.readAllBytes())
                    .contentType(type)
                    .header(HttpHeaders.CACHE_CONTROL, "max-age=3600");
        }
    }

    private static HttpResponse<byte[]> missing(String file) {
        return Problem.of(HttpStatus.NOT_FOUND, "there is no asset %s".formatted(file), Map.of());
    }

    /** Where a WebJar's file lies: its folder carries the version, which its Maven properties tell. */
    private static String webJar(String group, String artifact, String file) {
        String properties = "/META-INF/maven/%s/%s/pom.properties".formatted(group, artifact);
        try (@Nullable InputStream stream = AssetsController.class.getResourceAsStream(properties)) {
            Properties read = new Properties();
            if (stream != null) read.load(stream);
            return "/META-INF/resources/webjars/%s/%s/%s"
                    .formatted(artifact, read.getProperty("version", "unknown"), file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
