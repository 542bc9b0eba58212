package io.trimtab.service.web;

import io.trimtab.service.view.NodeDecisions;
import io.trimtab.service.view.NodeObjectView;
import io.trimtab.service.view.NodePlanView;
import io.trimtab.service.view.NodePlanView.AddedView;
import io.trimtab.service.view.NodePlanView.DrainView;
import io.trimtab.service.view.NodePlanView.KeptView;
import io.trimtab.service.view.NodeQuery;
import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.NodesView.NodeView;
import io.trimtab.service.view.Requests;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The nodes that a filter lets through, one page of them, before and after the plan: those that go in the order in which they do, then those that stay, the dearest reason
 * first. Public for the templates.
 *
 * @param needed how many nodes would do after all recommendations
 * @param added the nodes that the plan adds; only where nothing is filtered
 * @param keeping what keeps the nodes, by the most that one fix of each kind would save
 */
public record NodeList(
        NodesView view,
        NodePlanView plan,
        Filter filter,
        int needed,
        Slice<NodeRow> page,
        List<NodeRow> added,
        NodeColours colours,
        List<Keeping> keeping) {
    /** A row has some hundred stretches. */
    private static final int ROWS = 20;

    /**
     * What the address asks for; empty texts for what it does not. Public for the templates.
     *
     * @param requests what the plan takes pods to ask for
     * @param node the one that is shown alone, with its pods
     */
    public record Filter(
            String namespace, String shape, String zone, String action, String requests, String node, int offset) {
        static final Filter NONE = new Filter("", "", "", "", "", "", 0);

        private NodeQuery query() {
            return new NodeQuery(
                    given(namespace),
                    given(shape),
                    Optional.empty(),
                    given(zone),
                    Optional.empty(),
                    given(action).map(NodeQuery.Action::of));
        }

        private static Optional<String> given(String text) {
            return Optional.of(text).filter(it -> !it.isEmpty());
        }

        boolean isEmpty() {
            return equals(new Filter("", "", "", "", requests, "", offset));
        }
    }

    /**
     * Why nodes stay; their savings are not added up, for the same free room may be counted in several. Public for the templates.
     *
     * @param dearest the one of them whose fix saves most
     */
    public record Keeping(String reason, int nodes, KeptView dearest) {}

    /** Objects of a kind. Public for the templates. */
    public record Said(String kind, int objects, String first) {}

    /**
     * @param after the same nodes, their pods with the requests that the plan is for
     * @throws IllegalArgumentException if the filter asks for what cannot be
     */
    static NodeList of(NodesView view, NodesView after, NodePlanView plan, Filter filter) {
        NodeDecisions decisions = new NodeDecisions(plan);
        NodeColours colours = NodeColours.of(view);
        Comparator<NodeView> order = Comparator.comparingInt((NodeView node) ->
                        decisions.drain(node.name()).map(DrainView::order).orElse(Integer.MAX_VALUE))
                .thenComparing(
                        node -> decisions
                                .kept(node.name())
                                .map(KeptView::savesPerMonth)
                                .orElse(BigDecimal.ZERO),
                        Comparator.reverseOrder())
                .thenComparing(NodeView::name);
        List<NodeView> found = filter.query().select(view.nodes(), decisions).stream()
                .filter(node -> filter.node().isEmpty() || filter.node().equals(node.name()))
                .sorted(order)
                .toList();
        Map<String, NodeView> asPlanned =
                after.nodes().stream().collect(Collectors.toMap(NodeView::name, Function.identity()));
        Slice<NodeView> page = Slice.of(found, filter.offset(), ROWS);
        boolean first = page.offset() == 0 && filter.isEmpty();
        return new NodeList(
                view,
                plan,
                filter,
                view.shapes().stream().mapToInt(NodesView.ShapeView::needed).sum(),
                new Slice<>(
                        page.items().stream()
                                .map(node ->
                                        NodeRow.of(node, asPlanned.getOrDefault(node.name(), node), decisions, colours))
                                .toList(),
                        page.total(),
                        page.offset(),
                        page.size()),
                first ? added(plan, decisions, colours) : List.of(),
                colours,
                keeping(plan));
    }

    private static List<NodeRow> added(NodePlanView plan, NodeDecisions decisions, NodeColours colours) {
        List<AddedView> some = plan.add().subList(0, Math.min(ROWS, plan.add().size()));
        return some.stream()
                .map(node -> NodeRow.added(node, decisions.arrivals(node.name()), colours))
                .toList();
    }

    private static List<Keeping> keeping(NodePlanView plan) {
        return plan.kept().stream()
                .collect(Collectors.groupingBy(one -> one.reason().code()))
                .entrySet()
                .stream()
                .map(entry -> new Keeping(
                        entry.getKey(),
                        entry.getValue().size(),
                        entry.getValue().stream()
                                .max(Comparator.comparing(KeptView::savesPerMonth)
                                        .thenComparing(KeptView::node, Comparator.reverseOrder()))
                                .orElseThrow()))
                .sorted(Comparator.comparing((Keeping one) -> one.dearest().savesPerMonth())
                        .reversed()
                        .thenComparing(Keeping::reason))
                .toList();
    }

    /** What the plan says in objects of others, in their order: how many of each kind, and the first of them. */
    public List<Said> said() {
        Map<String, List<NodeObjectView>> byKind = plan.objects().stream()
                .collect(Collectors.groupingBy(NodeObjectView::kind, LinkedHashMap::new, Collectors.toList()));
        return byKind.entrySet().stream()
                .map(entry -> new Said(
                        entry.getKey(),
                        entry.getValue().size(),
                        entry.getValue().getFirst().says()))
                .toList();
    }

    public boolean recommended() {
        return Requests.of(filter.requests()) == Requests.RECOMMENDED;
    }

    public List<String> namespaces() {
        return colours.namespaces();
    }

    public List<String> zones() {
        return distinct(NodeView::zone);
    }

    public List<String> shapes() {
        return distinct(node -> node.shape() + " " + node.capacityType());
    }

    private List<String> distinct(Function<NodeView, String> of) {
        return view.nodes().stream().map(of).distinct().sorted().toList();
    }
}
