package io.trimtab.service.view;

import io.trimtab.service.view.NodesView.NodeView;
import java.util.List;
import java.util.Optional;

/**
 * Which nodes are wanted.
 *
 * @param namespace that has a pod there
 * @param shape alone, such as {@code m5.xlarge}, or with how it is bought, such as {@code m5.xlarge spot}
 * @param action what the plan decides
 */
public record NodeQuery(
        Optional<String> namespace,
        Optional<String> shape,
        Optional<String> pool,
        Optional<String> zone,
        Optional<String> capacityType,
        Optional<Action> action) {
    /** What becomes of a node. */
    public enum Action {
        KEEP,
        REMOVE;

        /** @throws IllegalArgumentException if it is neither */
        public static Action of(String word) {
            return switch (word) {
                case "keep" -> KEEP;
                case "remove" -> REMOVE;
                default -> throw new IllegalArgumentException("action (%s) must be keep or remove".formatted(word));
            };
        }
    }

    /** In their order. */
    public List<NodeView> select(List<NodeView> nodes, NodeDecisions decisions) {
        return nodes.stream()
                .filter(node -> wanted(pool, node.pool())
                        && wanted(zone, node.zone())
                        && wanted(capacityType, node.capacityType())
                        && (wanted(shape, node.shape()) || wanted(shape, node.shape() + " " + node.capacityType())))
                .filter(node ->
                        namespace.isEmpty() || node.pods().stream().anyMatch(pod -> wanted(namespace, pod.namespace())))
                .filter(node -> action.map(it -> switch (it) {
                            case KEEP -> decisions.kept(node.name()).isPresent();
                            case REMOVE -> decisions.drain(node.name()).isPresent();
                        })
                        .orElse(true))
                .toList();
    }

    private static boolean wanted(Optional<String> wanted, String value) {
        return wanted.map(text -> text.equalsIgnoreCase(value)).orElse(true);
    }
}
