package io.trimtab.service.backtest;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.prices.Shape;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.recommend.nodes.NodeShape;
import io.trimtab.recommend.nodes.NodeShape.Devices;
import io.trimtab.recommend.nodes.Offer;
import io.trimtab.recommend.nodes.Packer;
import io.trimtab.recommend.nodes.Packing;
import io.trimtab.recommend.nodes.PackingProblem;
import io.trimtab.recommend.nodes.PackingProblem.Objective;
import io.trimtab.recommend.nodes.PodGroup;
import io.trimtab.recommend.nodes.StockPacking;
import io.trimtab.service.config.SettingsException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Packs lists of pods onto nodes of one shape, and onto those of the price book; beside it first fit in the orders of the stock autoscalers. */
public final class PackBenchmark {
    /** Of the machines that are bought: those of one provider, on which images of amd64 run. */
    private static final String PROVIDER = "aws";

    private static final String ARCH = "amd64";

    /** No case is about it. */
    private static final int PODS = 1_000_000;

    /** Single shapes that are packed whole: those that do best by first fit. */
    private static final int SINGLES = 3;

    /** Pods of a list that a case is about. */
    private enum Some {
        ALL,
        WITH_GPU,
        WITHOUT_GPU;

        boolean has(PodGroup pod) {
            boolean gpu = !pod.requested().gpu().isZero();
            return switch (this) {
                case ALL -> true;
                case WITH_GPU -> gpu;
                case WITHOUT_GPU -> !gpu;
            };
        }
    }
    /** A node of the benchmark and the pods for it. */
    private record Case(String name, Some pods, int cores, int gib, int gpus) {
        String node() {
            return cores + "/" + gib + "/" + gpus;
        }

        NodeShape shape() {
            return PackBenchmark.shape(
                    node(), new MilliCores(cores * 1000L), new Bytes((long) gib << 30), gpus, BigDecimal.ONE);
        }
    }

    private static final List<Case> CASES = List.of(
            new Case("A", Some.WITHOUT_GPU, 96, 384, 0),
            new Case("A4", Some.WITHOUT_GPU, 96, 192, 0),
            new Case("B1", Some.WITH_GPU, 96, 384, 8),
            new Case("C", Some.ALL, 128, 768, 8),
            new Case("D", Some.ALL, 96, 384, 8));

    /** An answer and what it took. */
    private record Timed(Packing packing, double seconds, double processorSeconds) {}

    private final Duration deadline;
    private final Consumer<String> say;
    private final InstantSource clock = InstantSource.system();
    private boolean valid = true;

    private PackBenchmark(Duration deadline, Consumer<String> say) {
        this.deadline = deadline;
        this.say = say;
    }

    /**
     * @param seeds of arrivals at the folder's nodes
     * @return whether every packing was valid
     */
    public static boolean run(Path folder, Duration deadline, int seeds, Consumer<String> say) {
        List<PodList> lists = PodList.readAll(folder);
        if (lists.isEmpty())
            throw new SettingsException(
                    "--data (%s) has no list of pods: a CSV file with the columns cpu_milli, memory_mib, num_gpu and gpu_milli"
                            .formatted(folder));
        var benchmark = new PackBenchmark(deadline, say);
        benchmark.alike(lists);
        benchmark.mixed(lists);
        GpuArrivals.at(folder).ifPresent(cluster -> benchmark.arrivals(cluster, lists, seeds));
        return benchmark.valid;
    }

    private void alike(List<PodList> lists) {
        say.accept("case  list           pods  placed  node          nodes   bound    gap %   seconds   processor"
                + "   Cluster Autoscaler   Karpenter");
        for (PodList list : lists) {
            for (Case one : CASES) {
                List<PodGroup> pods =
                        list.pods().stream().filter(one.pods()::has).toList();
                if (pods.isEmpty()) continue;
                Timed timed = pack(pods, List.of(one.shape()), Objective.NODES, deadline);
                Packing packing = timed.packing();
                say.accept(String.format(
                        Locale.ROOT,
                        "%-4s  %-12s %6d  %6d  %-12s %6d  %6d  %7.2f  %8.2f  %10.2f  %19d  %10d",
                        one.name(),
                        list.name(),
                        pods.size(),
                        packing.assignments().size(),
                        one.node(),
                        packing.nodeCount(),
                        packing.lowerBound().nodes(),
                        100 * packing.gap(),
                        timed.seconds(),
                        timed.processorSeconds(),
                        StockPacking.nodes(pods, one.shape(), StockPacking.Order.CLUSTER_AUTOSCALER),
                        StockPacking.nodes(pods, one.shape(), StockPacking.Order.KARPENTER)));
            }
        }
    }

