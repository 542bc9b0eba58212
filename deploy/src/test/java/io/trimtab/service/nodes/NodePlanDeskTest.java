package io.trimtab.service.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Money;
import io.trimtab.forecast.Outlooks;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Mode;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.SourceHealth;
import io.trimtab.recommend.plan.Planner;
import io.trimtab.recommend.replay.SimulatedCluster;
import io.trimtab.recommend.replay.SimulatedClusterSpec;
import io.trimtab.service.view.NodeDecisions;
import io.trimtab.service.view.NodePlanView;
import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.Requests;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodePlanDeskTest {
    private static final PriceBook BOOK = PriceBook.shipped();
    private static final ClusterSnapshot CLUSTER = cluster(60, 25);

    @Test
    void whoAsksWaitsForThePlanOfTheRound() {
        NodePlanView plan =
                new NodePlanDesk(BOOK, Requests.NOW, Outlooks.NONE, Duration.ofMinutes(1)).plan(report(CLUSTER));

        assertThat(plan.at()).isEqualTo(CLUSTER.at());
        assertThat(plan.drains()).isNotEmpty();
        assertThat(plan.perMonth().before().subtract(plan.perMonth().saving()))
                .isEqualByComparingTo(plan.perMonth().after());
        assertThat(plan)
                .isEqualTo(new NodePlanDesk(BOOK, Requests.NOW, Outlooks.NONE, Duration.ofMinutes(1))
                        .plan(report(CLUSTER)));
    }

    @Test
    void whoCannotWaitGetsWhatThereIs() throws Exception {
        NodePlanDesk desk = new NodePlanDesk(BOOK, Requests.NOW, Outlooks.NONE, Duration.ZERO);
        CycleReport first = report(cluster(300, 150));

        assertThat(desk.plan(first).trouble()).contains("being made");
        while (desk.plan(first).at() == null) Thread.sleep(20);

        CycleReport second = report(later(CLUSTER));
        assertThat(desk.plan(second).at()).isEqualTo(first.at());
        while (!second.at().equals(desk.plan(second).at())) Thread.sleep(20);
    }

    @Test
    void whereNothingIsKnownNothingIsPlanned() {
        NodePlanDesk desk = new NodePlanDesk(BOOK, Requests.NOW, Outlooks.NONE, Duration.ofMinutes(1));
        var unknown = new ClusterSnapshot(
                CLUSTER.at(),
                CLUSTER.workloads(),
                CLUSTER.pods(),
                CLUSTER.nodes(),
                List.of(),
                List.of(),
                List.of(),
                false);

        assertThat(desk.plan(report(unknown)).trouble()).contains("disruption budgets");
        assertThat(desk.plan(new CycleReport(
                                CLUSTER.at(), Optional.empty(), List.of(), SourceHealth.UNASKED, SourceHealth.UNASKED))
                        .trouble())
                .contains("/status");
    }

    @Test
    void everyNodeIsDecidedAndEveryPodOfADrainedOneGoesSomewhere() {
        CycleReport report = report(CLUSTER);
        NodesView nodes = new NodesRendering(BOOK).of(report, Requests.NOW);
        NodePlanView plan = new NodePlanDesk(BOOK, Requests.NOW, Outlooks.NONE, Duration.ofMinutes(1)).plan(report);
        NodeDecisions decisions = new NodeDecisions(plan);

        assertThat(nodes.nodes()).allSatisfy(node -> {
            assertThat(decisions.of(node.name())).isPresent();
            decisions
                    .drain(node.name())
                    .ifPresent(drain -> assertThat(drain.moves())
                            .hasSameSizeAs(node.pods().stream()
                                    .filter(pod -> !pod.daemon())
                                    .toList()));
            assertThat(node.cpu().requestedShare())
                    .isCloseTo(
                            node.pods().stream()
                                    .mapToDouble(NodesView.PodView::cpuShare)
                                    .sum(),
                            within(1e-9));
        });
        assertThat(plan.kept()).allSatisfy(kept -> {
            assertThat(kept.reason().message()).containsPattern("[0-9]");
            assertThat(kept.savesPerMonth()).isGreaterThanOrEqualTo(BigDecimal.ZERO);
        });
    }

    private static ClusterSnapshot cluster(int workloads, int nodes) {
        var cluster = new SimulatedCluster(
                SimulatedClusterSpec.sized(workloads, nodes),
                (type, capacityType) -> Money.of(BigDecimal.ONE, Money.USD, RoundingMode.CEILING));
        Instant at = cluster.clock().instant().plus(Duration.ofHours(6));
        cluster.advanceTo(at);
        try {
            return cluster.snapshot(at);
        } catch (IngestException e) {
            throw new AssertionError("the simulated cluster always answers", e);
        }
    }

    private static ClusterSnapshot later(ClusterSnapshot snapshot) {
        return new ClusterSnapshot(
                snapshot.at().plusSeconds(60),
                snapshot.workloads(),
                snapshot.pods(),
                snapshot.nodes(),
                snapshot.autoscalers());
    }

    private static CycleReport report(ClusterSnapshot snapshot) {
        var plan = new Planner(BOOK, Mode.OBSERVE).plan(snapshot, List.of());
        return new CycleReport(
                snapshot.at(),
                Optional.of(new CycleReport.Decision(snapshot, List.of(), plan)),
                List.of(),
                SourceHealth.UNASKED,
                SourceHealth.UNASKED);
    }
}
