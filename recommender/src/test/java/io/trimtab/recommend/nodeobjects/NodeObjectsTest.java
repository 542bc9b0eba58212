package io.trimtab.recommend.nodeobjects;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.online.Outlook;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.NamespaceLimits;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.NodeDisruption;
import io.trimtab.ingest.model.NodePool;
import io.trimtab.ingest.model.NodeSupply;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.headroom.Headroom;
import io.trimtab.recommend.nodeobjects.NodeObject.Buffer;
import io.trimtab.recommend.nodeobjects.NodeObject.DeletionCost;
import io.trimtab.recommend.nodeobjects.NodeObject.MachineMark;
import io.trimtab.recommend.nodeobjects.NodeObject.MachineReplicas;
import io.trimtab.recommend.nodeobjects.NodeObject.PoolWeight;
import io.trimtab.recommend.nodeobjects.NodeObject.PriceOverlay;
import io.trimtab.recommend.nodeobjects.NodeObject.SharingOverlay;
import io.trimtab.recommend.nodeplan.NodePlans;
import io.trimtab.recommend.nodeplan.PlannedNodes;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeObjectsTest {
    private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    private static final ContainerSpec APP = new ContainerSpec(
            "app",
            "i",
            new Requirements(
                    Optional.of(new MilliCores(100)),
                    Optional.of(new Bytes(1 << 20)),
                    Optional.empty(),
                    Optional.empty(),
                    GpuMilli.ZERO),
            Optional.empty(),
            Set.of());

    /** By the name of the machine: {@code dear} ones cost ten times as much; what is {@code odd} is on no list. */
    private static final NodeObjects.Prices PRICES = new NodeObjects.Prices() {
        @Override
        public BigDecimal price(Node node, CapacityType as) {
            return BigDecimal.valueOf(node.capacity().cpu().value(), 4)
                    .multiply(BigDecimal.valueOf(node.instanceType().startsWith("dear") ? 10 : 1));
        }

        @Override
        public Optional<BigDecimal> listed(Node node, CapacityType as) {
            return node.instanceType().startsWith("odd") ? Optional.empty() : Optional.of(price(node, as));
        }
    };

    private final List<Node> nodes = new ArrayList<>();
    private final List<Pod> pods = new ArrayList<>();
    private final List<NodePool> pools = new ArrayList<>();
    private final List<Workload> workloads = new ArrayList<>();
    private final List<HorizontalAutoscaler> scalers = new ArrayList<>();

    private void node(String name, String type, String pool, long cpuMilli, Map<String, String> labels) {
        node(name, type, pool, cpuMilli, labels, Map.of(Node.MACHINE, "machine-" + name));
    }

    private void node(
            String name,
            String type,
            String pool,
            long cpuMilli,
            Map<String, String> labels,
            Map<String, String> annotations) {
        Resources room = new Resources(new MilliCores(cpuMilli), new Bytes(cpuMilli << 22), GpuMilli.ZERO);
        nodes.add(new Node(
                name,
                type,
                "r",
                "z",
                CapacityType.ON_DEMAND,
                room,
                room,
                50,
                true,
                true,
                labels,
                AT,
                pool,
                List.of(),
                annotations));
    }

    private void pod(String name, String node, WorkloadId owner, Map<String, String> annotations) {
        Instant old = AT.minus(Duration.ofDays(1));
        pods.add(new Pod(
                new PodId("shop", name),
                Optional.of(owner),
                Optional.of(node),
                PodPhase.RUNNING,
                List.of(APP),
                Map.of(),
                annotations,
                old,
                Optional.of(old),
                Optional.of(old),
                Optional.empty()));
    }

    private void held(String node) {
        pod(
                "held-" + node,
                node,
                new WorkloadId("shop", "StatefulSet", "held"),
                Map.of("karpenter.sh/do-not-disrupt", "true"));
    }

    private void pool(String kind, String name, Integer replicas, Integer min, Integer max, Integer weight) {
        pools.add(new NodePool(
                kind,
                kind.equals(NodePool.KARPENTER) ? "" : "fleet",
                name,
                Optional.ofNullable(replicas),
                Optional.ofNullable(min),
                Optional.ofNullable(max),
                CpuAndMemory.NONE,
                Optional.ofNullable(weight),
                NodeDisruption.USUAL));
    }

    private List<NodeObject> objects(Map<WorkloadId, Outlook> ahead) {
        ClusterSnapshot snapshot = new ClusterSnapshot(
                AT,
                workloads,
                pods,
                nodes,
                scalers,
                List.of(),
                List.of(),
                new NodeSupply(pools, List.of(), List.of()),
                NamespaceLimits.NONE,
                true);
        PlannedNodes planned = NodePlans.plan(snapshot, PRICES).orElseThrow();
        return NodeObjects.of(snapshot, planned, PRICES, ahead);
    }

    private <T extends NodeObject> List<T> of(Class<T> kind) {
        return objects(Map.of()).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static Outlook outlook(double p95) {
        double[] maximum = {0, 0, 0, p95, 1000};
        return new Outlook(new double[5], maximum);
    }

    @ParameterizedTest(name = "{0} of at most {2} replicas, {1} expected")
    @CsvSource({
        "4, 4, 10, 0",
        "4, 4.49, 10, 0",
        "4, 4.5, 10, 1",
        "4, 6.4, 10, 2",
        "4, 3, 10, 0",
        "4, 99, 10, 6",
        "12, 99, 10, 0",
        "0, 1, 10, 1",
        "0, 1e300, 2147483647, 2147483647"
    })
    void roomIsForThePodsThatAreExpected(int now, double ahead, int most, int pods) {
        assertThat(Headroom.pods(now, ahead, most)).isEqualTo(pods);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        more are expected              | Deployment  | 5.7 | 20 | 2 general 200m
        no more than may be            | Deployment  | 50  | 5  | 1 general 100m
        no more are expected           | Deployment  | 3.9 | 20 | -
        nothing is known               | Deployment  |     | 20 | -
        of a kind that has no template | CloneSet    | 9   | 20 | -
        a StatefulSet                  | StatefulSet | 5   | 20 | 1 general 100m
        """)
    void buffersAreForWhatComesWhileANodeStarts(String name, String kind, Double p95, int most, String expected) {
        WorkloadId id = new WorkloadId("shop", kind, "web");
        node("a", "m", "general", 4000, Map.of());
        for (int i = 0; i < 4; i++) pod("web-" + i, "a", id, Map.of());
        workloads.add(new Workload(id, 4, List.of(APP), Map.of(), Map.of(), AT));
        scalers.add(new HorizontalAutoscaler("shop", "web", id, 1, most, Optional.of(50)));

        List<NodeObject> objects = objects(p95 == null ? Map.of() : Map.of(id, outlook(p95)));

        assertThat(objects.stream()
                        .map(object -> object instanceof Buffer buffer
                                ? "%d %s %s"
                                        .formatted(
                                                buffer.pods(),
                                                buffer.pool(),
                                                buffer.room().cpu())
                                : "other")
                        .collect(Collectors.joining(";")))
                .isEqualTo(expected.equals("-") ? "" : expected);
    }

    @Test
    void pricesAreSaidOfWhatKarpenterMakesAndAListHas() {
        Map<String, String> karpenters = Map.of(Node.KARPENTER_POOL, "general");
        node("a", "m", "general", 4000, karpenters);
        node("b", "m", "general", 4000, karpenters);
        node("c", "odd", "general", 4000, karpenters);
        node("d", "n", "md-0", 4000, Map.of());
        node("e", Node.UNKNOWN, "general", 4000, karpenters);

        assertThat(of(PriceOverlay.class))
                .containsExactly(new PriceOverlay("m", CapacityType.ON_DEMAND, new BigDecimal("0.4000")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        shared by a resource of its own | 2    | 4    | Tesla-T4        | nvidia.com/gpu.shared 8
        shared under the usual name     | 2    | 4    | Tesla-T4-SHARED | nvidia.com/gpu 8
        whole                           | 2    | 1    | Tesla-T4        | -
        no GPU                          | 0    | 4    | Tesla-T4        | -
        no number                       | many | 4    | Tesla-T4        | -
        too many                        | 8    | 9999 | Tesla-T4        | -
        """)
    void sharingIsSaid(String name, String count, String replicas, String product, String expected) {
        Map<String, String> labels = new HashMap<>(Map.of(
                Node.KARPENTER_POOL,
                "gpu",
                "nvidia.com/gpu.count",
                count,
                "nvidia.com/gpu.replicas",
                replicas,
                "nvidia.com/gpu.product",
                product));
        node("a", "g4", "gpu", 4000, labels);

        assertThat(of(SharingOverlay.class).stream()
                        .map(it -> it.resource() + " " + it.devices())
                        .collect(Collectors.joining(";")))
                .isEqualTo(expected.equals("-") ? "" : expected);
    }

    @Test
    void ofMachinesThatAreSharedDifferentlyTheLeastIsSaid() {
        for (String each : List.of("4", "2", "3"))
            node(
                    "n" + each,
                    "g4",
                    "gpu",
                    4000,
                    Map.of(Node.KARPENTER_POOL, "gpu", "nvidia.com/gpu.count", "2", "nvidia.com/gpu.replicas", each));

        assertThat(of(SharingOverlay.class))
                .containsExactly(new SharingOverlay("gpu", "g4", "nvidia.com/gpu.shared", 2, 2));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the cheap one first             | m cheap - -; dear costly - -       | cheap 2; costly 1
        they are alike                  | m one - -; m two - -               | -
        in order already                | m cheap 50 -; dear costly 10 -     | -
        in order, one without a weight  | m cheap 50 -; dear costly - -      | -
        in the wrong order              | m cheap 10 -; dear costly 50 -     | cheap 2; costly 1
        one has its weight already      | m cheap 2 -; dear costly 2 -       | costly 1
        of a fixed number               | m cheap - 3; dear costly - -       | -
        one alone                       | m cheap - -                        | -
        two alike and a dear one        | m a - -; m b - -; dear c - -       | a 2; b 2; c 1
        """)
    void poolsAreTriedInTheOrderOfTheirPrices(String name, String given, String expected) {
        for (String one : given.split("; ")) {
            String[] parts = one.split(" ");
            node(parts[1], parts[0], parts[1], 4000, Map.of(Node.KARPENTER_POOL, parts[1]));
            pool(NodePool.KARPENTER, parts[1], number(parts[3]), null, null, number(parts[2]));
        }

        assertThat(of(PoolWeight.class).stream()
                        .map(it -> it.pool() + " " + it.weight())
                        .collect(Collectors.joining("; ")))
                .isEqualTo(expected.equals("-") ? "" : expected);
    }

    private static Integer number(String text) {
        return text.equals("-") ? null : Integer.valueOf(text);
    }

    /** A pod of web on each node; whose node is called a goes first, b second, c stays. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the sooner the cheaper        | Deployment  | a b c | a -2; b -1
        some go and some stay         | Deployment  | a c   | a -1
        none stays, in two waves      | Deployment  | a b   | a -2; b -1
        none goes                     | Deployment  | c     | -
        of no ReplicaSet              | StatefulSet | a b c | -
        """)
    void aScaleDownTakesThePodsWhoseNodesGo(String name, String kind, String on, String expected) {
        WorkloadId owner = new WorkloadId("shop", kind, "web");
        for (String node : on.split(" ")) {
            node(node, "m", "p", 4000, Map.of());
            pod(node, node, owner, Map.of());
        }
        if (!on.contains("c")) node("c", "m", "p", 4000, Map.of());
        held("c");

        assertThat(costs()).isEqualTo(expected);
    }

    @Test
    void aCostThatSomebodySetIsTheirs() {
        for (String node : List.of("a", "c")) node(node, "m", "p", 4000, Map.of());
        pod("a", "a", WEB, Map.of(Pod.DELETION_COST, "7"));
        pod("c", "c", WEB, Map.of());
        held("c");

        assertThat(costs()).isEqualTo("-");
    }

    private String costs() {
        String costs = of(DeletionCost.class).stream()
                .map(it -> it.pod().name() + " " + it.cost())
                .collect(Collectors.joining("; "));
        return costs.isEmpty() ? "-" : costs;
    }

    /** Nodes a and b have a small pod each and could go to c: a in the first wave, b in the second, which a later plan says. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the first wave goes          | 3 - - | 2   | a
        the least that there must be | 3 2 - | 2   | a
        it is there already          | 3 3 - | -   | -
        """)
    void machinesThatGoAreMarked(String name, String size, String replicas, String marked) {
        Integer[] sizes =
                Arrays.stream(size.split(" ")).map(NodeObjectsTest::number).toArray(Integer[]::new);
        pool(NodePool.CLUSTER_API, "md-0", sizes[0], sizes[1], sizes[2], null);
        for (String node : List.of("a", "b", "c")) node(node, "m", "md-0", 4000, Map.of());
        for (String node : List.of("a", "b")) pod(node, node, WEB, Map.of());
        held("c");

        assertThat(replicas()).isEqualTo(replicas);
        assertThat(marked()).isEqualTo(marked);
    }

    @Test
    void aMachineWhoseNameIsNotKnownIsNotCounted() {
        pool(NodePool.CLUSTER_API, "md-0", 2, null, null, null);
        node("a", "m", "md-0", 4000, Map.of(), Map.of());
        node("c", "m", "md-0", 4000, Map.of());
        pod("a", "a", WEB, Map.of());
        held("c");

        assertThat(replicas()).isEqualTo("-");
        assertThat(marked()).isEqualTo("-");
    }

    @Test
    void twoMachineDeploymentsOfOneNameAreNotToldApart() {
        pool(NodePool.CLUSTER_API, "md-0", 2, null, null, null);
        pools.add(new NodePool(
                NodePool.CLUSTER_API,
                "other",
                "md-0",
                Optional.of(2),
                Optional.empty(),
                Optional.empty(),
                CpuAndMemory.NONE));
        for (String node : List.of("a", "c")) node(node, "m", "md-0", 4000, Map.of());
        pod("a", "a", WEB, Map.of());
        held("c");

        assertThat(replicas()).isEqualTo("-");
    }

    /** A dear large node is replaced by a small one that md-small makes; it is not said to go before that is there. */
    @ParameterizedTest(name = "of at most {0}: {1}")
    @CsvSource({"-, 2", "2, 2", "1, -"})
    void machinesThatComeAreCounted(String most, String replicas) {
        pool(NodePool.CLUSTER_API, "md-large", 1, null, null, null);
        pool(NodePool.CLUSTER_API, "md-small", 1, null, number(most), null);
        node("large", "dear", "md-large", 32_000, Map.of());
        node("small", "m", "md-small", 200, Map.of());
        held("small");
        pod("a", "large", WEB, Map.of());
        pod("b", "large", WEB, Map.of());

        List<MachineReplicas> all = of(MachineReplicas.class);

        assertThat(all.stream()
                        .filter(it -> it.name().equals("md-small"))
                        .map(it -> String.valueOf(it.replicas()))
                        .findFirst()
                        .orElse("-"))
                .isEqualTo(replicas);
        assertThat(all).extracting(MachineReplicas::name).doesNotContain("md-large");
    }

    private String replicas() {
        return of(MachineReplicas.class).stream()
                .map(it -> String.valueOf(it.replicas()))
                .findFirst()
                .orElse("-");
    }

    private String marked() {
        String marked = of(MachineMark.class).stream()
                .map(it -> it.machine().replace("machine-", ""))
                .sorted()
                .collect(Collectors.joining(" "));
        return marked.isEmpty() ? "-" : marked;
    }
}
