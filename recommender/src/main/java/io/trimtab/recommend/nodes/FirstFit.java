package io.trimtab.recommend.nodes;

import java.util.List;
import java.util.Optional;

/** Takes the copies in an order and puts each on the first node that takes it, adding one where none does. */
final class FirstFit {
    private FirstFit() {}

    /** @return nothing if the work was spent before the end */
    static Optional<Layout> pack(Layout layout, List<PodKind> order, Opening opening, Work work) {
        boolean again = true;
        // A copy that its spread over zones held back may have a place once other zones have filled up.
        while (again && !layout.nothingWaits()) {
            again = false;
            for (PodKind kind : order) {
                int before = layout.waiting(kind);
                if (kind.maxSkew() > 0) placeZoned(layout, kind, opening, work);
                else place(layout, kind, opening, work);
                if (work.isSpent()) return Optional.empty();
                again |= kind.maxSkew() > 0 && layout.waiting(kind) < before;
            }
        }
        order.stream().filter(kind -> layout.waiting(kind) > 0).forEach(layout::level);
        return Optional.of(layout);
    }

    private static void place(Layout layout, PodKind kind, Opening opening, Work work) {
        List<NodeState> nodes = layout.nodes();
        for (int i = 0; i < nodes.size() && layout.waiting(kind) > 0; i++) fill(layout, nodes.get(i), kind, work);
        while (layout.waiting(kind) > 0 && !work.isSpent()) {
            Optional<Machine> machine = opening.choose(layout, kind);
            work.spend(layout.instance().catalogue().size());
            if (machine.isEmpty()) return;
            fill(layout, layout.add(machine.get()), kind, work);
        }
    }

    private static void fill(Layout layout, NodeState node, PodKind kind, Work work) {
        work.spend(1);
        while (layout.waiting(kind) > 0 && node.takes(kind)) {
            layout.place(node, kind);
            work.spend(2);
        }
    }

    private static void placeZoned(Layout layout, PodKind kind, Opening opening, Work work) {
        while (layout.waiting(kind) > 0 && !work.isSpent()) {
            work.spend(layout.nodes().size() + 1L);
            Optional<NodeState> node = layout.nodes().stream()
                    .filter(candidate -> layout.takes(candidate, kind))
                    .findFirst()
                    .or(() -> opening.choose(layout, kind).map(layout::add));
            if (node.isEmpty()) return;
            layout.place(node.get(), kind);
        }
    }
}
