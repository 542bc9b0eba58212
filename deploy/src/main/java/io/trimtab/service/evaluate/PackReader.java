package io.trimtab.service.evaluate;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.nodes.NodeShape;
import io.trimtab.recommend.nodes.Offer;
import io.trimtab.recommend.nodes.Packer;
import io.trimtab.recommend.nodes.PackingProblem;
import io.trimtab.recommend.nodes.PackingProblem.Objective;
import io.trimtab.recommend.nodes.PodGroup;
import io.trimtab.recommend.nodes.RunningNode;
import io.trimtab.recommend.nodes.RunningNode.RunningPod;
import io.trimtab.recommend.nodes.Spread;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Reads a document of kind {@code pack}. */
final class PackReader {
    /** What a document without a deadline may take. */
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(1);

    /** A kubelet's own limit where nothing else is said. */
    static final int USUAL_PODS = 110;

    private static final int MOST_COPIES = 1_000_000;
    private static final int MOST_DEVICES = 4096;
    private static final int LAST_PORT = 65_535;
    private static final long DEVICE_MILLI = 1000;

    private final Set<String> podNames = new HashSet<>();

    private PackReader() {}

    static PackingProblem read(JsonObject document) {
        return new PackReader().problem(document);
    }

    private PackingProblem problem(JsonObject document) {
        Objective objective =
                document.optional("objective").map(PackReader::objective).orElse(Objective.COST);
        Duration deadline =
                document.optional("deadline").map(JsonValue::duration).orElse(USUAL_DEADLINE);
        List<NodeShape> shapes = shapes(document, objective);
        List<PodGroup> pods = new ArrayList<>();
        long copies = 0;
        for (JsonValue value : document.list("pods")) {
            JsonObject object = value.object();
            pods.add(pod(object));
            object.end();
            copies += pods.getLast().count();
            if (copies > MOST_COPIES) throw value.wrong("makes it more than %d pods".formatted(MOST_COPIES));
        }
        List<RunningNode> nodes = new ArrayList<>();
        Set<String> nodeNames = new HashSet<>();
        for (JsonValue value : document.list("nodes")) {
            RunningNode node = node(value.object(), shapes);
            if (!nodeNames.add(node.name())) throw twice(value, "node", node.name());
            checked(value, node, shapes);
            nodes.add(node);
        }
        document.end();
        return new PackingProblem(pods, nodes, shapes, objective, PackingProblem.workWithin(deadline));
    }

    private static Objective objective(JsonValue value) {
        return switch (value.text()) {
            case "cost" -> Objective.COST;
            case "nodes" -> Objective.NODES;
            default -> throw value.wrong("(%s) must be cost or nodes".formatted(value.text()));
        };
    }

    private PodGroup pod(JsonObject object) {
        JsonValue name = object.required("name");
        if (!podNames.add(name.text())) throw name.wrong("(%s) is the name of another pod".formatted(name.text()));
        Set<String> models = new TreeSet<>();
        object.list("gpuModels").forEach(model -> models.add(model.text()));
        Optional<JsonValue> port = object.optional("hostPort");
        port.filter(value -> value.integer(1) > LAST_PORT).ifPresent(value -> {
            throw value.wrong("(%d) must be 1..%d".formatted(value.integer(1), LAST_PORT));
        });
        return new PodGroup(
                name.text(),
                object.optional("count").map(value -> value.integer(0)).orElse(1),
                new Resources(
                        object.optional("cpu").map(JsonValue::milliCores).orElse(MilliCores.ZERO),
                        object.optional("memory").map(JsonValue::bytes).orElse(Bytes.ZERO),
                        object.optional("gpu").map(PackReader::gpu).orElse(GpuMilli.ZERO)),
                models,
                port.map(value -> OptionalInt.of(value.integer(1))).orElse(OptionalInt.empty()),
                object.optional("priority")
                        .map(value -> value.integer(Integer.MIN_VALUE))
                        .orElse(0),
                object.optional("spread").map(PackReader::spread));
    }

    static GpuMilli gpu(JsonValue value) {
        GpuMilli gpu = value.gpuMilli();
        boolean wholeOrShare = gpu.value() <= DEVICE_MILLI || gpu.value() % DEVICE_MILLI == 0;
        if (!wholeOrShare) throw value.wrong("(%s) must be whole GPUs, or a share below 1".formatted(gpu));
        if (gpu.value() > MOST_DEVICES * DEVICE_MILLI)
            throw value.wrong("(%s) must be at most %d".formatted(gpu, MOST_DEVICES));
        return gpu;
    }

    private static Spread spread(JsonValue value) {
        if (value.node().isTextual()) {
            if (value.text().equals("hostname")) return new Spread.OnePerNode();
            throw value.wrong(
                    "(%s) must be \"hostname\" or an object with topologyKey and maxSkew".formatted(value.text()));
        }
        JsonObject object = value.object();
        JsonValue key = object.required("topologyKey");
        Spread.Domain domain = switch (key.text()) {
            case "kubernetes.io/hostname" -> Spread.Domain.HOSTNAME;
            case "topology.kubernetes.io/zone" -> Spread.Domain.ZONE;
            default ->
                throw key.wrong(
                        "(%s) must be kubernetes.io/hostname or topology.kubernetes.io/zone".formatted(key.text()));
        };
        Spread spread = new Spread.Topology(domain, object.required("maxSkew").integer(1));
        object.end();
        return spread;
    }

