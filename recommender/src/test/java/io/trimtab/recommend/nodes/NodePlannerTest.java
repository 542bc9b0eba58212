package io.trimtab.recommend.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.Node;
import io.trimtab.recommend.NodeReason;
import io.trimtab.recommend.nodes.NodePlanner.Load;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodePlannerTest {
    private static final BigDecimal PRICE = new BigDecimal("0.10");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing runs                     |  0 |    0 |  0 |    0 | 0
        two fill a node                  |  4 | 2000 |  4 |    0 | 2
        one millicore too much           |  4 | 2001 |  4 |    0 | 4
        memory decides                   |  4 |  100 |  9 |    0 | 4
        memory just fits                 |  4 |  100 |  8 |    0 | 2
        the limit of pods decides        | 11 |   10 |  0 |    0 | 2
        as many as the limit             | 10 |   10 |  0 |    0 | 1
        whole GPUs                       |  3 |  100 |  0 | 1000 | 2
        parts of a GPU share a device    |  4 |  100 |  0 |  500 | 1
        parts that cannot share          |  3 |  100 |  0 |  600 | 2
        more than a GPU takes whole ones |  2 |  100 |  0 | 1500 | 2
        larger than an empty node        |  3 | 4001 |  0 |    0 | 3
        """)
    void countsNodesOfOneShape(String name, int pods, long cpuMilli, long memory, long gpuMilli, int needed) {
        List<Load> loads = new ArrayList<>();
        for (int i = 0; i < pods; i++) loads.add(load("p" + i, cpuMilli, memory, gpuMilli, "n0", false));

        NodePlan plan = NodePlanner.plan(List.of(node("n0", "m", CapacityType.ON_DEMAND)), loads, node -> PRICE);

        assertThat(plan.needed()).isEqualTo(needed);
        assertThat(plan.lowerBound()).isEqualTo(needed);
        assertThat(plan.gap()).isZero();
        assertThat(plan.hourlyNow()).isEqualByComparingTo(PRICE);
        assertThat(plan.hourlyNeeded()).isEqualByComparingTo(PRICE.multiply(BigDecimal.valueOf(needed)));
        assertThat(plan.unplaced()).isEmpty();
    }

    @Test
    void podsKeepTheShapeAndCapacityTypeThatTheyRunOn() {
        List<Node> nodes = List.of(
                node("n0", "m", CapacityType.ON_DEMAND),
                node("n1", "m", CapacityType.SPOT),
                node("n2", "m", CapacityType.SPOT),
                node("n3", "x", CapacityType.ON_DEMAND));
        List<Load> loads = List.of(
                load("a", 1000, 1, 0, "n0", false),
                load("b", 1000, 1, 0, "n1", false),
                load("c", 1000, 1, 0, "n2", false));

        NodePlan plan = NodePlanner.plan(
                nodes, loads, node -> node.capacityType() == CapacityType.SPOT ? PRICE.divide(BigDecimal.TWO) : PRICE);

        assertThat(plan.shapes())
                .extracting(shape -> shape.instanceType() + " "
                        + shape.capacityType().label() + " " + shape.now() + ">" + shape.needed())
                .containsExactly("m on-demand 1>1", "m spot 2>1", "x on-demand 1>0");
        assertThat(plan.hourlyNow()).isEqualByComparingTo("0.30");
        assertThat(plan.hourlyNeeded()).isEqualByComparingTo("0.15");
    }

    @ParameterizedTest(name = "daemons of {0}m on each of two nodes: {1} nodes for four pods of 1900m")
    @CsvSource({"0, 2", "200, 2", "201, 4"})
    void daemonsTakeTheirShareOfEveryNode(long daemonMilli, int needed) {
        List<Load> loads = new ArrayList<>();
        for (int i = 0; i < 4; i++) loads.add(load("p" + i, 1900, 1, 0, "n0", false));
        for (String node : List.of("n0", "n1")) loads.add(load("daemon-" + node, daemonMilli, 0, 0, node, true));

        NodePlan plan = NodePlanner.plan(
                List.of(node("n0", "m", CapacityType.ON_DEMAND), node("n1", "m", CapacityType.ON_DEMAND)),
                loads,
                node -> PRICE);

        assertThat(plan.needed()).isEqualTo(needed);
    }

    @Test
    void aPendingPodGoesWhereItFitsOrIsNamed() {
        Load fits = new Load("a", resources(4000, 16, 0), Optional.empty(), false);
        Load none = new Load("b", resources(4001, 0, 0), Optional.empty(), false);

        NodePlan plan =
                NodePlanner.plan(List.of(node("n0", "m", CapacityType.ON_DEMAND)), List.of(fits, none), node -> PRICE);

        assertThat(plan.needed()).isEqualTo(1);
        assertThat(plan.unplaced()).containsExactly("b");
        assertThat(plan.reasons().getLast())
                .isEqualTo(new NodeReason.NoShapeFits("b", none.requested(), NodeReason.Obstacle.COMBINATION));
    }

    private static Load load(String name, long cpuMilli, long memory, long gpuMilli, String node, boolean daemon) {
        return new Load(name, resources(cpuMilli, memory, gpuMilli), Optional.of(node), daemon);
    }

    private static Resources resources(long cpuMilli, long memory, long gpuMilli) {
        return new Resources(new MilliCores(cpuMilli), new Bytes(memory), new GpuMilli(gpuMilli));
    }

    /** 4 cores, 16 bytes, 2 GPUs and 10 pods. */
    private static Node node(String name, String instanceType, CapacityType capacityType) {
        Resources all = resources(4000, 16, 2000);
        return new Node(name, instanceType, "r", "a", capacityType, all, all, 10, true, true, Map.of(), Instant.EPOCH);
    }
}
