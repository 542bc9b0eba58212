package io.trimtab.service.evaluate;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.recommend.consolidation.ClusterNode;
import io.trimtab.recommend.consolidation.ConsolidationProblem;
import io.trimtab.recommend.consolidation.ConsolidationProblem.Policy;
import io.trimtab.recommend.consolidation.ConsolidationProblem.Terms;
import io.trimtab.recommend.consolidation.NodePod;
import io.trimtab.recommend.nodes.PackingProblem.Objective;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a document of kind {@code consolidate}. */
final class ConsolidateReader {
    private static final double USUAL_THRESHOLD = 0.5;
    private static final int MOST_GPUS = 4096;

    private final Map<String, Integer> allowed = new HashMap<>();
    private final Set<String> podNames = new HashSet<>();

    private ConsolidateReader() {}

    static ConsolidationProblem read(JsonObject document) {
        return new ConsolidateReader().problem(document);
    }

    private ConsolidationProblem problem(JsonObject document) {
        Terms terms = terms(document);
        for (JsonValue value : document.list("pdbs")) disruptionBudget(value.object());
        List<ClusterNode> nodes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonValue value : document.list("nodes")) {
            nodes.add(node(value.object()));
            String name = nodes.getLast().name();
            if (!names.add(name)) throw value.wrong("is a second node " + name);
        }
        var problem = new ConsolidationProblem(
                document.required("now").instant(), terms, nodes, allowed, PackReader.shapes(document, Objective.COST));
        document.end();
        return problem;
    }

    private static Terms terms(JsonObject document) {
        double threshold = document.optional("threshold")
                .map(value -> {
                    BigDecimal share = value.amount();
                    if (share.compareTo(BigDecimal.ONE) > 0) throw value.wrong("(%s) must be in 0..1".formatted(share));
                    return share.doubleValue();
                })
                .orElse(USUAL_THRESHOLD);
        return new Terms(
                document.optional("policy").map(ConsolidateReader::policy).orElse(Policy.TRIMTAB),
                threshold,
                document.optional("ignoreDaemonSets").map(JsonValue::bool).orElse(false),
                document.optional("spotToSpot").map(JsonValue::bool).orElse(false),
                document.optional("consolidateAfter").map(JsonValue::duration).orElse(Duration.ZERO),
                document.list("budgets").stream()
                        .map(value -> NodeBudgetReader.read(value.object()))
                        .toList());
    }

    private static Policy policy(JsonValue value) {
        return switch (value.text()) {
            case "trimtab" -> Policy.TRIMTAB;
            case "cluster-autoscaler" -> Policy.CLUSTER_AUTOSCALER;
            case "karpenter" -> Policy.KARPENTER;
            default ->
                throw value.wrong("(%s) must be trimtab, cluster-autoscaler or karpenter".formatted(value.text()));
        };
    }

    private void disruptionBudget(JsonObject object) {
        JsonValue name = object.required("name");
        if (allowed.put(name.text(), object.required("allowed").integer(0)) != null)
            throw name.wrong("(%s) is the name of another pdb".formatted(name.text()));
        object.end();
    }

    private ClusterNode node(JsonObject object) {
        JsonObject allocatable = object.required("allocatable").object();
        Resources resources = new Resources(
                allocatable.required("cpu").milliCores(),
                allocatable.required("memory").bytes(),
                allocatable.optional("gpu").map(ConsolidateReader::gpus).orElse(GpuMilli.ZERO));
        int most = allocatable.optional("pods").map(value -> value.integer(0)).orElse(PackReader.USUAL_PODS);
        allocatable.end();
        ClusterNode node = new ClusterNode(
                object.required("name").text(),
                object.optional("shape").map(JsonValue::text).orElse(""),
                object.required("price").amount(),
                object.optional("capacityType")
                        .map(ConsolidateReader::capacityType)
                        .orElse(CapacityType.ON_DEMAND),
                resources,
                most,
                annotations(object),
                false,
                object.optional("emptySince").map(JsonValue::instant),
                object.optional("lastPodEvent").map(JsonValue::instant),
                object.list("pods").stream().map(value -> pod(value.object())).toList());
        object.end();
        return node;
    }

    private static CapacityType capacityType(JsonValue value) {
        for (CapacityType type : CapacityType.values()) if (type.label().equals(value.text())) return type;
        throw value.wrong("(%s) must be on-demand or spot".formatted(value.text()));
    }

    private static GpuMilli gpus(JsonValue value) {
        GpuMilli gpus = value.gpuMilli();
        if (gpus.value() % 1000 != 0) throw value.wrong("(%s) must be whole GPUs".formatted(gpus));
        if (gpus.value() > MOST_GPUS * 1000L) throw value.wrong("(%s) must be at most %d".formatted(gpus, MOST_GPUS));
        return gpus;
    }

    private static Map<String, String> annotations(JsonObject object) {
        Map<String, String> annotations = new HashMap<>();
        object.object("annotations")
                .ifPresent(all -> all.names()
                        .forEach(
                                name -> annotations.put(name, all.required(name).text())));
        return annotations;
    }

    private NodePod pod(JsonObject object) {
        JsonValue name = object.required("name");
        String namespace = object.optional("namespace").map(JsonValue::text).orElse("default");
        if (!podNames.add(namespace + "/" + name.text()))
            throw name.wrong("(%s/%s) is the name of another pod".formatted(namespace, name.text()));
        Optional<JsonValue> budget = object.optional("pdb");
        budget.filter(value -> !allowed.containsKey(value.text())).ifPresent(value -> {
            throw value.wrong("(%s) is not among the pdbs".formatted(value.text()));
        });
        // A kind alone, or a kind and a name.
        Optional<String> owner =
                object.optional("owner").map(value -> value.text().split("/", 2)[0]);
        boolean daemon =
                object.optional("daemon").map(JsonValue::bool).orElse(false) || owner.equals(Optional.of("DaemonSet"));
        NodePod pod = new NodePod(
                namespace,
                name.text(),
                owner,
                object.object("requests").map(ConsolidateReader::requests).orElse(Resources.ZERO),
                budget.map(JsonValue::text),
                annotations(object),
                object.optional("localStorage").map(JsonValue::bool).orElse(false),
                daemon,
                object.optional("age").map(JsonValue::duration),
                object.optional("restart").map(JsonValue::duration).orElse(NodePod.USUAL_RESTART),
                Optional.empty(),
                Optional.empty(),
                true);
        object.end();
        return pod;
    }

    private static Resources requests(JsonObject object) {
        Resources requests = new Resources(
                object.optional("cpu").map(JsonValue::milliCores).orElse(MilliCores.ZERO),
                object.optional("memory").map(JsonValue::bytes).orElse(Bytes.ZERO),
                object.optional("gpu").map(PackReader::gpu).orElse(GpuMilli.ZERO));
        object.end();
        return requests;
    }
}
