package io.trimtab.service.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.trimtab.service.view.CostsView;
import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.OverviewView;
import io.trimtab.service.view.RecommendationView;
import io.trimtab.service.view.Requests;
import io.trimtab.service.view.StatusView;
import io.trimtab.service.view.Views;
import io.trimtab.service.view.WorkloadDetailView;
import io.trimtab.service.web.RecommendationList.Filter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The pages, in the order in which people ask. */
@Controller
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class PagesController {
    private static final int DEAREST_NAMESPACES = 10;

    private final Views views;
    private final Templates templates;
    private final AccountPage account;

    /** A stage of the last round. Public for the templates. */
    public record Stage(String name, String millis) {}

    PagesController(Views views, Templates templates, AccountPage account) {
        this.views = views;
        this.templates = templates;
        this.account = account;
    }

    @Get("/")
    HttpResponse<?> overview() {
        OverviewView overview = views.overview();
        List<CostsView.CostRow> namespaces =
                overview.namespaces().stream().limit(DEAREST_NAMESPACES).toList();
        return templates.page("overview", Map.of("overview", overview, "namespaces", namespaces));
    }

    @Get("/recommendations")
    HttpResponse<?> recommendations(
            @QueryValue(defaultValue = "") String q,
            @QueryValue(defaultValue = "") String namespace,
            @QueryValue(defaultValue = "") String kind,
            @QueryValue(defaultValue = "") String container,
            @QueryValue(defaultValue = "") String policy,
            @QueryValue(defaultValue = "") String sort,
            @QueryValue(defaultValue = "") String order,
            @QueryValue(defaultValue = "") String open,
            @QueryValue(defaultValue = "0") int offset) {
        return recommendations(new Filter(q, namespace, kind, container, policy, sort, order, open, offset));
    }

    HttpResponse<?> recommendations(Filter filter) {
        try {
            Map<String, Object> model = new HashMap<>();
            model.put("list", RecommendationList.of(views.recommendations(), filter));
            model.put("kept", views.ready() ? null : views.decidedAt().orElse(null));
            return templates.page("recommendations", model);
        } catch (IllegalArgumentException e) {
            return notUnderstood(e);
        }
    }

    private HttpResponse<?> notUnderstood(IllegalArgumentException e) {
        String text = "%s. The address asks for what there is not.".formatted(e.getMessage());
        return templates.page(HttpStatus.BAD_REQUEST, "message", Map.of("heading", "Not understood", "text", text));
    }

    @Get("/workloads")
    HttpResponse<?> workloads(
            @QueryValue(defaultValue = "") String q,
            @QueryValue(defaultValue = "") String namespace,
            @QueryValue(defaultValue = "0") int offset) {
        return templates.page("workloads", Map.of("list", WorkloadList.of(views.workloads(), q, namespace, offset)));
    }

    /** One workload as it is now; what its runtimes tell is asked for only where somebody wants it, as that takes a store some queries. */
    @Get("/workloads/{+id}")
    HttpResponse<?> workload(@PathVariable String id, @QueryValue(defaultValue = "false") boolean runtimeUsage) {
        Optional<WorkloadDetailView> found = views.workload(id);
        if (found.isEmpty())
            return missing(
                    "There is no workload %s now, and none of that name has left anything behind.".formatted(id));
        Map<String, Object> model = new HashMap<>(Map.of("w", found.get(), "id", id));
        model.put("usage", runtimeUsage ? views.runtimeUsage(id).orElse(null) : null);
        return templates.page("workload", model);
    }

    @Get("/policies")
    HttpResponse<?> policies(@QueryValue(defaultValue = "0") int offset) {
        return templates.page("policies", Map.of("list", PolicyList.of(views.policies(), views.workloads(), offset)));
    }

    /** The opened row, for htmx; who comes by hand is led to the page that holds it. */
    @Get("/recommendations/evidence")
    HttpResponse<?> evidence(HttpRequest<?> request, @QueryValue String id) {
        Optional<RecommendationView> found = views.recommendations().stream()
                .filter(view -> view.id().equals(id))
                .findFirst();
        if (found.isEmpty())
            return missing("There is no recommendation %s now; it may have been decided anew.".formatted(id));
        if (!request.getHeaders().contains("HX-Request")) {
            return HttpResponse.seeOther(UriBuilder.of("/recommendations")
                    .queryParam("kind", RecommendationList.EVERY_KIND)
                    .queryParam("open", id)
                    .build());
        }
        return templates.fragment("evidence", "evidence", Map.of("r", found.get()));
    }

    @Get("/nodes")
    HttpResponse<?> nodes(
            @QueryValue(defaultValue = "") String namespace,
            @QueryValue(defaultValue = "") String shape,
            @QueryValue(defaultValue = "") String zone,
            @QueryValue(defaultValue = "") String action,
            @QueryValue(defaultValue = "") String requests,
            @QueryValue(defaultValue = "") String node,
            @QueryValue(defaultValue = "") String pool,
            @QueryValue(defaultValue = "0") int offset) {
        return nodes(new NodeList.Filter(namespace, shape, zone, action, requests, node, offset), pool);
    }

    HttpResponse<?> nodes(NodeList.Filter filter, String pool) {
        NodesView nodes = views.nodes();
        boolean known = nodes.pools().stream().anyMatch(it -> it.name().equals(pool));
        try {
            Requests requests = Requests.of(filter.requests());
            NodesView after = switch (requests) {
                case NOW -> nodes;
                case RECOMMENDED -> views.nodesAsRecommended();
            };
            NodeList list = NodeList.of(nodes, after, views.nodePlan(requests), filter);
            return templates.page("nodes", Map.of("list", list, "pool", pool, "known", known));
        } catch (IllegalArgumentException e) {
            return notUnderstood(e);
        }
    }

    @Get("/zero")
    HttpResponse<?> zero(
            @QueryValue(defaultValue = "") String q,
            @QueryValue(defaultValue = "") String namespace,
            @QueryValue(defaultValue = "") String state,
            @QueryValue(defaultValue = "0") int offset) {
        return templates.page("zero", Map.of("list", ZeroList.of(views.zero(), q, namespace, state, offset)));
    }

    @Get("/costs")
    HttpResponse<?> costs(
            @QueryValue(defaultValue = "") String namespace, @QueryValue(defaultValue = "") String window) {
        if (!window.isEmpty()) return account.page(window);
        CostsView costs = views.costs();
        boolean known = costs.rows().stream().anyMatch(row -> row.key().equals(namespace));
        return templates.page("costs", Map.of("costs", costs, "namespace", namespace, "known", known));
    }

    @Get("/budgets")
    HttpResponse<?> budgets() {
        return account.budgets();
    }

    @Get("/costs.csv")
    HttpResponse<String> costsAsCsv() {
        CostsView costs = views.costs();
        String rows = costs.rows().stream().map(PagesController::csv).collect(Collectors.joining());
        String body = "namespace,cpuCost,memoryCost,gpuCost,totalCost\r\n" + rows + csv(costs.idle());
        return HttpResponse.ok(body)
                .contentType(MediaType.TEXT_CSV_TYPE)
                .header("Content-Disposition", "attachment; filename=costs.csv");
    }

    private static String csv(CostsView.CostRow row) {
        return "%s,%s,%s,%s,%s\r\n"
                .formatted(
                        row.key(),
                        row.cpuCost().toPlainString(),
                        row.memoryCost().toPlainString(),
                        row.gpuCost().toPlainString(),
                        row.totalCost().toPlainString());
    }

    @Get("/status")
    HttpResponse<?> status() {
        StatusView status = views.status();
        List<Stage> stages = status.stageSeconds().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new Stage(entry.getKey(), "%.1f".formatted(entry.getValue() * 1000)))
                .toList();
        return templates.page(
                "status", Map.of("stages", stages, "state", state(status), "accountTroubles", account.troubles()));
    }

    private static String state(StatusView status) {
        if (status.sources().stream().anyMatch(source -> source.staleSince() != null))
            return "Not healthy: a source does not answer";
        return status.ready() ? "Healthy" : "Starting: the first round is under way";
    }

    @Get("/api-docs")
    HttpResponse<?> apiDocs() {
        return templates.page("api-docs", Map.of());
    }

    private HttpResponse<?> missing(String text) {
        return templates.page(HttpStatus.NOT_FOUND, "message", Map.of("heading", "Not here", "text", text));
    }
}
