package io.trimtab.recommend.nodes;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.nodes.NodeShape.Devices;
import io.trimtab.recommend.nodes.PackingProblem.Objective;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/** Seeded problems with every field of the contract. */
final class RandomProblems {
    private static final List<String> MODELS = List.of("T4", "A10", "V100");
    private static final List<String> ZONES = List.of("a", "b", "c");

    private final Random random;

    RandomProblems(long seed) {
        random = new Random(seed);
    }

    PackingProblem any() {
        List<NodeShape> shapes = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) shapes.add(shape("s" + i));
        List<PodGroup> pods = new ArrayList<>();
        int groups = random.nextInt(12);
        for (int i = 0; i < groups; i++) pods.add(pod("p" + i, 1 + random.nextInt(9)));
        List<RunningNode> nodes = new ArrayList<>();
        int running = random.nextInt(4);
        for (int i = 0; i < running; i++) nodes.add(running("n" + i, shapes.get(random.nextInt(shapes.size()))));
        return new PackingProblem(
                pods, nodes, shapes, random.nextBoolean() ? Objective.COST : Objective.NODES, 300_000);
    }

    /** At most 7 copies and 2 shapes in zones, nothing running: small enough to try every packing. */
    PackingProblem small() {
        List<PodGroup> pods = new ArrayList<>();
        int copies = 1 + random.nextInt(7);
        boolean gpus = random.nextBoolean();
        while (copies > 0) {
            PodGroup pod = apart("p" + pods.size(), 1 + random.nextInt(Math.min(3, copies)), gpus);
            pods.add(pod);
            copies -= pod.count();
        }
        List<NodeShape> shapes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            shapes.add(new NodeShape(
                    "s" + i,
                    new MilliCores(4000L + 1000 * random.nextInt(5)),
                    new Bytes(16L + random.nextInt(16)),
                    gpus ? new Devices(1 + random.nextInt(3), Optional.empty(), 1) : Devices.NONE,
                    2 + random.nextInt(6),
                    MilliCores.ZERO,
                    Bytes.ZERO,
                    Optional.of(ZONES.get(random.nextInt(2))),
                    Offer.onDemand(BigDecimal.valueOf(50 + random.nextInt(100), 3)),
                    OptionalInt.empty()));
        }
        return new PackingProblem(
                pods, List.of(), shapes, random.nextBoolean() ? Objective.COST : Objective.NODES, 500_000);
    }

    /** Half of them plain, the others kept apart in one way. */
    private PodGroup apart(String name, int count, boolean gpus) {
        Optional<Spread> spread = switch (random.nextInt(6)) {
            case 0 -> Optional.of(new Spread.OnePerNode());
            case 1 -> Optional.of(new Spread.Topology(Spread.Domain.ZONE, 1 + random.nextInt(2)));
            default -> Optional.empty();
        };
        return new PodGroup(
                name,
                count,
                requested(gpus ? random.nextInt(4) : 0),
                Set.of(),
                random.nextInt(6) == 0 ? OptionalInt.of(8000) : OptionalInt.empty(),
                0,
                spread);
    }

    private Resources requested(int gpuKind) {
        long gpu = switch (gpuKind) {
            case 0 -> 0;
            case 1 -> 100L * (1 + random.nextInt(9));
            default -> 1000L * (1 + random.nextInt(2));
        };
        return new Resources(
                new MilliCores(100L * random.nextInt(40)), new Bytes(random.nextInt(16)), new GpuMilli(gpu));
    }

    private NodeShape shape(String name) {
        int gpus = random.nextInt(3) == 0 ? 0 : random.nextInt(5);
        Devices devices = new Devices(
                gpus,
                gpus == 0 ? Optional.empty() : Optional.of(MODELS.get(random.nextInt(3))),
                random.nextInt(4) == 0 ? 2 : 1);
        Optional<BigDecimal> spot =
                random.nextBoolean() ? Optional.of(BigDecimal.valueOf(20 + random.nextInt(50), 3)) : Optional.empty();
        return new NodeShape(
                name,
                new MilliCores(2000L + 1000 * random.nextInt(8)),
                new Bytes(16L + random.nextInt(48)),
                devices,
                1 + random.nextInt(20),
                new MilliCores(random.nextInt(300)),
                new Bytes(random.nextInt(3)),
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(ZONES.get(random.nextInt(3))),
                new Offer(
                        BigDecimal.valueOf(40 + random.nextInt(100), 3),
                        spot,
                        BigDecimal.valueOf(random.nextInt(6), 1)),
                random.nextInt(3) == 0 ? OptionalInt.of(random.nextInt(4)) : OptionalInt.empty());
    }

    PodGroup pod(String name, int count) {
        Resources requested = requested(random.nextInt(4));
        Set<String> models =
                random.nextInt(5) != 0 ? Set.of() : random.nextBoolean() ? Set.of("T4") : Set.of("T4", "A10");
        Optional<Spread> spread = switch (random.nextInt(8)) {
            case 0 -> Optional.of(new Spread.OnePerNode());
            case 1 -> Optional.of(new Spread.Topology(Spread.Domain.ZONE, 1 + random.nextInt(2)));
            case 2 -> Optional.of(new Spread.Topology(Spread.Domain.HOSTNAME, 1 + random.nextInt(2)));
            default -> Optional.empty();
        };
        return new PodGroup(
                name,
                count,
                requested,
                models,
                random.nextInt(6) == 0 ? OptionalInt.of(8000 + random.nextInt(2)) : OptionalInt.empty(),
                random.nextInt(3),
                spread);
    }

    /** Filled by plain pods and shares one by one as long as they fit with the daemons. */
    private RunningNode running(String name, NodeShape shape) {
        List<RunningNode.RunningPod> pods = new ArrayList<>();
        long cpu = shape.cpu().minusOrZero(shape.daemonCpu()).value();
        long memory = shape.memory().minusOrZero(shape.daemonMemory()).value();
        int device = 0;
        for (int i = 0; i < random.nextInt(4) && i < shape.pods(); i++) {
            boolean share = random.nextBoolean() && device < shape.devices().advertised();
            Resources requested = new Resources(
                    new MilliCores(random.nextLong(1 + cpu / 3)),
                    new Bytes(random.nextLong(1 + memory / 3)),
                    new GpuMilli(share ? 300 : 0));
            cpu -= requested.cpu().value();
            memory -= requested.memory().value();
            pods.add(new RunningNode.RunningPod(
                    PodGroup.plain(name + "-" + i, 1, requested),
                    share ? OptionalInt.of(device++) : OptionalInt.empty()));
        }
        return new RunningNode(name, shape.name(), pods);
    }
}
