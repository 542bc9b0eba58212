package io.trimtab.service.loop;

import io.trimtab.actuate.kubernetes.PolicyStatusWriter;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.forecast.AccuracyOverview;
import io.trimtab.forecast.NamespacesAndPools;
import io.trimtab.forecast.Outlooks;
import io.trimtab.forecast.Scope;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.model.WorkloadState;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.SourceHealth;
import io.trimtab.service.Version;
import io.trimtab.service.loop.KeptRecommendations.Decided;
import io.trimtab.service.nodes.NodePlanDesk;
import io.trimtab.service.nodes.NodesRendering;
import io.trimtab.service.state.Section;
import io.trimtab.service.view.CostsView;
import io.trimtab.service.view.EvidenceView;
import io.trimtab.service.view.FiguresView;
import io.trimtab.service.view.ForecastView;
import io.trimtab.service.view.JointForecastView;
import io.trimtab.service.view.NodePlanView;
import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.OverviewView;
import io.trimtab.service.view.PolicyView;
import io.trimtab.service.view.RecommendationView;
import io.trimtab.service.view.Requests;
import io.trimtab.service.view.RuntimeUsageView;
import io.trimtab.service.view.StateView;
import io.trimtab.service.view.StatusView;
import io.trimtab.service.view.Views;
import io.trimtab.service.view.WorkloadDetailView;
import io.trimtab.service.view.WorkloadView;
import io.trimtab.service.view.ZeroView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows the loop's last report; what is made of a report is made once. */
final class LiveViews implements Views {
    private final Supplier<Optional<CycleReport>> reports;
    private final Cluster cluster;
    private final Mode mode;
    private final SelfMetrics metrics;
    private final Supplier<List<ZeroView>> zero;
    private final Supplier<StateView> state;
    private final Outlooks outlooks;
    private final Rendering rendering;
    private final NodesRendering nodes;
    private final Map<Requests, NodePlanDesk> nodePlans;
    private final RecommendationRendering advice;
    private final Origin origin;
    private final EvidenceReader evidence;
    private final RuntimeUsageDesk runtimeUsage;
    private final KeptRecommendations kept;
    private Optional<Shown> shown = Optional.empty();

