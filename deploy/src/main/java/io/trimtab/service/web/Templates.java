package io.trimtab.service.web;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.trimtab.service.view.StatusView;
import io.trimtab.service.view.Views;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Renders templates; every page has the status, the links and the notices. */
@Singleton
final class Templates {
    private static final List<Link> LINKS = List.of(
            new Link("/", "Overview"),
            new Link("/recommendations", "Recommendations"),
            new Link("/workloads", "Workloads"),
            new Link("/policies", "Policies"),
            new Link("/nodes", "Nodes"),
            new Link("/costs", "Costs"),
            new Link("/zero", "Zero"),
            new Link("/status", "Status"));

    private final TemplateEngine engine = new TemplateEngine();
    private final Views views;
    private final Display display = new Display();

    /** An entry of the navigation. */
    record Link(String path, String name) {}

    Templates(Views views) {
        this.views = views;
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix("web/templates/");
        resolver.setSuffix(".html");
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding("UTF-8");
        resolver.setCacheable(true);
        engine.setTemplateResolver(resolver);
        engine.setLinkBuilder(new RelativeLinks());
    }

    MutableHttpResponse<String> page(String template, Map<String, Object> model) {
        return page(HttpStatus.OK, template, model);
    }

    MutableHttpResponse<String> page(HttpStatus status, String template, Map<String, Object> model) {
        return html(status, engine.process(template, context(model)));
    }

    /** A part of a page, for htmx. */
    MutableHttpResponse<String> fragment(String template, String fragment, Map<String, Object> model) {
        return html(HttpStatus.OK, engine.process(template, java.util.Set.of(fragment), context(model)));
    }

    private Context context(Map<String, Object> model) {
        StatusView status = views.status();
        Map<String, Object> all = new HashMap<>(model);
        all.put("status", status);
        all.put("links", LINKS);
        all.put("d", display);
        all.put("notices", views.overview().notices());
        return new Context(Locale.ROOT, all);
    }

    private static MutableHttpResponse<String> html(HttpStatus status, String body) {
        return HttpResponse.<String>status(status)
                .body(body)
                .contentType(MediaType.TEXT_HTML_TYPE.getName() + ";charset=utf-8");
    }
}
