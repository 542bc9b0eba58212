package io.trimtab.service.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.trimtab.service.view.Json;
import io.trimtab.service.view.MoneyChange;
import io.trimtab.service.view.NodeDecisions;
import io.trimtab.service.view.NodeObjectView;
import io.trimtab.service.view.NodePlanView;
import io.trimtab.service.view.NodePlanView.DrainView;
import io.trimtab.service.view.NodeQuery;
import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.NodesView.NodeView;
import io.trimtab.service.view.ReasonView;
import io.trimtab.service.view.Requests;
import io.trimtab.service.view.Views;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The nodes as they are packed, what becomes of each, and the plan for that. */
@Controller("/api/v1/nodes")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class NodesController {
    private final Views views;

    NodesController(Views views) {
        this.views = views;
    }

    /**
     * What is said of all nodes.
     *
     * @param plannedAt the round that the decisions are of; null where there is no plan
     */
    record Whole(
            List<NodesView.ShapeView> shapes,
            MoneyChange perMonth,
            int lowerBoundNodes,
            double gap,
            List<ReasonView> reasons,
            List<NodesView.PoolView> pools,
            @Nullable Instant plannedAt,
            String planTrouble) {}

    @Get
    HttpResponse<?> nodes(
            HttpRequest<?> request,
            @QueryValue Optional<String> namespace,
            @QueryValue Optional<String> shape,
            @QueryValue Optional<String> pool,
            @QueryValue Optional<String> zone,
            @QueryValue Optional<String> capacityType,
            @QueryValue Optional<String> action,
            @QueryValue(defaultValue = "now") String requests,
            @QueryValue(defaultValue = "0") int offset,
            @QueryValue(defaultValue = "100") int limit) {
        NodesView nodes = views.nodes();
        NodePlanView plan = views.nodePlan(understood(requests, Requests::of));
        NodeDecisions decisions = new NodeDecisions(plan);
        var query = new NodeQuery(
                namespace, shape, pool, zone, capacityType, action.map(word -> understood(word, NodeQuery.Action::of)));
        Page<NodeView> page = Page.of(query.select(nodes.nodes(), decisions), offset, limit);
        ObjectNode answer = Json.object(new Page<>(List.of(), page.total(), page.offset(), page.limit()));
        ArrayNode items = answer.putArray("items");
        page.items().forEach(node -> {
            ObjectNode item = Json.object(node);
            item.set("decision", decisions.of(node.name()).map(Json::object).orElse(null));
            items.add(item);
        });
        answer.setAll(Json.object(new Whole(
                nodes.shapes(),
                nodes.perMonth(),
                nodes.lowerBoundNodes(),
                nodes.gap(),
                nodes.reasons(),
                nodes.pools(),
                plan.at(),
                plan.trouble())));
        return Answers.json(request, answer, views.simulated());
    }

    private static <T> T understood(String word, Function<String, T> meaning) {
        try {
            return meaning.apply(word);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    /**
     * What is said of all objects.
     *
     * @param at the round that they are of; null where there is no plan, and {@code trouble} says why
     */
    record AllObjects(@Nullable Instant at, String trouble) {}

    /** The plan as objects of those that make nodes; as YAML all that are asked for at once, to be applied on the server's side. */
    @Get("/objects")
    HttpResponse<?> objects(
            HttpRequest<?> request,
            @QueryValue(defaultValue = "now") String requests,
            @QueryValue Optional<String> kind,
            @QueryValue(defaultValue = "json") String format,
            @QueryValue(defaultValue = "0") int offset,
            @QueryValue(defaultValue = "100") int limit) {
        NodePlanView plan = views.nodePlan(understood(requests, Requests::of));
        kind.filter(it -> NodeObjectView.KINDS.stream().noneMatch(it::equalsIgnoreCase))
                .ifPresent(it -> {
                    throw new ProblemException(
                            HttpStatus.BAD_REQUEST,
                            "kind (%s) must be one of %s".formatted(it, String.join(", ", NodeObjectView.KINDS)));
                });
        List<NodeObjectView> found = plan.objects().stream()
                .filter(object -> kind.map(object.kind()::equalsIgnoreCase).orElse(true))
                .toList();
        return switch (format) {
            case "json" -> {
                ObjectNode answer = Json.object(Page.of(found, offset, limit));
                answer.setAll(Json.object(new AllObjects(plan.at(), plan.trouble())));
                yield Answers.json(request, answer, views.simulated());
            }
            case "yaml" -> {
                if (plan.at() == null)
                    throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "there is no plan: " + plan.trouble());
                yield Answers.yaml(
                        request,
                        found.isEmpty()
                                ? "# Nothing has to be said: what is there says it already.\n"
                                : found.stream().map(NodeObjectView::yaml).collect(Collectors.joining("---\n")));
            }
            default ->
                throw new ProblemException(
                        HttpStatus.BAD_REQUEST, "format (%s) must be json or yaml".formatted(format));
        };
    }

    /**
     * What is said of the whole plan.
     *
     * @see NodePlanView
     */
    record Plan(
            @Nullable Instant at,
            String trouble,
            int nodesNow,
            int nodesAfter,
            MoneyChange perMonth,
            double savingShare,
            double disruptionShare,
            NodePlanView.RepackView repack,
            List<NodePlanView.AddedView> add,
            List<NodePlanView.WaveView> waves,
            List<ReasonView> reasons) {}

    /** Its items are the nodes that go, in the order in which they are drained; {@code GET /api/v1/nodes?action=keep} lists those that stay. */
    @Get("/plan")
    HttpResponse<?> plan(
            HttpRequest<?> request,
            @QueryValue(defaultValue = "now") String requests,
            @QueryValue Optional<Integer> wave,
            @QueryValue Optional<String> namespace,
            @QueryValue(defaultValue = "0") int offset,
            @QueryValue(defaultValue = "100") int limit) {
        NodePlanView plan = views.nodePlan(understood(requests, Requests::of));
        List<DrainView> found = plan.drains().stream()
                .filter(drain -> wave.map(wanted -> wanted == drain.wave()).orElse(true))
                .filter(drain -> namespace
                        .map(wanted -> drain.moves().stream()
                                .anyMatch(move -> move.namespace().equals(wanted)))
                        .orElse(true))
                .toList();
        ObjectNode answer = Json.object(Page.of(found, offset, limit));
        answer.setAll(Json.object(new Plan(
                plan.at(),
                plan.trouble(),
                plan.nodesNow(),
                plan.nodesAfter(),
                plan.perMonth(),
                plan.savingShare(),
                plan.disruptionShare(),
                plan.repack(),
                plan.add(),
                plan.waves(),
                plan.reasons())));
        return Answers.json(request, answer, views.simulated());
    }
}
