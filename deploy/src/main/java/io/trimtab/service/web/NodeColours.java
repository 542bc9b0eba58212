package io.trimtab.service.web;

import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.NodesView.NodeView;
import io.trimtab.service.view.NodesView.PodView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The colours of namespaces. Public for the templates.
 *
 * @param namespaces all, those that ask for most CPU first
 * @param colours of those that have one of their own
 */
public record NodeColours(List<String> namespaces, Map<String, Integer> colours) {
    /** As many as a colour-blind eye can tell apart; one more colour stands for all others. */
    private static final int COLOURS = 8;

    public NodeColours {
        namespaces = List.copyOf(namespaces);
        colours = Map.copyOf(colours);
    }

    static NodeColours of(NodesView view) {
        Map<String, Double> cpu = new HashMap<>();
        for (NodeView node : view.nodes())
            for (PodView pod : node.pods()) cpu.merge(pod.namespace(), pod.cpuShare(), Double::sum);
        List<String> ordered = cpu.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        Map<String, Integer> colours = new HashMap<>();
        for (String namespace : ordered.subList(0, Math.min(COLOURS, ordered.size())))
            colours.put(namespace, colours.size());
        return new NodeColours(ordered, colours);
    }

    /** The namespaces that have a colour of their own. */
    public List<String> legend() {
        return namespaces.subList(0, colours.size());
    }

    /** How many namespaces share the last colour. */
    public int others() {
        return namespaces.size() - colours.size();
    }

    /** The style of a namespace's colour. */
    public String of(String namespace) {
        return "c" + colours.getOrDefault(namespace, COLOURS);
    }
}
