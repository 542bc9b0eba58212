package io.trimtab.ingest.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where nodes come from, and what devices they bring; each list is ordered by identity. Empty where the cluster has no such kinds. */
public record NodeSupply(List<NodePool> pools, List<NodeClaim> claims, List<DeviceSlice> slices) {
    public static final NodeSupply NONE = new NodeSupply(List.of(), List.of(), List.of());

    public NodeSupply {
        pools = pools.stream()
                .sorted(Comparator.comparing(NodePool::kind)
                        .thenComparing(NodePool::namespace)
                        .thenComparing(NodePool::name))
                .toList();
        claims = claims.stream().sorted(Comparator.comparing(NodeClaim::name)).toList();
        slices = slices.stream().sorted(Comparator.comparing(DeviceSlice::name)).toList();
    }

    /** How many nodes of a pool are on their way. */
    public int starting(String pool) {
        return Math.toIntExact(claims.stream()
                .filter(claim -> claim.pool().equals(pool) && claim.node().isEmpty())
                .count());
    }

    /** How many devices of each driver the nodes have, by node and driver; slices that newer ones replace do not count. */
    public Map<String, Map<String, Integer>> devices() {
        Map<String, Long> newest =
                slices.stream().collect(Collectors.toMap(NodeSupply::key, DeviceSlice::generation, Math::max));
        return slices.stream()
                .filter(slice -> !slice.node().isEmpty()
                        && newest.getOrDefault(key(slice), slice.generation()).equals(slice.generation()))
                .collect(Collectors.groupingBy(
                        DeviceSlice::node,
                        Collectors.groupingBy(
                                DeviceSlice::driver, TreeMap::new, Collectors.summingInt(DeviceSlice::devices))));
    }

    private static String key(DeviceSlice slice) {
        return slice.driver() + "/" + slice.pool();
    }
}
