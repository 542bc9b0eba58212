package io.trimtab.service.bench;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.forecast.Outlooks;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.DisruptionBudget;
import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.ingest.model.NamespaceLimits;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.NodeSupply;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.consolidation.ClusterNode;
import io.trimtab.recommend.consolidation.ConsolidationProblem;
import io.trimtab.recommend.consolidation.ConsolidationProblem.Policy;
import io.trimtab.recommend.consolidation.NodePod;
import io.trimtab.recommend.consolidation.simulation.FragmentedCluster;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.SourceHealth;
import io.trimtab.recommend.plan.Planner;
import io.trimtab.service.nodes.NodePlanDesk;
import io.trimtab.service.nodes.NodesRendering;
import io.trimtab.service.view.Json;
import io.trimtab.service.view.NodeDecisions;
import io.trimtab.service.view.NodePlanView;
import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The nodes of a fragmented cluster of 1,000 nodes and 30,000 pods, in a heap of 1 GiB: their plan, and what is shown of them once that is there. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3)
@Measurement(iterations = 10)
public class NodePlanBenchmark {
    private static final PriceBook BOOK = PriceBook.shipped();
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofMinutes(5);
    private static final int PAGE = 100;

    private final CycleReport report = report(snapshot(FragmentedCluster.of(1, 1000, 30, true, Policy.TRIMTAB)));
    private final NodesRendering rendering = new NodesRendering(BOOK);
    private final NodesView nodes = rendering.of(report, Requests.NOW);
    private final NodePlanView planned = planned(report);

    @Benchmark
    public NodePlanView plan() {
        return planned(report);
    }

    private static NodePlanView planned(CycleReport report) {
        return new NodePlanDesk(BOOK, Requests.NOW, Outlooks.NONE, AS_LONG_AS_IT_TAKES).plan(report);
    }

    @Benchmark
    public NodesView show() {
        return rendering.of(report, Requests.NOW);
    }

    /** A page of nodes as REST answers it when the round has been shown before. */
    @Benchmark
    public List<byte[]> page() {
        NodeDecisions decisions = new NodeDecisions(planned);
        List<byte[]> page = new ArrayList<>();
        for (NodesView.NodeView node : nodes.nodes().subList(0, PAGE)) {
            page.add(Json.bytes(node));
            decisions.of(node.name()).map(Json::bytes).ifPresent(page::add);
        }
        return page;
    }

    private static ClusterSnapshot snapshot(ConsolidationProblem problem) {
        List<Node> nodes = new ArrayList<>();
        List<Pod> pods = new ArrayList<>();
        for (ClusterNode node : problem.nodes()) {
            nodes.add(new Node(
                    node.name(),
                    node.shape(),
                    "r",
                    "z",
                    node.capacityType(),
                    node.allocatable(),
                    node.allocatable(),
                    node.maxPods(),
                    true,
                    true,
                    Map.of(),
                    problem.now(),
                    "pool",
                    List.of(),
                    Map.of()));
            for (NodePod pod : node.pods()) pods.add(pod(pod, node.name(), problem));
        }
        List<DisruptionBudget> budgets = new ArrayList<>();
        problem.allowed()
                .forEach((name, allowed) -> budgets.add(
                        new DisruptionBudget("apps", name, LabelSelector.parse("app=" + name), "", "", allowed)));
        return new ClusterSnapshot(
                problem.now(),
                List.of(),
                pods,
                nodes,
                List.of(),
                List.of(),
                List.of(),
                NodeSupply.NONE,
                new NamespaceLimits(List.of(), List.of(), budgets),
                true);
    }

    private static Pod pod(NodePod pod, String node, ConsolidationProblem problem) {
        Requirements asked = new Requirements(
                Optional.of(pod.requested().cpu()),
                Optional.of(pod.requested().memory()),
                Optional.empty(),
                Optional.empty(),
                GpuMilli.ZERO);
        String app = pod.name().replaceFirst("-[0-9]*$", "");
        return new Pod(
                new PodId(pod.namespace(), pod.name()),
                pod.owner().map(kind -> new WorkloadId(pod.namespace(), kind, app)),
                Optional.of(node),
                PodPhase.RUNNING,
                List.of(new ContainerSpec("app", app, asked, Optional.empty(), Set.of())),
                Map.of("app", app),
                pod.annotations(),
                problem.now().minusSeconds(86_400),
                Optional.of(problem.now().minusSeconds(86_400)),
                Optional.of(problem.now().minusSeconds(86_000)),
                Optional.empty());
    }

    private static CycleReport report(ClusterSnapshot snapshot) {
        var plan = new Planner(BOOK, io.trimtab.ingest.model.Mode.OBSERVE).plan(snapshot, List.of());
        return new CycleReport(
                snapshot.at(),
                Optional.of(new CycleReport.Decision(snapshot, List.of(), plan)),
                List.of(),
                SourceHealth.UNASKED,
                SourceHealth.UNASKED);
    }
}
