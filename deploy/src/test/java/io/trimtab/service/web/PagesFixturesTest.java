package io.trimtab.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpResponse;
import io.trimtab.service.account.CostAccount;
import io.trimtab.service.budget.BudgetDesk;
import io.trimtab.service.view.Change;
import io.trimtab.service.view.CostsView;
import io.trimtab.service.view.EvidenceView;
import io.trimtab.service.view.FiguresView;
import io.trimtab.service.view.ForecastView;
import io.trimtab.service.view.JointForecastView;
import io.trimtab.service.view.MadeRecommendation;
import io.trimtab.service.view.MoneyChange;
import io.trimtab.service.view.NodePlanView;
import io.trimtab.service.view.NodesView;
import io.trimtab.service.view.OverviewView;
import io.trimtab.service.view.OverviewView.Tile;
import io.trimtab.service.view.PolicyView;
import io.trimtab.service.view.ReasonView;
import io.trimtab.service.view.RecommendationView;
import io.trimtab.service.view.Requests;
import io.trimtab.service.view.RuntimeUsageView;
import io.trimtab.service.view.StateView;
import io.trimtab.service.view.StatusView;
import io.trimtab.service.view.Views;
import io.trimtab.service.view.WorkloadDetailView;
import io.trimtab.service.view.WorkloadView;
import io.trimtab.service.view.ZeroView;
import io.trimtab.service.web.RecommendationList.Filter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages of clusters that the demo never shows: empty, stale, with hostile names, very large. */
class PagesFixturesTest {
    private static final Instant AT = Instant.parse("2026-11-02T10:00:00Z");
    private static final String HOSTILE = "<script>alert('x')</script>\"onload=\"x";
    private static final MoneyChange NOTHING =
            new MoneyChange(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, "USD");

    @Test
    void anEmptyClusterHasEveryPage() {
        for (String page : all(new Fixed(List.of(), List.of(), false)))
            assertThat(page).contains("</html>");
    }

    @Test
    void aStaleSourceIsNamedOnEveryPage() {
        String notice = "usage is stale since 10:00: nobody answers at http://127.0.0.1:9090";
        for (String page : all(new Fixed(List.of(recommendation("web", 1)), List.of(notice), false)))
            assertThat(page).contains(notice);
    }

    @Test
    void beforeTheFirstRoundKeptRecommendationsAreShownWithTheirTime() {
        PagesController pages = pages(new Fixed(List.of(recommendation("web", 1)), List.of(), false, List.of(), false));
        assertThat(body(pages.recommendations(Filter.NONE)))
                .contains("from before the restart, decided", "shop/web<", "http-equiv=\"refresh\"");
        assertThat(body(pages.overview())).doesNotContain("before the restart").contains("Learning: the first round");
    }

    @Test
    void aRealClusterHasNoBannerAndASimulatedOneHas() {
        for (String page : all(new Fixed(List.of(), List.of(), false)))
            assertThat(page).doesNotContain("class=\"banner\"");
        for (String page : all(new Fixed(List.of(), List.of(), true)))
            assertThat(page).contains("class=\"banner\"");
    }

    @Test
    void namesAreTextWhateverIsInThem() {
        for (String page : all(new Fixed(List.of(recommendation(HOSTILE, 1)), List.of(HOSTILE), false))) {
            assertThat(page).doesNotContain("<script>alert").doesNotContain("\"onload=\"");
            assertThat(page).contains("&lt;script&gt;");
        }
    }

    @Test
    void tenThousandRecommendationsAreShownFiftyAtATime() {
        List<RecommendationView> many = IntStream.range(0, 10_000)
                .mapToObj(i -> recommendation("web-" + i, i))
                .toList();
        PagesController pages = pages(new Fixed(many, List.of(), false));
        String first = body(pages.recommendations(Filter.NONE));
        assertThat(first).contains("10,000 of 10,000 recommendations", "shop/web-9999<", "shop/web-9950<", "offset=50");
        assertThat(first).doesNotContain("shop/web-9949<");
        assertThat(first.length()).isLessThan(200_000);
        assertThat(body(pages.recommendations(new Filter("", "", "", "", "", "", "", "", 9_990))))
                .contains("shop/web-0<");
        assertThat(body(pages.recommendations(new Filter("web-77", "", "", "", "", "workload", "", "", 0))))
                .contains("111 of 10,000 recommendations", "shop/web-7700<");
        assertThat(body(pages.recommendations(new Filter("", "nowhere", "", "", "", "", "", "", 0))))
                .contains("Nothing matches");
    }