    LiveViews(
            Supplier<Optional<CycleReport>> reports,
            Cluster cluster,
            PriceBook prices,
            Mode mode,
            SelfMetrics metrics,
            Supplier<List<ZeroView>> zero,
            Supplier<StateView> state,
            Outlooks outlooks,
            AdviceLog advice,
            Origin origin) {
        this.reports = reports;
        this.cluster = cluster;
        this.mode = mode;
        this.metrics = metrics;
        this.zero = zero;
        this.state = state;
        this.outlooks = outlooks;
        this.rendering = new Rendering();
        this.nodes = new NodesRendering(prices);
        this.nodePlans = Stream.of(Requests.values())
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), it -> new NodePlanDesk(prices, it, outlooks)));
        this.advice = new RecommendationRendering(advice::advice);
        this.origin = origin;
        this.evidence = new EvidenceReader(cluster);
        this.runtimeUsage = new RuntimeUsageDesk(cluster.runtimeUsage());
        this.kept = new KeptRecommendations(cluster.inventoryAddress());
    }

    @Override
    public OverviewView overview() {
        return shown().overview();
    }

    @Override
    public List<RecommendationView> recommendations() {
        return decided().map(Decided::list).orElse(List.of());
    }

    @Override
    public Optional<Instant> decidedAt() {
        return decided().map(Decided::at);
    }

    /** What a process before this one showed, until a round of this one has decided. */
    private Optional<Decided> decided() {
        if (!ready()) return kept.get();
        kept.forget();
        return now();
    }

    private Optional<Decided> now() {
        Shown now = shown();
        return now.report()
                .decision()
                .map(_ -> new Decided(cluster.inventoryAddress(), now.report().at(), now.recommendations()));
    }

    /** Keeps what is shown over a restart. */
    Section section() {
        return kept.section(this::now);
    }

    @Override
    public Optional<EvidenceView> evidence(String recommendationId) {
        Shown now = shown();
        return now.recommendations().stream()
                .filter(view -> view.id().equals(recommendationId))
                .findFirst()
                .map(view -> evidence.read(view, now.report()));
    }

    @Override
    public List<WorkloadView> workloads() {
        return shown().workloads();
    }

    @Override
    public Optional<WorkloadDetailView> workload(String id) {
        Shown now = shown();
        return parsed(id)
                .flatMap(it -> state(it, now.report()))
                .map(state -> DetailRendering.of(
                        state,
                        now.workloads().stream()
                                .filter(view -> view.id().equals(id))
                                .findFirst(),
                        now.recommendations(),
                        zero.get()));
    }

    @Override
    public Optional<RuntimeUsageView> runtimeUsage(String id) {
        return parsed(id)
                .flatMap(it -> state(it, shown().report()))
                .map(state -> runtimeUsage.read(state, cluster.clock().instant()));
    }

    @Override
    public Optional<ForecastView> forecast(String id) {
        return parsed(id)
                .flatMap(it -> state(it, shown().report()))
                .map(state -> ForecastRendering.of(
                        state.id(),
                        outlooks.outlooks(state.id()),
                        outlooks.outlooks(Scope.WORKLOAD, state.id().toString())));
    }

    @Override
    public Optional<JointForecastView> namespaceForecast(String namespace) {
        return forecast(Scope.NAMESPACE, namespace, NamespacesAndPools::namespaces);
    }

    @Override
    public Optional<JointForecastView> poolForecast(String pool) {
        return forecast(Scope.NODE_POOL, pool, NamespacesAndPools::pools);
    }

    private Optional<JointForecastView> forecast(
            Scope scope, String name, Function<ClusterSnapshot, Set<String>> names) {
        return shown().report()
                .decision()
                .filter(decision -> names.apply(decision.snapshot()).contains(name))
                .map(_ -> ForecastRendering.of(scope, name, outlooks.outlooks(scope, name)));
    }

    private static Optional<WorkloadId> parsed(String id) {
        try {
            return Optional.of(WorkloadId.parse(id));
        } catch (IllegalArgumentException none) {
            // There is no workload of such a name.
            return Optional.empty();
        }
    }

    private Optional<WorkloadState> state(WorkloadId id, CycleReport report) {
        if (cluster.states().isPresent()) return cluster.states().get().state(id);
        return report.decision()
                .flatMap(decision -> WorkloadState.of(decision.snapshot(), id, evidence.kills(id, report.at())));
    }

    @Override
    public List<PolicyView> policies() {
        return shown().policies();
    }

    @Override
    public NodesView nodes() {
        return shown().nodes();
    }

    @Override
    public NodesView nodesAsRecommended() {
        return shown().nodesAsRecommended();
    }

    @Override
    public NodePlanView nodePlan(Requests requests) {
        return Objects.requireNonNull(nodePlans.get(requests)).plan(shown().report());
    }

    @Override
    public CostsView costs() {
        return shown().costs();
    }

    @Override
    public FiguresView figures() {
        return shown().figures();
    }

    @Override
    public List<ZeroView> zero() {
        return zero.get();
    }

    @Override
    public boolean simulated() {
        return cluster.simulated();
    }

    @Override
    public boolean ready() {
        return reports.get().flatMap(CycleReport::decision).isPresent();
    }

    @Override
    public StatusView status() {
        Optional<CycleReport> report = reports.get();
        AccuracyOverview accuracy = outlooks.accuracy();
        return new StatusView(
                report.map(CycleReport::at).orElse(null),
                cluster.simulated(),
                ready(),
                mode.toString(),
                Version.current(),
                metrics.cycleCount(),
                metrics.lastStageSeconds(),
                List.of(
                        SourceRendering.source(
                                "inventory",
                                cluster.inventoryAddress(),
                                report.map(CycleReport::inventory).orElse(SourceHealth.UNASKED)),
                        SourceRendering.source(
                                "usage",
                                cluster.usageAddress(),
                                report.map(CycleReport::usage).orElse(SourceHealth.UNASKED))),
                cluster.findings().get().stream().map(SourceRendering::metric).toList(),
                origin.replicas(),
                cluster.policyStatuses().map(PolicyStatusWriter::problems).orElse(List.of()),
                accuracy.byKind().stream().map(ForecastRendering::of).toList(),
                ForecastRendering.of(accuracy.overall()),
                SourceRendering.room(accuracy.room()),
                state.get());
    }

    private BasisRendering bases(CycleReport report) {
        return new BasisRendering(report, outlooks, origin.source());
    }

    private synchronized Shown shown() {
        CycleReport report = reports.get()
                .orElseGet(() -> new CycleReport(
                        cluster.clock().instant(),
                        Optional.empty(),
                        List.of(),
                        SourceHealth.UNASKED,
                        SourceHealth.UNASKED));
        boolean current = shown.isPresent() && shown.get().report().equals(report);
        if (!current)
            shown = Optional.of(new Shown(report, rendering, nodes, advice, this::bases, mode, cluster.simulated()));
        return shown.orElseThrow();
    }
}
