package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.DeviceSlice;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.NodeClaim;
import io.trimtab.ingest.model.NodePool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What makes nodes, and what devices they bring; a cluster may have none of these kinds. */
final class SupplyMapping {
    /** @see "Karpenter documentation, NodePools and NodeClaims" */
    static final ResourceDefinitionContext NODE_POOLS =
            CustomKind.definition("karpenter.sh", "v1", "nodepools", "NodePool", false);

    static final ResourceDefinitionContext NODE_CLAIMS =
            CustomKind.definition("karpenter.sh", "v1", "nodeclaims", "NodeClaim", false);

    /** Of Cluster API 1.11 and newer. */
    static final ResourceDefinitionContext MACHINE_DEPLOYMENTS =
            CustomKind.definition("cluster.x-k8s.io", "v1beta2", "machinedeployments", "MachineDeployment", true);

    /** Of Kubernetes 1.34 and newer. */
    static final ResourceDefinitionContext RESOURCE_SLICES =
            CustomKind.definition("resource.k8s.io", "v1", "resourceslices", "ResourceSlice", false);

    private SupplyMapping() {}

    static NodePool nodePool(GenericKubernetesResource it) {
        return new NodePool(
                it.getKind(),
                "",
                it.getMetadata().getName(),
                it.get("spec", "replicas") instanceof Integer count ? Optional.of(count) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new CpuAndMemory(
                        amount(it, MilliCores::parse, "spec", "limits", "cpu"),
                        amount(it, Bytes::parse, "spec", "limits", "memory")),
                it.get("spec", "weight") instanceof Integer weight ? Optional.of(weight) : Optional.empty(),
                DisruptionMapping.disruption(it));
    }

    static NodePool machineDeployment(GenericKubernetesResource it) {
        return new NodePool(
                it.getKind(),
                it.getMetadata().getNamespace(),
                it.getMetadata().getName(),
                it.get("spec", "replicas") instanceof Integer count ? Optional.of(count) : Optional.empty(),
                size(it, "min"),
                size(it, "max"),
                CpuAndMemory.NONE);
    }

    static NodeClaim nodeClaim(GenericKubernetesResource it) {
        Map<String, String> labels = PodMapping.orEmpty(it.getMetadata().getLabels());
        return new NodeClaim(
                it.getMetadata().getName(),
                labels.getOrDefault(Node.KARPENTER_POOL, ""),
                text(it.get("status", "nodeName")),
                DisruptionMapping.life(it));
    }

    static DeviceSlice resourceSlice(GenericKubernetesResource it) {
        return new DeviceSlice(
                it.getMetadata().getName(),
                text(it.get("spec", "driver")),
                text(it.get("spec", "pool", "name")),
                it.get("spec", "pool", "generation") instanceof Number number ? number.longValue() : 0,
                text(it.get("spec", "nodeName")),
                it.get("spec", "devices") instanceof List<?> devices ? devices.size() : 0);
    }

    /** @see "Cluster Autoscaler documentation, clusterapi provider: Enabling Autoscaling" */
    private static Optional<Integer> size(GenericKubernetesResource it, String which) {
        return Optional.ofNullable(PodMapping.orEmpty(it.getMetadata().getAnnotations())
                        .get("cluster.x-k8s.io/cluster-api-autoscaler-node-group-%s-size".formatted(which)))
                .map(Integer::valueOf);
    }

    /** YAML has quantities as numbers, too. */
    private static <A> Optional<A> amount(GenericKubernetesResource it, Function<String, A> parse, Object... path) {
        return Optional.ofNullable(it.<Object>get(path)).map(String::valueOf).map(parse);
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}