    @Test
    void aRecommendationSaysItsRiskAndWhatOthersWouldAskFor() {
        RecommendationView resize = MadeRecommendation.resize(null);
        PagesController pages = pages(new Fixed(List.of(resize, recommendation("cart", 1)), List.of(), false));
        String page = body(
                pages.recommendations(new Filter("web", "", "", "app", "shop/web", "risk", "asc", resize.id(), 0)));
        assertThat(page)
                .contains(
                        "1 of 2 recommendations",
                        "killed 20% → &lt;0.01% a week",
                        "at CPU limit 0 min → 3.25 min a day",
                        "medium</span>",
                        "587m",
                        "≥ 110m",
                        "600Mi",
                        "Confidence is medium: less than a week is known.",
                        "href=\"/api/v1/recommendations/shop/Deployment/web/app/explain\"",
                        "name=\"container\" value=\"app\"",
                        "container=app&amp;policy=shop/web&amp;sort=risk&amp;order=asc");
        assertThat(body(pages.recommendations(new Filter("", "", "", "", "", "money", "", "", 0))))
                .contains("sort (money) must be one of saving, risk, riskAfter, since, workload");
    }

    @Test
    void aWorkloadSaysWhatBoundsItAndHowItsContainersEnded() {
        PagesController pages = pages(new Fixed(List.of(recommendation("web", 1)), List.of(), false));
        String page = body(pages.workload("shop/Deployment/web", false));
        assertThat(page)
                .contains(
                        "shop/web: 1 of 2 pods run",
                        "JVM: -Xmx is 512Mi",
                        "1 container end that nobody planned",
                        "OOMKilled",
                        "137",
                        "PodDisruptionBudget web",
                        "at least 1 available, 0 may be taken away now",
                        "LimitRange web",
                        "limits at most: memory 4Gi",
                        "PersistentVolumeClaim web",
                        "10Gi of ssd, not bound",
                        "PodMonitor shop/web",
                        "web_seconds",
                        "(annotation of PodMonitor shop/web)",
                        "Ask the metrics store",
                        "/workloads/shop/Deployment/web?runtimeUsage=true");
        assertThat(body(pages.workload("shop/Deployment/web", true)))
                .contains("JVM heap in use", "300Mi", "1 metric has no sample", "looked for web", "gap of web")
                .doesNotContain("Ask the metrics store");
        assertThat(body(pages(new Fixed(List.of(), List.of(), false)).workload("shop/Deployment/web", false)))
                .contains("There is no workload shop/Deployment/web now");
    }

    @Test
    void aPolicySaysWhatItGovernsAndWhatIsWrongWithIt() {
        var saving = new MoneyChange(BigDecimal.TEN, BigDecimal.ONE, BigDecimal.valueOf(9), "USD");
        var fine = new PolicyView(
                "ScalingPolicy shop/web",
                "ScalingPolicy",
                "shop",
                "web",
                "Apply",
                "Recommend",
                List.of("Deployment"),
                "tier=web",
                42,
                17,
                saving,
                List.of(condition("Ready", "True", "Understood"), condition("Paused", "False", "NotAnnotated")));
        var base = new PolicyView(
                "ClusterScalingPolicy base",
                "ClusterScalingPolicy",
                "",
                HOSTILE,
                "Observe",
                "Observe",
                List.of(),
                "",
                0,
                0,
                NOTHING,
                List.of(condition("Ready", "False", "NotUnderstood"), condition("Conflict", "True", "Tie")));
        String page = body(pages(new Fixed(List.of(), List.of(), false, List.of(fine, base), true))
                .policies(0));
        assertThat(page)
                .contains(
                        "2 policies",
                        "Recommend</span>",
                        ", not Apply",
                        "Deployment with tier=web in shop",
                        "every workload of the cluster",
                        "−$9.00",
                        "✓ ready",
                        "✗ NotUnderstood: because",
                        "✗ Tie: because")
                .doesNotContain("NotAnnotated", "<script>alert", "There is no ScalingPolicy yet");
        assertThat(body(pages(new Fixed(List.of(), List.of(), false)).policies(0)))
                .contains("There is no ScalingPolicy yet", "kind: ScalingPolicy");
    }

