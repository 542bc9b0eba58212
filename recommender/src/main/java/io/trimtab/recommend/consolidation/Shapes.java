package io.trimtab.recommend.consolidation;

import io.trimtab.recommend.nodes.NodeShape;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The shapes that may be added, as rooms. */
final class Shapes {
    private Shapes() {}

    static Room room(NodeShape shape, String name) {
        return Room.empty(
                name,
                shape.room().cpu().value(),
                shape.room().memory().value(),
                shape.pods(),
                shape.devices().advertised());
    }

    /** Whether one node of the shape carries all these pods. */
    static boolean carries(NodeShape shape, List<Moving> pods) {
        Room room = room(shape, "+");
        for (Moving pod : pods) {
            if (!room.takes(pod)) return false;
            room.take(pod);
        }
        return shape.max().orElse(1) > 0;
    }

    /** The cheapest one that carries all these pods. */
    static Optional<NodeShape> cheapest(List<NodeShape> shapes, List<Moving> pods) {
        return shapes.stream()
                .filter(shape -> carries(shape, pods))
                .min(Comparator.comparing((NodeShape shape) -> shape.offer().paid())
                        .thenComparing(NodeShape::name));
    }

    static boolean isBelow(NodeShape shape, double price) {
        return shape.offer().paid().compareTo(BigDecimal.valueOf(price)) < 0;
    }
}
