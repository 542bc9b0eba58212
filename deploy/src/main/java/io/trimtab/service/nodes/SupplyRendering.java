package io.trimtab.service.nodes;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.NodePool;
import io.trimtab.service.view.NodesView.PoolView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows where nodes come from, and what devices they bring. */
final class SupplyRendering {
    private static final String NONE = "none";

    private SupplyRendering() {}

    /** The pools that are objects, then those that nodes alone name. */
    static List<PoolView> pools(ClusterSnapshot snapshot) {
        Map<String, Long> nodes = new TreeMap<>(snapshot.nodes().stream()
                .map(Node::pool)
                .filter(pool -> !pool.isEmpty())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
        List<PoolView> pools = new ArrayList<>();
        for (NodePool pool : snapshot.supply().pools()) {
            long count = Objects.requireNonNullElse(nodes.remove(pool.name()), 0L);
            pools.add(new PoolView(
                    pool.kind(),
                    pool.name(),
                    Math.toIntExact(count),
                    snapshot.supply().starting(pool.name()),
                    says(pool)));
        }
        nodes.forEach((name, count) -> pools.add(
                new PoolView("", name, Math.toIntExact(count), snapshot.supply().starting(name), List.of())));
        return pools;
    }

    /** Such as {@code 2 of gpu.example.com}. */
    static List<String> devices(Map<String, Integer> byDriver) {
        return byDriver.entrySet().stream()
                .map(entry -> "%d of %s".formatted(entry.getValue(), entry.getKey()))
                .toList();
    }

    private static List<String> says(NodePool pool) {
        List<String> lines = new ArrayList<>();
        pool.replicas().ifPresent(count -> lines.add("replicas: " + count));
        pool.minSize().ifPresent(count -> lines.add("at least: " + count));
        pool.maxSize().ifPresent(count -> lines.add("at most: " + count));
        if (!pool.limits().equals(CpuAndMemory.NONE))
            lines.add("in sum at most: cpu %s, memory %s"
                    .formatted(
                            pool.limits().cpu().map(MilliCores::toString).orElse(NONE),
                            pool.limits().memory().map(Bytes::rounded).orElse(NONE)));
        return lines;
    }
}
