package io.trimtab.service.nodes;

import io.trimtab.ingest.model.Pod;
import io.trimtab.recommend.nodeobjects.NodeObject;
import io.trimtab.recommend.nodeobjects.NodeObject.Buffer;
import io.trimtab.recommend.nodeobjects.NodeObject.DeletionCost;
import io.trimtab.recommend.nodeobjects.NodeObject.MachineMark;
import io.trimtab.recommend.nodeobjects.NodeObject.MachineReplicas;
import io.trimtab.recommend.nodeobjects.NodeObject.PoolWeight;
import io.trimtab.recommend.nodeobjects.NodeObject.PriceOverlay;
import io.trimtab.recommend.nodeobjects.NodeObject.SharingOverlay;
import io.trimtab.service.view.NodeObjectView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The objects in their own form. What Trimtab alone says is a whole object; of what somebody else has made it says the one field or annotation, which a server-side apply adds.
 *
 * @see "CustomResourceDefinitions of Karpenter 1.14 (CapacityBuffer, NodeOverlay, NodePool) and of Cluster API 1.14 (MachineDeployment, Machine)"
 */
final class NodeObjectForm {
    private static final String KARPENTER = "karpenter.sh/";
    private static final String CLUSTER_API = "cluster.x-k8s.io/v1beta2";
    private static final String DELETE_MACHINE = "cluster.x-k8s.io/delete-machine";
    private static final String INSTANCE_TYPE = "node.kubernetes.io/instance-type";
    private static final Map<String, Object> OURS = Map.of("app.kubernetes.io/managed-by", "trimtab");

    private NodeObjectForm() {}

    static NodeObjectView of(NodeObject object) {
        Written written = written(object);
        String says = NodeObjectWords.explain(object);
        return new NodeObjectView(
                written.apiVersion,
                written.kind,
                written.namespace,
                written.name,
                says,
                "# %s\n%s".formatted(says, new Yaml(style()).dump(written.document())));
    }

    private static DumperOptions style() {
        DumperOptions style = new DumperOptions();
        style.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        style.setSplitLines(false);
        return style;
    }

    /** @param more what is said beside the name: of the metadata, or the whole spec */
    private record Written(
            String apiVersion,
            String kind,
            String namespace,
            String name,
            Map<String, Object> metadata,
            Map<String, Object> more) {
        Map<String, Object> document() {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("name", name);
            if (!namespace.isEmpty()) all.put("namespace", namespace);
            all.putAll(metadata);
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("apiVersion", apiVersion);
            document.put("kind", kind);
            document.put("metadata", all);
            if (!more.isEmpty()) document.put("spec", more);
            return document;
        }
    }

    private static Written written(NodeObject object) {
        return switch (object) {
            case Buffer it -> buffer(it);
            case PriceOverlay it ->
                overlay(
                        ObjectNames.of(
                                "price", it.instanceType(), it.capacityType().label()),
                        List.of(
                                in(INSTANCE_TYPE, it.instanceType()),
                                in(
                                        KARPENTER + "capacity-type",
                                        it.capacityType().label())),
                        "price",
                        it.perHour().stripTrailingZeros().toPlainString());
            case SharingOverlay it ->
                overlay(
                        ObjectNames.of("sharing", it.pool(), it.instanceType()),
                        List.of(in(INSTANCE_TYPE, it.instanceType()), in(KARPENTER + "nodepool", it.pool())),
                        "capacity",
                        Map.of(it.resource(), String.valueOf(it.devices())));
            case PoolWeight it ->
                new Written(KARPENTER + "v1", "NodePool", "", it.pool(), Map.of(), Map.of("weight", it.weight()));
            case DeletionCost it ->
                new Written(
                        "v1",
                        "Pod",
                        it.pod().namespace(),
                        it.pod().name(),
                        annotated(Pod.DELETION_COST, String.valueOf(it.cost())),
                        Map.of());
            case MachineMark it ->
                new Written(
                        CLUSTER_API,
                        "Machine",
                        it.namespace(),
                        it.machine(),
                        annotated(DELETE_MACHINE, "yes"),
                        Map.of());
            case MachineReplicas it ->
                new Written(
                        CLUSTER_API,
                        "MachineDeployment",
                        it.namespace(),
                        it.name(),
                        Map.of(),
                        Map.of("replicas", it.replicas()));
        };
    }

    private static Written buffer(Buffer buffer) {
        Map<String, Object> workload = new LinkedHashMap<>();
        workload.put("apiGroup", "apps");
        workload.put("kind", buffer.workload().kind());
        workload.put("name", buffer.workload().name());
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("provisioningStrategy", "buffer.x-k8s.io/active-capacity");
        spec.put("scalableRef", workload);
        spec.put("replicas", buffer.pods());
        return new Written(
                "autoscaling.x-k8s.io/v1beta1",
                "CapacityBuffer",
                buffer.workload().namespace(),
                ObjectNames.of(buffer.workload().kind(), buffer.workload().name()),
                Map.of("labels", OURS),
                spec);
    }

    private static Written overlay(String name, List<Map<String, Object>> requirements, String field, Object value) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("requirements", requirements);
        spec.put(field, value);
        return new Written(KARPENTER + "v1alpha1", "NodeOverlay", "", name, Map.of("labels", OURS), spec);
    }

    private static Map<String, Object> in(String label, String value) {
        Map<String, Object> requirement = new LinkedHashMap<>();
        requirement.put("key", label);
        requirement.put("operator", "In");
        requirement.put("values", List.of(value));
        return requirement;
    }

    private static Map<String, Object> annotated(String name, String value) {
        return Map.of("annotations", Map.of(name, value));
    }
}
