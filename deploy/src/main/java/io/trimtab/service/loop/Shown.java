package io.trimtab.service.loop;

import io.trimtab.ingest.model.Mode;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.service.nodes.NodesRendering;
import io.trimtab.service.view.CostsView;
import io.trimtab.service.view.FiguresView;
import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.OverviewView;
import io.trimtab.service.view.PolicyView;
import io.trimtab.service.view.RecommendationView;
import io.trimtab.service.view.Requests;
import io.trimtab.service.view.WorkloadView;
import java.util.List;
import java.util.function.Function;

/** What is shown of one report. Each part is made once, when it is first asked for: who asks for recommendations does not wait for the nodes' pods. */
final class Shown {
    private final CycleReport report;
    private final Once<List<RecommendationView>> recommendations;
    private final Once<List<WorkloadView>> workloads;
    private final Once<List<PolicyView>> policies;
    private final Once<NodesView> nodes;
    private final Once<NodesView> nodesAsRecommended;
    private final Once<CostsView> costs;
    private final Once<OverviewView> overview;
    private final Once<FiguresView> figures;

    /** @param bases shows what a round's recommendations rest on */
    Shown(
            CycleReport report,
            Rendering rendering,
            NodesRendering nodes,
            RecommendationRendering advice,
            Function<CycleReport, BasisRendering> bases,
            Mode mode,
            boolean simulated) {
        Once<PolicyRendering> governed = new Once<>(() -> new PolicyRendering(report, mode));
        this.report = report;
        this.recommendations = new Once<>(() -> advice.of(report, governed.get(), bases.apply(report)));
        this.workloads = new Once<>(() -> rendering.workloads(report, recommendations(), governed.get()));
        this.policies = new Once<>(() -> governed.get().policies());
        this.nodes = new Once<>(() -> nodes.of(report, Requests.NOW));
        this.nodesAsRecommended = new Once<>(() -> nodes.of(report, Requests.RECOMMENDED));
        this.costs = new Once<>(() -> rendering.costs(report));
        this.overview = new Once<>(() -> rendering.overview(report, recommendations(), nodes(), costs()));
        this.figures = new Once<>(() -> new FiguresView(simulated, overview(), costs(), nodes(), Figures.of(report)));
    }

    CycleReport report() {
        return report;
    }

    List<RecommendationView> recommendations() {
        return recommendations.get();
    }

    List<WorkloadView> workloads() {
        return workloads.get();
    }

    List<PolicyView> policies() {
        return policies.get();
    }

    NodesView nodes() {
        return nodes.get();
    }

    NodesView nodesAsRecommended() {
        return nodesAsRecommended.get();
    }

    CostsView costs() {
        return costs.get();
    }

    OverviewView overview() {
        return overview.get();
    }

    FiguresView figures() {
        return figures.get();
    }
}
