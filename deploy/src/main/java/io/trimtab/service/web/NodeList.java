package io.trimtab.service.web;

import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.NodesView.NodeView;
import io.trimtab.service.view.NodesView.PodView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes of a shape, or all, one page of them, each with its pods in the colours of their namespaces. Public for the templates.
 *
 * @param shape as {@link NodesView.ShapeView} names it; empty for all
 * @param needed how many nodes would do
 * @param legend the namespaces that have a colour of their own, those that ask for most CPU first
 * @param others how many namespaces share the last colour
 */
public record NodeList(
        NodesView view,
        String shape,
        int needed,
        Slice<NodeView> page,
        List<String> legend,
        int others,
        Map<String, Integer> colours) {
    /** As many as a colour-blind eye can tell apart; one more colour stands for all others. */
    private static final int COLOURS = 8;

    private static final int BAR_WIDTH = 1000;

    /** A pod's stretch of its node's bar; {@code x} and {@code width} are thousandths of the bar. */
    public record Segment(long x, long width, String colour, String label) {}

    static NodeList of(NodesView view, String shape, int offset) {
        Map<String, Double> cpu = new HashMap<>();
        for (NodeView node : view.nodes())
            for (PodView pod : node.pods()) cpu.merge(pod.namespace(), pod.cpuShare(), Double::sum);
        List<String> ordered = cpu.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        List<String> legend = ordered.subList(0, Math.min(COLOURS, ordered.size()));
        Map<String, Integer> colours = new HashMap<>();
        for (int i = 0; i < legend.size(); i++) colours.put(legend.get(i), i);
        List<NodeView> shown = view.nodes().stream()
                .filter(node -> shape.isEmpty() || shape.equals(node.shape() + " " + node.capacityType()))
                .toList();
        int needed =
                view.shapes().stream().mapToInt(NodesView.ShapeView::needed).sum();
        return new NodeList(
                view, shape, needed, Slice.of(shown, offset), legend, ordered.size() - legend.size(), colours);
    }

    /** The style of a namespace's colour. */
    public String colour(String namespace) {
        return "c" + colours.getOrDefault(namespace, COLOURS);
    }

    /** A share of the bar. */
    public long width(double share) {
        return Math.clamp(Math.round(share * BAR_WIDTH), 0, BAR_WIDTH);
    }

    public List<Segment> cpu(NodeView node) {
        return segments(node, true);
    }

    public List<Segment> memory(NodeView node) {
        return segments(node, false);
    }

    private List<Segment> segments(NodeView node, boolean cpu) {
        List<Segment> segments = new ArrayList<>();
        double at = 0;
        for (PodView pod : node.pods()) {
            double share = cpu ? pod.cpuShare() : pod.memoryShare();
            long from = Math.round(at * BAR_WIDTH);
            long to = Math.round((at + share) * BAR_WIDTH);
            String label = "%s/%s: CPU %s, memory %s".formatted(pod.namespace(), pod.name(), pod.cpu(), pod.memory());
            // A little less than its share, so that neighbours of one colour stay apart.
            if (to > from) segments.add(new Segment(from, Math.max(1, to - from - 2), colour(pod.namespace()), label));
            at += share;
        }
        return segments;
    }
}
