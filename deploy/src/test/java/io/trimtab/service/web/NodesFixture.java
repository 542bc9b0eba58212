package io.trimtab.service.web;

import io.trimtab.service.view.MoneyChange;
import io.trimtab.service.view.NodeObjectView;
import io.trimtab.service.view.NodePlanView;
import io.trimtab.service.view.NodePlanView.AddedView;
import io.trimtab.service.view.NodePlanView.BudgetView;
import io.trimtab.service.view.NodePlanView.DrainView;
import io.trimtab.service.view.NodePlanView.KeptView;
import io.trimtab.service.view.NodePlanView.MoveView;
import io.trimtab.service.view.NodePlanView.RepackView;
import io.trimtab.service.view.NodePlanView.WaveView;
import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.NodesView.CostView;
import io.trimtab.service.view.NodesView.NodeView;
import io.trimtab.service.view.NodesView.PodView;
import io.trimtab.service.view.NodesView.RoomView;
import io.trimtab.service.view.ReasonView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Nodes of which the first goes, its pods in turn to the second and to one that is added. */
final class NodesFixture {
    private static final BigDecimal PRICE = BigDecimal.valueOf(73);

    private NodesFixture() {}

    static NodesView nodes(String name, int count, int pods) {
        List<NodeView> nodes = IntStream.range(0, count)
                .mapToObj(i -> node(name + "-" + i, pods))
                .toList();
        return new NodesView(nodes, List.of(), money(), 1, 0, List.of(), List.of());
    }

    private static NodeView node(String name, int pods) {
        double share = 1.0 / (2 * pods);
        return new NodeView(
                name,
                "m5.xlarge",
                "zone-a",
                "on-demand",
                "general",
                true,
                true,
                List.of(),
                new CostView(new BigDecimal("0.1"), PRICE, "USD", true, "estimated by cores, memory and GPUs", null),
                new RoomView("4", "4", "2", "1", 0.5, 0.25),
                new RoomView("16Gi", "15Gi", "8Gi", null, 0.5, null),
                new RoomView("2", "2", "1", null, 0.5, null),
                2,
                58,
                IntStream.range(0, pods)
                        .mapToObj(i -> new PodView(
                                "shop", name + "-pod-" + i, "100m", "1Gi", "0", share, share, 0, i == pods - 1))
                        .toList());
    }

    static NodePlanView plan(NodesView nodes, Instant at) {
        NodeView first = nodes.nodes().getFirst();
        NodeView second = nodes.nodes().get(1);
        List<PodView> moving =
                first.pods().stream().filter(pod -> !pod.daemon()).toList();
        List<MoveView> moves = IntStream.range(0, moving.size())
                .mapToObj(i -> move(moving.get(i), i % 2 == 0 ? second.name() : "+0"))
                .toList();
        List<KeptView> kept = nodes.nodes().stream()
                .skip(1)
                .map(node -> new KeptView(
                        node.name(),
                        new ReasonView("TooLittleRoom", "why " + node.name()),
                        Map.of("free", "1"),
                        node == second ? BigDecimal.ZERO : PRICE))
                .toList();
        return new NodePlanView(
                at,
                "",
                nodes.nodes().size(),
                nodes.nodes().size(),
                money(),
                0.1,
                0.2,
                new RepackView(3, 2, 0.5, PRICE),
                List.of(new AddedView("+0", "m5.large spot", "spot", PRICE)),
                List.of(new WaveView(1, 1, moves.size(), PRICE, List.of(new BudgetView("shop/" + first.name(), 2, 1)))),
                List.of(new DrainView(1, 1, first.name(), PRICE, moves)),
                kept,
                List.of(
                        new NodeObjectView(
                                "autoscaling.x-k8s.io/v1beta1",
                                "CapacityBuffer",
                                "shop",
                                "trimtab-deployment-web",
                                "keeps room for 2 pods more of shop/Deployment/web",
                                "kind: CapacityBuffer\n"),
                        new NodeObjectView(
                                "karpenter.sh/v1",
                                "NodePool",
                                "",
                                "general",
                                "pool general has weight 2",
                                "kind: NodePool\n")),
                List.of());
    }

    private static MoveView move(PodView pod, String to) {
        return new MoveView(
                pod.namespace(),
                pod.name(),
                to,
                pod.cpu(),
                pod.memory(),
                pod.gpu(),
                pod.cpuShare(),
                pod.memoryShare(),
                pod.gpuShare());
    }

    private static MoneyChange money() {
        return new MoneyChange(BigDecimal.TEN, BigDecimal.ONE, BigDecimal.valueOf(9), "USD");
    }
}