    private void arrivals(GpuArrivals cluster, List<PodList> lists, int seeds) {
        say.accept("");
        say.accept("pods of a list arrive at %d nodes until the load is 100 %%, mean of %d seeds"
                .formatted(cluster.nodes(), seeds));
        say.accept("list          GPUs allocated %   least    most   pods refused   devices overfilled");
        for (PodList list : lists) {
            List<GpuArrivals.Outcome> outcomes = IntStream.rangeClosed(1, seeds)
                    .mapToObj(seed -> cluster.run(list.picky(), seed))
                    .toList();
            DoubleSummaryStatistics allocated = outcomes.stream()
                    .mapToDouble(outcome -> 100 * outcome.allocated())
                    .summaryStatistics();
            int overfilled =
                    outcomes.stream().mapToInt(GpuArrivals.Outcome::overfilled).sum();
            valid &= overfilled == 0;
            say.accept(String.format(
                    Locale.ROOT,
                    "%-12s  %16.2f  %6.2f  %6.2f  %13.0f  %19d",
                    list.name(),
                    allocated.getAverage(),
                    allocated.getMin(),
                    allocated.getMax(),
                    outcomes.stream()
                            .mapToInt(GpuArrivals.Outcome::refused)
                            .average()
                            .orElse(0),
                    overfilled));
        }
    }

    private void mixed(List<PodList> lists) {
        List<NodeShape> shapes = bought();
        say.accept("");
        say.accept("at least cost on %d shapes".formatted(shapes.size()));
        say.accept("list           pods  placed   nodes  USD per hour       bound    gap %   seconds   processor"
                + "   best single shape");
        for (PodList list : lists) {
            Timed timed = pack(list.pods(), shapes, Objective.COST, deadline);
            Packing packing = timed.packing();
            say.accept(String.format(
                    Locale.ROOT,
                    "%-12s %6d  %6d  %6d  %12.2f  %10.2f  %7.2f  %8.2f  %10.2f   %s",
                    list.name(),
                    list.pods().size(),
                    packing.assignments().size(),
                    packing.nodeCount(),
                    packing.costPerHour(),
                    packing.lowerBound().costPerHour(),
                    100 * packing.gap(),
                    timed.seconds(),
                    timed.processorSeconds(),
                    bestSingle(list.pods(), shapes)));
        }
    }

    /** Of the shapes that carry every pod that some shape carries. */
    private String bestSingle(List<PodGroup> pods, List<NodeShape> shapes) {
        record Single(NodeShape shape, Packing packing) {}
        List<PodGroup> carried = pods.stream()
                .map(pod -> PodGroup.plain(pod.requested().toString(), 1, pod.requested()))
                .distinct()
                .filter(pod -> shapes.stream().anyMatch(shape -> PackCheck.fits(pod, shape)))
                .toList();
        Optional<Single> best = shapes.stream()
                .filter(shape -> carried.stream().allMatch(pod -> PackCheck.fits(pod, shape)))
                .map(shape -> new Single(
                        shape,
                        pack(pods, List.of(shape), Objective.COST, Duration.ZERO)
                                .packing()))
                .sorted(Comparator.comparing((Single single) -> single.packing().costPerHour()))
                .limit(SINGLES)
                .map(single -> new Single(
                        single.shape(),
                        pack(pods, List.of(single.shape()), Objective.COST, deadline)
                                .packing()))
                .min(Comparator.comparing((Single single) -> single.packing().costPerHour()));
        return best.map(single -> String.format(
                        Locale.ROOT,
                        "%.2f (%s)",
                        single.packing().costPerHour(),
                        single.shape().name()))
                .orElse("none carries all");
    }

    private Timed pack(List<PodGroup> pods, List<NodeShape> shapes, Objective objective, Duration within) {
        var problem = new PackingProblem(pods, List.of(), shapes, objective, PackingProblem.workWithin(within));
        long begun = clock.millis();
        long processor = processorNanos();
        Packing packing = Packer.pack(problem);
        var timed = new Timed(packing, (clock.millis() - begun) / 1e3, (processorNanos() - processor) / 1e9);
        PackCheck.fault(problem, packing).ifPresent(fault -> {
            valid = false;
            say.accept("NOT VALID: " + fault);
        });
        return timed;
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** What the price book lists, shared GPUs apart. */
    private static List<NodeShape> bought() {
        return PriceBook.shipped().shapes().stream()
                .filter(shape ->
                        shape.provider().equals(PROVIDER) && shape.arch().equals(ARCH))
                .filter(shape -> shape.capacity().gpu().value() % 1000 == 0)
                .map(PackBenchmark::bought)
                .toList();
    }

    private static NodeShape bought(Shape shape) {
        int gpus = Math.toIntExact(shape.capacity().gpu().value() / 1000);
        return shape(shape.name(), shape.capacity().cpu(), shape.capacity().memory(), gpus, shape.onDemand());
    }

    private static NodeShape shape(String name, MilliCores cpu, Bytes memory, int gpus, BigDecimal price) {
        return new NodeShape(
                name,
                cpu,
                memory,
                new Devices(gpus, Optional.empty(), 1),
                PODS,
                MilliCores.ZERO,
                Bytes.ZERO,
                Optional.empty(),
                Offer.onDemand(price),
                OptionalInt.empty());
    }
}
