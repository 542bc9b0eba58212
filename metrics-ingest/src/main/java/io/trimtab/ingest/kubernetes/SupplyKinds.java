package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.ingest.model.DeviceSlice;
import io.trimtab.ingest.model.NodeClaim;
import io.trimtab.ingest.model.NodePool;
import io.trimtab.ingest.model.NodeSupply;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The kinds that nodes come from. */
record SupplyKinds(
        CustomKind<NodePool> nodePools,
        CustomKind<NodePool> machineDeployments,
        CustomKind<NodeClaim> nodeClaims,
        CustomKind<DeviceSlice> resourceSlices) {
    static SupplyKinds of(KubernetesClient client, InstantSource clock) {
        return new SupplyKinds(
                new CustomKind<>(client, SupplyMapping.NODE_POOLS, clock, SupplyMapping::nodePool),
                new CustomKind<>(client, SupplyMapping.MACHINE_DEPLOYMENTS, clock, SupplyMapping::machineDeployment),
                new CustomKind<>(client, SupplyMapping.NODE_CLAIMS, clock, SupplyMapping::nodeClaim),
                new CustomKind<>(client, SupplyMapping.RESOURCE_SLICES, clock, SupplyMapping::resourceSlice));
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
}