    @Test
    void whatIsNotThereHasNoForecast() {
        PagesController pages = pages(new Fixed(List.of(), List.of(), false));
        assertThat(body(pages.costs("gone", "")))
                .contains("There is no namespace gone now")
                .doesNotContain("data-forecast");
        assertThat(body(pages.nodes(NodeList.Filter.NONE, "gone")))
                .contains("There is no pool of nodes gone now")
                .doesNotContain("data-forecast");
        assertThat(body(pages.costs("", ""))).doesNotContain("There is no namespace");
    }

    @Test
    void theStatusSaysWhatSurvivesARestart() {
        assertThat(body(pages(new Fixed(List.of(), List.of(), true)).status())).contains("the demo begins anew");
        assertThat(body(pages(new Fixed(List.of(), List.of(), false)).status()))
                .contains("✓ kept", "in /state, saved 2 Nov 10:00 UTC, 1,204 bytes", "restored &lt;b&gt;")
                .doesNotContain("✗");
        assertThat(body(pages(new Fixed(List.of(recommendation("cart", 1)), List.of(), false))
                        .status()))
                .contains("✗ no room in /state", "✗ 1 sample found no room", "node pool")
                .doesNotContain("✓ kept");
    }

    @Test
    void aThousandNodesAreShownTwentyAtATime() {
        PagesController pages = pages(new Fixed(List.of(recommendation("web", 1)), List.of(), false));
        String page = body(pages.nodes(NodeList.Filter.NONE, ""));

        assertThat(page)
                .contains(
                        "1,000 nodes, 1,000 after the plan",
                        "no such packing needs fewer than 2 (gap 50.0 %)",
                        "shop/web-0 1 of 2",
                        "goes in wave 1",
                        "stays: ",
                        "would save $73.00/mo",
                        "$73.00/mo, estimated",
                        "is added before the first wave",
                        "1 to 20 of 1,000",
                        "offset=20")
                .doesNotContain("No plan");
        assertThat(page.length()).isLessThan(600_000);
        assertThat(body(pages.nodes(new NodeList.Filter("", "", "", "", "", "web-0", 0), "")))
                .contains("shop/web-0-pod-0</a>", "on web-1", "on +0", "ends with the node");
        assertThat(body(pages.nodes(new NodeList.Filter("", "", "", "up", "", "", 0), "")))
                .contains("action (up) must be keep or remove");
        assertThat(body(pages(new Fixed(List.of(), List.of(), false)).nodes(NodeList.Filter.NONE, "")))
                .contains("The cluster has no node");
    }

    private static PolicyView.ConditionView condition(String type, String status, String reason) {
        return new PolicyView.ConditionView(type, status, reason, "because", AT);
    }

    private static List<String> all(Fixed views) {
        PagesController pages = pages(views);
        return List.of(
                body(pages.overview()),
                body(pages.recommendations(Filter.NONE)),
                body(pages.workloads("", "", 0)),
                body(pages.workload("shop/Deployment/web", true)),
                body(pages.policies(0)),
                body(pages.nodes(NodeList.Filter.NONE, "")),
                body(pages.costs("", "")),
                body(pages.zero("", "", "", 0)),
                body(pages.status()));
    }

    @Test
    void withoutAnAccountTheCostsOfAWindowSayWhy() {
        assertThat(body(pages(new Fixed(List.of(), List.of(), false)).costs("", "7d")))
                .contains("No account to show", "no account is kept here");
    }

    private static PagesController pages(Views views) {
        Templates templates = new Templates(views);
        CostAccount account = CostAccount.off("no account is kept here", InstantSource.system());
        return new PagesController(
                views, templates, new AccountPage(account, new BudgetDesk(account, List::of, _ -> {}), templates));
    }

    private static String body(HttpResponse<?> response) {
        return String.valueOf(response.body());
    }

    private static RecommendationView recommendation(String name, int saving) {
        BigDecimal money = BigDecimal.valueOf(saving);
        return new RecommendationView(
                "shop/Deployment/" + name + "/app",
                "shop",
                "Deployment",
                name,
                "Resize",
                "app",
                List.of(new Change("cpu request", "2", "1")),
                new MoneyChange(money, BigDecimal.ZERO, money, "USD"),
                List.of(new ReasonView("CpuByRisk", "the CPU request of " + name + " is 2")),
                AT,
                "",
                "spec: {}",
                "",
                null,
                null);
    }

