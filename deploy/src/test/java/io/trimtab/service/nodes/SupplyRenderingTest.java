package io.trimtab.service.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.NamespaceLimits;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.NodeClaim;
import io.trimtab.ingest.model.NodePool;
import io.trimtab.ingest.model.NodeSupply;
import io.trimtab.service.view.NodesView.PoolView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SupplyRenderingTest {
    private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void showsPoolsThatAreObjectsThenThoseThatNodesName() {
        var supply = new NodeSupply(
                List.of(
                        new NodePool(
                                "NodePool",
                                "",
                                "general",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                new CpuAndMemory(
                                        Optional.of(MilliCores.parse("100")), Optional.of(Bytes.parse("1Gi")))),
                        new NodePool(
                                "MachineDeployment",
                                "fleet",
                                "md-0",
                                Optional.of(4),
                                Optional.of(1),
                                Optional.of(9),
                                CpuAndMemory.NONE)),
                List.of(new NodeClaim("a", "general", "")),
                List.of());
        var snapshot = new ClusterSnapshot(
                AT,
                List.of(),
                List.of(),
                List.of(node("a", "general"), node("b", "general"), node("c", "managed"), node("d", "")),
                List.of(),
                List.of(),
                List.of(),
                supply,
                NamespaceLimits.NONE,
                true);
        assertThat(SupplyRendering.pools(snapshot))
                .containsExactly(
                        new PoolView(
                                "MachineDeployment", "md-0", 0, 0, List.of("replicas: 4", "at least: 1", "at most: 9")),
                        new PoolView("NodePool", "general", 2, 1, List.of("in sum at most: cpu 100, memory 1Gi")),
                        new PoolView("", "managed", 1, 0, List.of()));
        assertThat(SupplyRendering.devices(Map.of("gpu.example.com", 2))).containsExactly("2 of gpu.example.com");
    }

    private static Node node(String name, String pool) {
        return new Node(
                name,
                "m5.large",
                "r",
                "z",
                CapacityType.ON_DEMAND,
                Resources.ZERO,
                Resources.ZERO,
                110,
                true,
                true,
                Map.of(),
                AT,
                pool,
                List.of(),
                Map.of());
    }
}