    static List<NodeShape> shapes(JsonObject document, Objective objective) {
        List<NodeShape> shapes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonValue value : document.list("shapes")) {
            NodeShape shape = shape(value.object(), objective);
            if (!names.add(shape.name())) throw twice(value, "shape", shape.name());
            shapes.add(shape);
        }
        return shapes;
    }

    private static NodeShape shape(JsonObject object, Objective objective) {
        Optional<JsonObject> daemons = object.object("daemonOverhead");
        NodeShape shape = new NodeShape(
                object.required("name").text(),
                object.required("cpu").milliCores(),
                object.required("memory").bytes(),
                devices(object),
                object.optional("pods").map(value -> value.integer(0)).orElse(USUAL_PODS),
                daemons.flatMap(all -> all.optional("cpu"))
                        .map(JsonValue::milliCores)
                        .orElse(MilliCores.ZERO),
                daemons.flatMap(all -> all.optional("memory"))
                        .map(JsonValue::bytes)
                        .orElse(Bytes.ZERO),
                object.optional("zone").map(JsonValue::text),
                offer(object, objective),
                object.optional("max")
                        .map(value -> OptionalInt.of(value.integer(0)))
                        .orElse(OptionalInt.empty()));
        daemons.ifPresent(JsonObject::end);
        object.end();
        return shape;
    }

    private static NodeShape.Devices devices(JsonObject object) {
        int gpus = object.optional("gpus").map(value -> value.integer(0)).orElse(0);
        int replicas =
                object.optional("gpuReplicas").map(value -> value.integer(1)).orElse(1);
        if ((long) gpus * replicas > MOST_DEVICES)
            throw object.wrong(
                    "gpus", "(%d of %d replicas) must be at most %d".formatted(gpus, replicas, MOST_DEVICES));
        return new NodeShape.Devices(gpus, object.optional("gpuModel").map(JsonValue::text), replicas);
    }

    /** A price may be left out only where nodes are counted. */
    private static Offer offer(JsonObject object, Objective objective) {
        BigDecimal price = switch (objective) {
            case COST -> object.required("price").amount();
            case NODES -> object.optional("price").map(JsonValue::amount).orElse(BigDecimal.ZERO);
        };
        return new Offer(
                price,
                object.optional("spotPrice").map(JsonValue::amount),
                object.optional("reclaimPerHour").map(JsonValue::amount).orElse(BigDecimal.ZERO));
    }

    private RunningNode node(JsonObject object, List<NodeShape> shapes) {
        JsonValue shape = object.required("shape");
        Optional<NodeShape> known =
                shapes.stream().filter(one -> one.name().equals(shape.text())).findFirst();
        if (known.isEmpty()) throw shape.wrong("(%s) is not among the shapes".formatted(shape.text()));
        int devices = known.get().devices().advertised();
        List<RunningPod> pods = new ArrayList<>();
        for (JsonValue value : object.list("pods")) pods.add(runningPod(value.object(), devices));
        RunningNode node = new RunningNode(object.required("name").text(), shape.text(), pods);
        object.end();
        return node;
    }

    private RunningPod runningPod(JsonObject object, int devices) {
        PodGroup pod = pod(object);
        long gpuMilli = pod.requested().gpu().value();
        Optional<JsonValue> device = object.optional("device");
        boolean share = gpuMilli > 0 && gpuMilli < DEVICE_MILLI;
        if (share && device.isEmpty()) throw object.wrong("device", "is required for a share of a GPU");
        if (device.isPresent() && (gpuMilli == 0 || gpuMilli > DEVICE_MILLI))
            throw object.wrong(
                    "device",
                    "is for a share of one GPU; gpu is %s"
                            .formatted(pod.requested().gpu()));
        device.filter(value -> value.integer(0) >= devices).ifPresent(value -> {
            throw value.wrong("(%d) must be below the %d devices of the node".formatted(value.integer(0), devices));
        });
        object.end();
        return new RunningPod(
                pod, device.map(value -> OptionalInt.of(value.integer(0))).orElse(OptionalInt.empty()));
    }

    /** Whether the node can hold what runs on it: asked of the packer, with nothing to place. */
    private static void checked(JsonValue value, RunningNode node, List<NodeShape> shapes) {
        List<NodeShape> its = shapes.stream()
                .filter(shape -> shape.name().equals(node.shape()))
                .toList();
        try {
            Packer.pack(new PackingProblem(List.of(), List.of(node), its, Objective.NODES, 0));
        } catch (IllegalArgumentException e) {
            throw value.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static EvaluateException twice(JsonValue value, String what, String name) {
        return value.wrong("is a second %s %s".formatted(what, name));
    }
}
