package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.forecast.Outlooks;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.remotewrite.ReplicaElection;
import io.trimtab.ingest.remotewrite.ReplicaLabels;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.cycle.Cycle;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleSettings;
import io.trimtab.service.state.Section;
import io.trimtab.service.view.MadeRecommendation;
import io.trimtab.service.view.RecommendationView;
import io.trimtab.service.view.StateView;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the start until the inventory has answered, and after it has failed again. */
class FirstRoundTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String AWAY = "Kubernetes at https://10.0.0.1: connection refused; check the API server";

    private boolean inventoryAnswers;
    private Optional<CycleReport> last = Optional.empty();

    private final Cluster cluster = new Cluster(
            false,
            "https://10.0.0.1",
            "http://prometheus:9090",
            1,
            InstantSource.fixed(NOW),
            this::snapshot,
            query -> UsageBatch.EMPTY,
            recommendation -> new Outcome.Skipped(recommendation.workload(), "never asked"),
            CycleSettings.DEFAULT,
            () -> {});
    private final SelfMetrics metrics = new SelfMetrics();
    private final PriceBook prices = PriceBook.shipped();
    private final Cycle cycle = Rounds.of(cluster, prices, Mode.RECOMMEND, new HistogramForecaster(), metrics);
    private final LiveViews views = new LiveViews(
            () -> last,
            cluster,
            prices,
            Mode.RECOMMEND,
            metrics,
            List::of,
            () -> StateView.NONE,
            Outlooks.NONE,
            new AdviceLog(),
            new Origin(cluster, PushedSamples.inHalfOf(0), new ReplicaElection(ReplicaLabels.USUAL)));
    private final ViewsServer server = new ViewsServer(views, metrics);

    private ClusterSnapshot snapshot(Instant now) throws IngestException {
        if (!inventoryAnswers) throw new IngestException(IngestException.Kind.UNREACHABLE, AWAY, null);
        return new ClusterSnapshot(now, List.of(), List.of(), List.of(), List.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isReadyOnceTheInventoryHasAnsweredAndStaysSo() throws Exception {
        assertThat(server.get("/health/liveness").statusCode()).isEqualTo(200);
        assertThat(server.get("/health/readiness").statusCode()).isEqualTo(503);
        assertThat(server.get("/health/readiness").body()).contains("DOWN").contains("first inventory sync");

        last = Optional.of(cycle.runOnce());
        assertThat(server.get("/health/readiness").statusCode()).isEqualTo(503);
        assertThat(server.get("/api/v1/status").body()).contains(AWAY);

        inventoryAnswers = true;
        last = Optional.of(cycle.runOnce());
        assertThat(server.get("/health/readiness").statusCode()).isEqualTo(200);

        inventoryAnswers = false;
        last = Optional.of(cycle.runOnce());
        assertThat(server.get("/health/readiness").statusCode()).isEqualTo(200);
        assertThat(server.get("/api/v1/plan").body()).contains("inventory is stale since 2026-11-24T12:00:00Z");
    }

    /** From before a restart, until a round has decided; they are of this cluster alone. */
    @Test
    void keptRecommendationsAreReadyAtOnce() throws Exception {
        RecommendationView kept = MadeRecommendation.resize(null);
        restore("https://10.0.0.2", kept);
        assertThat(views.recommendations()).isEmpty();
        assertThat(server.get("/health/readiness").statusCode()).isEqualTo(503);

        restore("https://10.0.0.1", kept);
        assertThat(server.get("/health/readiness").statusCode()).isEqualTo(200);
        assertThat(server.get("/api/v1/recommendations").body())
                .contains(kept.id(), "\"decidedAt\":\"2026-11-24T11:00:00Z\"");
        assertThat(server.get("/recommendations").body()).contains("from before the restart");
        assertThat(server.get("/api/v1/recommendations/" + kept.id()).statusCode())
                .isEqualTo(503);
        assertThat(server.get("/api/v1/recommendations/" + kept.id() + "/explain")
                        .statusCode())
                .isEqualTo(200);

        inventoryAnswers = true;
        last = Optional.of(cycle.runOnce());
        assertThat(server.get("/api/v1/recommendations").body())
                .contains("\"total\":0", "\"decidedAt\":\"2026-11-24T12:00:00Z\"");
        assertThat(server.get("/api/v1/recommendations/" + kept.id()).statusCode())
                .isEqualTo(404);
    }

    private void restore(String address, RecommendationView kept) {
        var decided = new KeptRecommendations.Decided(address, NOW.minusSeconds(3600), List.of(kept));
        Section section = new KeptRecommendations(address).section(() -> Optional.of(decided));
        views.section().restore().from(section.version(), section.save().get());
    }

    @Test
    void answersEverythingBeforeTheFirstRound() throws Exception {
        for (String path : List.of(
                "/",
                "/recommendations",
                "/nodes",
                "/costs",
                "/costs.csv",
                "/zero",
                "/status",
                "/api-docs",
                "/metrics")) {
            assertThat(server.get(path).statusCode()).as(path).isEqualTo(200);
            assertThat(server.get(path).headers().firstValue("Trimtab-Cluster"))
                    .as(path)
                    .contains("real");
        }
        for (String path :
                List.of("recommendations", "workloads", "policies", "nodes", "costs", "zero", "plan", "status")) {
            HttpResponse<String> answer = server.get("/api/v1/" + path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).contains("\"simulated\":false");
        }
        assertThat(server.get("/api/v1/recommendations/shop/Deployment/web/app").statusCode())
                .isEqualTo(404);
    }
}
