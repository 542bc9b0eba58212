package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.trimtab.ingest.model.DeviceSlice;
import io.trimtab.ingest.model.NodeClaim;
import io.trimtab.ingest.model.NodePool;
import io.trimtab.ingest.model.NodeSupply;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The kinds that nodes come from. */
record SupplyKinds(
        CustomKind<NodePool> nodePools,
        CustomKind<NodePool> machineDeployments,
        CustomKind<NodeClaim> nodeClaims,
        CustomKind<DeviceSlice> resourceSlices) {
    static SupplyKinds of(KubernetesClient client, InstantSource clock) {
        return new SupplyKinds(
                kind(client, clock, SupplyMapping.NODE_POOLS, SupplyMapping::nodePool),
                kind(client, clock, SupplyMapping.MACHINE_DEPLOYMENTS, SupplyMapping::machineDeployment),
                kind(client, clock, SupplyMapping.NODE_CLAIMS, SupplyMapping::nodeClaim),
                kind(client, clock, SupplyMapping.RESOURCE_SLICES, SupplyMapping::resourceSlice));
    }

    List<CustomKind<?>> all() {
        return List.of(nodePools, machineDeployments, nodeClaims, resourceSlices);
    }

    NodeSupply supply() {
        return new NodeSupply(
                Stream.concat(nodePools.records().stream(), machineDeployments.records().stream())
                        .toList(),
                nodeClaims.records(),
                resourceSlices.records());
    }

    private static <R> CustomKind<R> kind(
            KubernetesClient client,
            InstantSource clock,
            ResourceDefinitionContext definition,
            Function<GenericKubernetesResource, R> mapping) {
        return new CustomKind<>(client, definition, clock, mapping, (before, after) -> {});
    }
}
