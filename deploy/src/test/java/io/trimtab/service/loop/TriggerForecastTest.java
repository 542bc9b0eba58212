package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.forecast.OutlookForecaster;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.remotewrite.ReplicaElection;
import io.trimtab.ingest.remotewrite.ReplicaLabels;
import io.trimtab.ingest.triggers.Trigger;
import io.trimtab.ingest.triggers.TriggerReader;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.cycle.Cycle;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleSettings;
import io.trimtab.service.view.StateView;
import io.trimtab.service.zero.Authentication;
import io.trimtab.service.zero.ScaledWorkloads;
import io.trimtab.service.zero.ZeroLoop;
import io.trimtab.service.zero.ZeroObserver;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What triggers read is forecast: the loop over fake sources, and REST's answer. */
class TriggerForecastTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    private static final int WAITS = 200;

    private final Workload web = new Workload(WEB, 3, List.of(), Map.of(), Map.of(), NOW.minus(Duration.ofDays(9)));
    private final SelfMetrics metrics = new SelfMetrics();
    private final PriceBook prices = PriceBook.shipped();
    private final OutlookForecaster forecaster = new OutlookForecaster(new HistogramForecaster());
    private final Cluster cluster = new Cluster(
            false,
            "https://10.0.0.1",
            "http://prometheus:9090",
            1,
            InstantSource.fixed(NOW),
            now -> new ClusterSnapshot(now, List.of(web), List.of(), List.of(), List.of()),
            query -> UsageBatch.EMPTY,
            recommendation -> new Outcome.Skipped(recommendation.workload(), "never asked"),
            CycleSettings.DEFAULT,
            () -> {});

    @Test
    void requestRateQueueLengthAndReplicasOfATriggeredWorkloadAreForecast() throws Exception {
        Cycle cycle = Rounds.of(cluster, prices, Mode.OBSERVE, forecaster, new FedByRounds(forecaster.further()));
        Optional<CycleReport> report = Optional.of(cycle.runOnce());
        LiveViews views = new LiveViews(
                () -> report,
                cluster,
                prices,
                Mode.OBSERVE,
                metrics,
                List::of,
                () -> StateView.NONE,
                forecaster,
                new AdviceLog(),
                new Origin(cluster, PushedSamples.inHalfOf(0), new ReplicaElection(ReplicaLabels.USUAL)));
        try (ViewsServer server = new ViewsServer(views, metrics);
                ZeroLoop loop = new ZeroLoop(parts(), new FedByTriggers(ZeroObserver.NONE, forecaster.further()))) {
            loop.start();
            JsonNode series = await(server);
            assertThat(series.findValuesAsText("resource")).containsExactly("request_rate", "queue_length", "replicas");
            assertThat(series.findValuesAsText("trigger")).containsExactly("s0-prometheus", "orders", "");
            assertThat(series.findValuesAsText("unit")).containsExactly("1/s", "items", "replicas");
            assertThat(p50(series, 0)).isEqualTo(12.5);
            assertThat(p50(series, 1)).isEqualTo(40);
            assertThat(p50(series, 2)).isEqualTo(3);
        }
    }

    private static double p50(JsonNode series, int index) {
        return series.path(index).at("/ahead/0/value/p50").asDouble();
    }

    /** Until all three are there; each is read within milliseconds. */
    private static JsonNode await(ViewsServer server) throws Exception {
        JsonNode series = new JsonMapper().createArrayNode();
        for (int i = 0; i < WAITS && series.size() < 3; i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            series = new JsonMapper()
                    .readTree(
                            server.get("/api/v1/workloads/" + WEB + "/forecast").body())
                    .path("series");
        }
        return series;
    }

    private ZeroLoop.Parts parts() {
        return new ZeroLoop.Parts(
                new OneObject(),
                (spec, namespace, authentication) -> new Trigger(
                        BigDecimal.TEN,
                        BigDecimal.ZERO,
                        Trigger.MetricType.AVERAGE_VALUE,
                        new Fixed(spec.type(), spec.type().equals("queue") ? "40" : "12.5"),
                        List.of()),
                new NoAuthentication(),
                TriggerReader::read,
                recommendation -> new Outcome.Skipped(recommendation.workload(), "not here"),
                (owner, conditions, lastActive) -> Optional.empty(),
                InstantSource.fixed(NOW),
                InstantSource.system());
    }

    private record Fixed(String source, String value) implements TriggerReader {
        @Override
        public BigDecimal read(Instant now) throws IngestException {
            return new BigDecimal(value);
        }
    }

    private record NoAuthentication() implements Authentication {
        @Override
        public Map<String, String> parameters(String namespace, TriggerSpec.AuthenticationRef reference) {
            return Map.of();
        }

        @Override
        public void forget(String namespace, TriggerSpec.AuthenticationRef reference) {}
    }

    /** One ScaledObject with a rate, a queue and a cron line, which asks for nothing that could be measured. */
    private final class OneObject implements ScaledWorkloads {
        @Override
        public List<TriggeredScaling> objects() {
            List<TriggerSpec> triggers = new ArrayList<>();
            triggers.add(
                    trigger("prometheus", Optional.empty(), Map.of("query", "sum(rate(http_requests_total[2m]))")));
            triggers.add(trigger("queue", Optional.of("orders"), Map.of("query", "sum(orders_waiting)")));
            triggers.add(trigger(
                    "cron",
                    Optional.empty(),
                    Map.of("start", "0 8 * * *", "end", "0 18 * * *", "timezone", "UTC", "desiredReplicas", "2")));
            return List.of(new TriggeredScaling(
                    new TriggeredScaling.Owner(TriggeredScaling.SCALED_OBJECT, "shop", "web"),
                    WEB,
                    Duration.ofMillis(50),
                    Optional.of(Duration.ofMinutes(5)),
                    Duration.ZERO,
                    OptionalInt.empty(),
                    0,
                    100,
                    triggers,
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    NOW.minus(Duration.ofDays(9)),
                    Optional.empty(),
                    List.of()));
        }

        private static TriggerSpec trigger(String type, Optional<String> name, Map<String, String> metadata) {
            return new TriggerSpec(type, name, Optional.empty(), metadata, Optional.empty());
        }

        @Override
        public Map<TriggeredScaling.Owner, String> unreadable() {
            return Map.of();
        }

        @Override
        public Optional<Workload> workload(WorkloadId id) {
            return Optional.of(web);
        }

        @Override
        public List<HorizontalAutoscaler> autoscalers() {
            return List.of();
        }

        @Override
        public void onChange(Runnable listener) {}

        @Override
        public Optional<String> kedaOperator() {
            return Optional.empty();
        }

        @Override
        public Optional<String> refusal(Workload workload, TriggeredScaling object) {
            return Optional.of("not here");
        }

        @Override
        public BigDecimal podPricePerHour(Workload workload) {
            return new BigDecimal("0.04");
        }
    }
}
