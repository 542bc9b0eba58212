package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.ingest.model.Mode;
import io.trimtab.service.cli.TrimtabCommand;
import io.trimtab.service.config.Settings;
import io.trimtab.service.testbed.CutWire;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The main job on {@link RealPair}: a real Prometheus and a real Kubernetes API, beside the stock HorizontalPodAutoscaler controller. */
@WithTestbed
class RealPairTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private Testbed testbed;
    private KubernetesClient client;
    private RealPair pair;

    @BeforeEach
    void runWeb(Testbed fresh) throws Exception {
        testbed = fresh;
        pair = RealPair.run(fresh, folder);
        client = pair.client();
    }

    @AfterEach
    void stop() throws Exception {
        pair.close();
    }

    /**
     * By hand: each of two pods has a peak on each of two days. The next one exceeds the highest of four with a chance of one in five, and so much more rarely the more
     * above it, by 3 % in the mean. CPU stays, because a HorizontalPodAutoscaler stands on it.
     */
    @Test
    void theReportPrintsWhatAHandCalculationGives() throws Exception {
        assertThat(RealPair.MEMORY_NEEDED).isEqualTo(1_094_385_169);

        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                TrimtabCommand.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exit = commandLine.execute(
                "report",
                "--prometheus",
                pair.prometheus().uri().toString(),
                "--kubeconfig",
                testbed.kubeconfig().toString(),
                "--namespace",
                testbed.namespace(),
                "--window",
                RealPair.HOURS + "h",
                "-o",
                "json");

        assertThat(exit).as(err.toString()).isZero();
        assertThat(err.toString()).contains("h of history");
        String patch = recommendation(JSON.readTree(out.toString()).path("recommendations"), "Retune")
                .path("patch")
                .asText();
        assertThat(patch)
                .contains("memory: \"" + RealPair.MEMORY_NEEDED + "\"")
                .doesNotContain("cpu: \"1\"")
                .containsPattern("(?s)---.*HorizontalPodAutoscaler web.*averageUtilization: [5-9][0-9]}");
    }

    @Test
    void appliesBothForRealBesideTheStockController() throws Exception {
        List<String> before = uids();
        try (Served service = Served.start(settings(Mode.APPLY))) {
            JsonNode page = service.await(
                    "/api/v1/recommendations?namespace=" + testbed.namespace(),
                    answer -> outcomes(answer).stream()
                                    .filter(outcome -> outcome.startsWith("applied"))
                                    .count()
                            >= 2);
            assertThat(recommendation(page.path("items"), "Scale")
                            .path("changes")
                            .path(0)
                            .path("to")
                            .asText())
                    .isEqualTo("3");
        }

        assertThat(client.apps().deployments().withName("web").get().getSpec().getReplicas())
                .isEqualTo(3);
        assertThat(pair.web().stream()
                        .filter(pod -> before.contains(pod.getMetadata().getUid()))
                        .map(pod -> pod.getSpec()
                                .getContainers()
                                .getFirst()
                                .getResources()
                                .getRequests()))
                .as("the pods that ran before run on, resized in place")
                .hasSize(2)
                .allSatisfy(requests -> {
                    assertThat(requests.get("cpu").getNumericalAmount().doubleValue() * targetPercent())
                            .as("a replica is added where it was before")
                            .isCloseTo(20, within(20 * 0.02));
                    assertThat(requests.get("cpu").getNumericalAmount().doubleValue())
                            .isBetween(RealPair.CORES, 0.5);
                    assertThat(requests.get("memory").getNumericalAmount().longValue())
                            .isEqualTo(RealPair.MEMORY_NEEDED);
                });
        client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .withName("web")
                .waitUntilCondition(
                        stock -> stock != null
                                && stock.getStatus() != null
                                && stock.getStatus().getConditions() != null
                                && stock.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("ScalingActive")),
                        30,
                        TimeUnit.SECONDS);
    }

    @Test
    void aPrometheusThatStopsMakesTheAnswerStaleAndLosesNothing() throws Exception {
        try (Served service = Served.start(settings(Mode.RECOMMEND))) {
            String path = "/api/v1/recommendations?namespace=" + testbed.namespace();
            JsonNode known = service.await(path, answer -> answer.path("total").asInt() > 0 && hasRetune(answer));
            pair.prometheus().close();
            JsonNode usage = service.await(
                    "/api/v1/status",
                    status -> !usage(status).path("staleSince").isNull());

            assertThat(usage(usage).path("trouble").asText())
                    .contains(pair.prometheus().uri().getAuthority());
            assertThat(JSON.readTree(service.get(path).body()).path("total")).isEqualTo(known.path("total"));
            assertThat(service.get("/health/readiness").statusCode()).isEqualTo(200);
            assertThat(service.get("/").body()).containsIgnoringCase("stale");
            assertThat(service.get("/metrics").body())
                    .containsPattern("trimtab_\\w*(errors|failures)\\w*\\{[^}]*} [1-9]");
        }
    }

    @Test
    void anApiServerThatGoesAwayMakesTheAnswerStaleAndComesBack() throws Exception {
        URI server = client.getMasterUrl().toURI();
        try (CutWire wire = CutWire.to(server.getPort())) {
            Path throughWire = Files.writeString(
                    folder.resolve("kubeconfig"),
                    Files.readString(testbed.kubeconfig()).replace(":" + server.getPort(), ":" + wire.port()));
            try (Served service = Served.start(pair.settings(Mode.APPLY, throughWire))) {
                String path = "/api/v1/recommendations?namespace=" + testbed.namespace();
                JsonNode known =
                        service.await(path, answer -> answer.path("total").asInt() > 0 && hasRetune(answer));
                wire.cut();
                JsonNode status = service.await(
                        "/api/v1/status",
                        answer ->
                                !source(answer, "inventory").path("staleSince").isNull());

                assertThat(source(status, "inventory").path("trouble").asText())
                        .contains("127.0.0.1:" + wire.port())
                        .endsWith("check the API server and the network policy");
                assertThat(JSON.readTree(service.get(path).body()).path("total"))
                        .isEqualTo(known.path("total"));

                wire.mend();
                service.await(
                        "/api/v1/status",
                        answer -> source(answer, "inventory").path("staleSince").isNull());
            }
        }
    }

    private Settings settings(Mode mode) {
        return pair.settings(mode, testbed.kubeconfig());
    }

    private static JsonNode recommendation(JsonNode items, String kind) {
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("kind").asText().equals(kind)
                        && item.path("workload").asText().equals("web"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " of web in " + items));
    }

    private int targetPercent() {
        return client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .withName("web")
                .get()
                .getSpec()
                .getMetrics()
                .getFirst()
                .getResource()
                .getTarget()
                .getAverageUtilization();
    }

    private static boolean hasRetune(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .anyMatch(item -> item.path("kind").asText().equals("Retune"));
    }

    private static List<String> outcomes(JsonNode page) {
        List<String> outcomes = new ArrayList<>();
        page.path("items")
                .forEach(item -> outcomes.add(item.path("outcome").asText().toLowerCase(Locale.ROOT)));
        return outcomes;
    }

    private static JsonNode usage(JsonNode status) {
        return source(status, "usage");
    }

    private static JsonNode source(JsonNode status, String name) {
        return StreamSupport.stream(status.path("sources").spliterator(), false)
                .filter(source -> source.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> uids() {
        return pair.web().stream().map(pod -> pod.getMetadata().getUid()).toList();
    }
}
