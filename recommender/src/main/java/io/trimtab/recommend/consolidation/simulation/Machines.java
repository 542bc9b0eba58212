package io.trimtab.recommend.consolidation.simulation;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.recommend.consolidation.ClusterNode;
import io.trimtab.recommend.consolidation.NodePod;
import io.trimtab.recommend.nodes.NodeShape;
import io.trimtab.recommend.nodes.NodeShape.Devices;
import io.trimtab.recommend.nodes.Offer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Shapes of nodes like those that a cloud sells: three families of 2, 4 and 8 GiB for a core, five sizes, three generations, the older the dearer. */
final class Machines {
    private static final double[] CORE_PRICES = {0.0425, 0.048, 0.063};
    private static final int[] GIB_PER_CORE = {2, 4, 8};
    private static final String[] FAMILIES = {"c", "m", "r"};
    private static final double[] GENERATIONS = {1.18, 1.08, 1};
    private static final int MOST_PODS = 110;
    private static final Resources DAEMONS = new Resources(new MilliCores(150), new Bytes(256L << 20), GpuMilli.ZERO);
    private static final int DAEMON_PODS = 3;

    private Machines() {}

    static List<NodeShape> all() {
        List<NodeShape> shapes = new ArrayList<>();
        for (int family = 0; family < FAMILIES.length; family++) {
            for (int generation = 0; generation < GENERATIONS.length; generation++) {
                for (int cores = 2; cores <= 32; cores *= 2) {
                    double price = cores * CORE_PRICES[family] * GENERATIONS[generation];
                    shapes.add(new NodeShape(
                            "%s%d.%d".formatted(FAMILIES[family], generation + 5, cores),
                            new MilliCores(cores * 1000L),
                            new Bytes(((long) cores * GIB_PER_CORE[family]) << 30),
                            Devices.NONE,
                            MOST_PODS - DAEMON_PODS,
                            DAEMONS.cpu(),
                            DAEMONS.memory(),
                            Optional.empty(),
                            Offer.onDemand(BigDecimal.valueOf(price).setScale(5, RoundingMode.HALF_UP)),
                            OptionalInt.empty()));
                }
            }
        }
        return shapes;
    }

    static ClusterNode node(String name, NodeShape shape, List<NodePod> pods) {
        List<NodePod> all = new ArrayList<>(pods);
        for (int i = 0; i < DAEMON_PODS; i++) all.add(daemon(name, i));
        return new ClusterNode(
                name,
                shape.name(),
                shape.offer().paid(),
                CapacityType.ON_DEMAND,
                new Resources(shape.cpu(), shape.memory(), GpuMilli.ZERO),
                MOST_PODS,
                Map.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                all);
    }

    private static NodePod daemon(String node, int index) {
        double part = 1.0 / DAEMON_PODS;
        return new NodePod(
                "kube-system",
                "daemon-" + index + "-" + node,
                Optional.of("DaemonSet"),
                new Resources(
                        DAEMONS.cpu().times(part), new Bytes(DAEMONS.memory().value() / DAEMON_PODS), GpuMilli.ZERO),
                Optional.empty(),
                Map.of(),
                false,
                true,
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                true);
    }
}
