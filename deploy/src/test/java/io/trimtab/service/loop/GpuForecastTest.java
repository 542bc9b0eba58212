package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.forecast.OutlookForecaster;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.promql.PrometheusSettings;
import io.trimtab.ingest.promql.PrometheusUsageSource;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.remotewrite.ReplicaElection;
import io.trimtab.ingest.remotewrite.ReplicaLabels;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleSettings;
import io.trimtab.service.testbed.PrometheusServer;
import io.trimtab.service.view.StateView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Prometheus holds of a DCGM exporter is forecast: a round of the loop, and REST's answer. */
class GpuForecastTest {
    private static final Instant END = Instant.parse("2026-11-24T12:00:00Z");
    private static final int MINUTES = 180;
    private static final String OWN = "namespace=\"gpu\",pod=\"dcgm-1\",container=\"dcgm-exporter\"";

    @TempDir
    private Path folder;

    /** Two GPUs of train: 0.8 and 0.4; one of draw, whose scrape renamed its labels: 0.5; one that nobody has. */
    @Test
    void theUseOfGpusIsForecastForContainersAndNamespaces() throws Exception {
        PrometheusServer.requireInstalled();
        StringBuilder text = new StringBuilder();
        String train = "namespace=\"shop\",pod=\"train-0\",container=\"app\"";
        String draw = OWN + ",exported_namespace=\"shop\",exported_pod=\"draw-0\",exported_container=\"app\"";
        text.append("# TYPE DCGM_FI_DEV_GPU_UTIL gauge\n");
        gauge(text, "DCGM_FI_DEV_GPU_UTIL", train + ",gpu=\"0\"", 80);
        gauge(text, "DCGM_FI_DEV_GPU_UTIL", train + ",gpu=\"1\"", 40);
        gauge(text, "DCGM_FI_DEV_GPU_UTIL", draw + ",gpu=\"2\"", 50);
        gauge(text, "DCGM_FI_DEV_GPU_UTIL", OWN + ",gpu=\"3\"", 99);
        text.append("# TYPE DCGM_FI_PROF_GR_ENGINE_ACTIVE gauge\n");
        gauge(text, "DCGM_FI_PROF_GR_ENGINE_ACTIVE", train + ",gpu=\"0\"", 0.7);
        Path history = Files.writeString(folder.resolve("history.om"), text.append("# EOF\n"));
        OutlookForecaster forecaster = new OutlookForecaster(new HistogramForecaster());
        SelfMetrics metrics = new SelfMetrics();
        PriceBook prices = PriceBook.shipped();
        try (PrometheusServer prometheus = PrometheusServer.withHistory(history);
                PrometheusUsageSource usage = new PrometheusUsageSource(PrometheusSettings.at(prometheus.uri()))) {
            Cluster cluster = new Cluster(
                    false,
                    "https://10.0.0.1",
                    prometheus.uri().toString(),
                    1,
                    InstantSource.fixed(END),
                    GpuForecastTest::snapshot,
                    usage,
                    recommendation -> new Outcome.Skipped(recommendation.workload(), "never asked"),
                    new CycleSettings(Duration.ofMinutes(MINUTES), Duration.ofMinutes(1), Duration.ofHours(6)),
                    () -> {});
            Optional<CycleReport> report = Optional.of(
                    Rounds.of(cluster, prices, Mode.OBSERVE, forecaster, new FedByRounds(forecaster.further()))
                            .runOnce());
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
            try (ViewsServer server = new ViewsServer(views, metrics)) {
                JsonNode ofTrain = gpu(server, "workloads/shop/Deployment/train/forecast");
                assertThat(ofTrain.path("container").asText()).isEqualTo("app");
                assertThat(ofTrain.path("unit").asText()).isEqualTo("GPUs");
                assertThat(hour(ofTrain)).isCloseTo(1.2, within(0.01));
                assertThat(hour(gpu(server, "workloads/shop/Deployment/draw/forecast")))
                        .isCloseTo(0.5, within(0.01));
                assertThat(hour(gpu(server, "namespaces/shop/forecast"))).isCloseTo(1.7, within(0.01));
                assertThat(server.get("/api/v1/workloads/gpu/Deployment/dcgm/forecast")
                                .body())
                        .as("the exporter itself uses none")
                        .contains("\"series\":[]");
                assertThat(server.get("/api/v1/status").body())
                        .contains("\"scope\":\"container\",\"resource\":\"gpu\"");
            }
        }
    }

    private static double hour(JsonNode series) {
        assertThat(series.at("/ahead/4/horizonSeconds").asInt()).isEqualTo(3600);
        assertThat(series.at("/ahead/4/value/p95").asDouble())
                .isGreaterThan(series.at("/history/mean/1").asDouble() - 0.01);
        return series.at("/history/mean/1").asDouble();
    }

    private static JsonNode gpu(ViewsServer server, String path) throws Exception {
        JsonNode answer =
                new JsonMapper().readTree(server.get("/api/v1/" + path).body());
        return StreamSupport.stream(answer.path("series").spliterator(), false)
                .filter(series -> series.path("resource").asText().equals("gpu"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer));
    }

    private static void gauge(StringBuilder text, String name, String labels, double value) {
        for (int minute = MINUTES; minute >= 0; minute--)
            text.append("%s{%s} %s %d\n".formatted(name, labels, value, END.getEpochSecond() - minute * 60L));
    }

    private static ClusterSnapshot snapshot(Instant now) {
        ContainerSpec app = new ContainerSpec("app", "image", Requirements.NONE);
        List<Pod> pods = Stream.of("shop/train", "shop/draw", "gpu/dcgm")
                .map(name -> name.split("/"))
                .map(name -> new Pod(
                        new PodId(name[0], name[1] + (name[1].equals("dcgm") ? "-1" : "-0")),
                        Optional.of(new WorkloadId(name[0], "Deployment", name[1])),
                        Optional.of("node"),
                        PodPhase.RUNNING,
                        List.of(app),
                        Map.of(),
                        Map.of(),
                        now,
                        Optional.of(now),
                        Optional.of(now),
                        Optional.empty()))
                .toList();
        List<Workload> workloads = pods.stream()
                .map(pod -> new Workload(
                        pod.owner().orElseThrow(),
                        1,
                        List.of(app, new ContainerSpec("dcgm-exporter", "image", Requirements.NONE)),
                        Map.of(),
                        Map.of(),
                        now))
                .toList();
        return new ClusterSnapshot(now, workloads, pods, List.of(), List.of());
    }
}