    /** A state that never changes. */
    private record Fixed(
            List<RecommendationView> recommendations,
            List<String> notices,
            boolean simulated,
            List<PolicyView> policies,
            boolean ready)
            implements Views {
        Fixed(List<RecommendationView> recommendations, List<String> notices, boolean simulated) {
            this(recommendations, notices, simulated, List.of(), true);
        }

        @Override
        public OverviewView overview() {
            Tile tile = new Tile(recommendations.size(), NOTHING);
            return new OverviewView(
                    AT,
                    NOTHING,
                    tile,
                    tile,
                    tile,
                    recommendations.size(),
                    0,
                    0,
                    recommendations.stream().limit(10).toList(),
                    List.of(),
                    notices);
        }

        @Override
        public Optional<Instant> decidedAt() {
            return Optional.of(AT);
        }

        @Override
        public Optional<EvidenceView> evidence(String recommendationId) {
            return Optional.empty();
        }

        @Override
        public List<WorkloadView> workloads() {
            return List.of();
        }

        @Override
        public Optional<WorkloadDetailView> workload(String id) {
            return recommendations.stream().findFirst().map(view -> DetailFixture.detail(view.workload(), AT));
        }

        @Override
        public Optional<RuntimeUsageView> runtimeUsage(String id) {
            return recommendations.stream().findFirst().map(view -> DetailFixture.usage(view.workload(), AT));
        }

        @Override
        public Optional<ForecastView> forecast(String id) {
            return recommendations.stream().findFirst().map(view -> new ForecastView(id, List.of()));
        }

        @Override
        public Optional<JointForecastView> namespaceForecast(String namespace) {
            return Optional.empty();
        }

        @Override
        public Optional<JointForecastView> poolForecast(String pool) {
            return Optional.empty();
        }

        @Override
        public NodesView nodes() {
            return recommendations.isEmpty()
                    ? new NodesView(List.of(), List.of(), NOTHING, 0, 0, List.of(), List.of())
                    : NodesFixture.nodes(recommendations.getFirst().workload(), 1000, 30);
        }

        @Override
        public NodesView nodesAsRecommended() {
            return nodes();
        }

        @Override
        public NodePlanView nodePlan(Requests requests) {
            return recommendations.isEmpty() ? NodePlanView.none("nothing is known") : NodesFixture.plan(nodes(), AT);
        }

        @Override
        public CostsView costs() {
            var none = new CostsView.CostRow(
                    "idle", BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, 0);
            return new CostsView(AT.minusSeconds(3600), AT, "USD", List.of(), none, BigDecimal.ZERO, 0);
        }

        @Override
        public List<ZeroView> zero() {
            return recommendations.stream()
                    .limit(1)
                    .map(view -> new ZeroView(
                            "shop",
                            "ScaledObject/" + view.workload(),
                            "Deployment/" + view.workload(),
                            "awake",
                            1,
                            2,
                            0,
                            10,
                            "scale",
                            AT,
                            AT,
                            List.of(new ZeroView.TriggerView(
                                    view.workload(), "cron", "1", "1", 2, "gone " + view.workload())),
                            view.reasons(),
                            "trouble of " + view.workload(),
                            "",
                            List.of(view.workload()),
                            ""))
                    .toList();
        }

        @Override
        public StatusView status() {
            return new StatusView(
                    ready ? AT : null,
                    simulated,
                    ready,
                    "Recommend",
                    "1",
                    1,
                    Map.of("act", 0.001),
                    List.of(),
                    List.of(),
                    recommendations.isEmpty() ? List.of() : List.of(new StatusView.ReplicaView("", "<b>", AT)),
                    List.of(),
                    List.of(new StatusView.ForecastsView(
                            "node_pool", "cpu", recommendations.size(), 0.8, 0.012, 0.951, 0)),
                    new StatusView.ForecastsOverallView(recommendations.size(), 0.8, 0.012, 0.951, 0),
                    new StatusView.RoomView(3, 3, recommendations.size()),
                    simulated ? StateView.NONE : state());
        }

        private StateView state() {
            String trouble = recommendations.isEmpty() ? "" : "no room in /state";
            return new StateView("/state", true, AT, 1_204, List.of("restored <b>"), trouble);
        }

        @Override
        public FiguresView figures() {
            return new FiguresView(simulated, overview(), costs(), nodes(), List.of());
        }
    }
}
