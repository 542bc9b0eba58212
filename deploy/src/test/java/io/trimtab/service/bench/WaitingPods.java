package io.trimtab.service.bench;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.prices.Shape;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Seeded pods that wait, and 20 node groups of machines of one provider's list.
 *
 * @param pods copies of a Deployment one after the other
 */
record WaitingPods(List<Group> groups, List<Waiting> pods) {
    private static final String PROVIDER = "aws";
    private static final int GROUPS = 20;
    private static final int GPU_GROUPS = 3;
    private static final int PODS_OF_A_NODE = 110;

    /** What of a machine the kubelet leaves for pods. */
    private static final double ALLOCATABLE = 0.94;

    private static final long[] CPU_MILLI = {100, 250, 500, 1000, 2000, 4000};
    private static final int[] GIB_PER_CORE = {1, 2, 4, 8};

    enum Kind {
        ALIKE("each group carries each pod"),
        MIXED("GPUs for a tenth, arm64 not for a third"),
        LIMITED("the same, at most 10 nodes a group");

        final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** @param most how many nodes it may add */
    record Group(String name, Resources room, int pods, BigDecimal price, boolean arm, int most) {
        boolean carries(Waiting pod) {
            return pod.requested().fitsIn(room) && !(arm && pod.onlyAmd64());
        }
    }

    record Waiting(String name, Resources requested, boolean onlyAmd64) {}

    static WaitingPods of(Kind kind, long seed) {
        Random random = new Random(seed);
        List<Shape> cpu = shapes(shape -> shape.capacity().gpu().isZero() && (kind != Kind.ALIKE || isLarge(shape)));
        List<Shape> gpu = shapes(shape ->
                shape.capacity().gpu().value() >= 1000 && shape.capacity().gpu().value() % 1000 == 0 && isLarge(shape));
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < GROUPS; i++) {
            boolean withGpu = kind != Kind.ALIKE && i < GPU_GROUPS;
            List<Shape> from = withGpu ? gpu : cpu;
            int most = kind == Kind.LIMITED && i >= GPU_GROUPS + 2 ? 10 : Integer.MAX_VALUE;
            // Two are large and without a limit, so that every pod has a place in the end.
            Shape shape = from.get(random.nextInt(from.size()));
            while (i >= GPU_GROUPS && i < GPU_GROUPS + 2 && !isLarge(shape))
                shape = from.get(random.nextInt(from.size()));
            groups.add(group("group-%02d-%s".formatted(i, shape.name()), shape, random.nextInt(4) == 0, most));
        }
        return new WaitingPods(groups, pods(kind, random));
    }

    /** Carries each pod, but for its GPU. */
    private static boolean isLarge(Shape shape) {
        return shape.arch().equals("amd64")
                && shape.capacity().cpu().value() >= 8000
                && shape.capacity().memory().value() >= (40L << 30);
    }

    private static List<Shape> shapes(Predicate<Shape> wanted) {
        return PriceBook.shipped().shapes().stream()
                .filter(shape -> shape.provider().equals(PROVIDER))
                .filter(shape -> shape.capacity().cpu().value() >= 2000
                        && shape.capacity().cpu().value() <= 64_000)
                .filter(wanted)
                .toList();
    }

    private static Group group(String name, Shape shape, boolean spot, int most) {
        Resources room = new Resources(
                new MilliCores((long) (shape.capacity().cpu().value() * ALLOCATABLE)),
                new Bytes((long) (shape.capacity().memory().value() * ALLOCATABLE)),
                shape.capacity().gpu());
        BigDecimal price =
                PriceBook.shipped().price(shape.name(), shape.capacity(), spot).perHour();
        return new Group(name, room, PODS_OF_A_NODE, price, shape.arch().equals("arm64"), most);
    }

    /** Ten to 3,000: a scale-up is of few pods more often than of many. */
    private static List<Waiting> pods(Kind kind, Random random) {
        int count = (int) Math.round(10 * Math.pow(300, random.nextDouble()));
        List<Waiting> pods = new ArrayList<>();
        for (int deployment = 0; pods.size() < count; deployment++) {
            boolean gpu = kind != Kind.ALIKE && random.nextInt(10) == 0;
            long cpuMilli = CPU_MILLI[random.nextInt(CPU_MILLI.length)];
            long bytes = cpuMilli * GIB_PER_CORE[random.nextInt(GIB_PER_CORE.length)] * (1L << 30) / 1000;
            Resources requested =
                    new Resources(new MilliCores(cpuMilli), new Bytes(bytes), new GpuMilli(gpu ? 1000 : 0));
            boolean onlyAmd64 = kind != Kind.ALIKE && random.nextInt(3) == 0;
            int copies = gpu ? 1 + random.nextInt(8) : 1 + random.nextInt(Math.max(2, count / 10));
            for (int copy = 0; copy < copies && pods.size() < count; copy++)
                pods.add(new Waiting("app-%d-%d".formatted(deployment, copy), requested, onlyAmd64));
        }
        return pods;
    }
}
