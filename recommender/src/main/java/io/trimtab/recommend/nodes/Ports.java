package io.trimtab.recommend.nodes;

import java.util.List;
import java.util.Optional;

/** One bit for each host port that copies ask for. */
record Ports(List<Integer> ports) {
    /** @return nothing if there are more ports than bits */
    static Optional<Ports> of(List<PodKind> kinds) {
        List<Integer> ports = kinds.stream()
                .map(PodKind::port)
                .filter(port -> port >= 0)
                .distinct()
                .toList();
        return ports.size() > Long.SIZE ? Optional.empty() : Optional.of(new Ports(ports));
    }

    /** @return 0 without a port */
    long bit(PodKind kind) {
        return kind.port() < 0 ? 0 : 1L << ports.indexOf(kind.port());
    }
}
