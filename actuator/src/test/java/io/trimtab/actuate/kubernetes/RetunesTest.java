package io.trimtab.actuate.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.ResourceAmount;
import io.trimtab.ingest.model.UtilizationTarget;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written in which order, and what is taken back; whether an API server takes it is tested in the deploy module, with a real one. */
class RetunesTest {
    private static final WorkloadId WEB = new WorkloadId("shop", "StatefulSet", "web");
    private static final List<Reason> REASONS = List.of(new PodReason.NoSamples());
    private static final Pattern PERCENT = Pattern.compile("\"averageUtilization\":(\\d+)");
    private static final Pattern NOTED = Pattern.compile("\"trimtab.io/retuned\":(null|\"[^\"]*\")");
    private static final Pattern CPU = Pattern.compile("\"requests\":\\{[^}]*\"cpu\":\"(\\w+)\"");

    private final List<String> writes = new CopyOnWriteArrayList<>();

    /** Answers to writes of the autoscaler, and of pods; 200 when they have run out. */
    private final Deque<Integer> toAutoscaler = new ArrayDeque<>();

    private final Deque<Integer> toPods = new ArrayDeque<>();
    private String percent = "60";
    private String noted = "";
    private String cpu = "200m";
    private HttpServer server;
    private KubernetesClient client;
    private Retunes retunes;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withRequestRetryBackoffLimit(0)
                        .withAutoConfigure(false)
                        .build())
                .build();
        PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);
        retunes = new Retunes(client, new PodResize(client, PatchContext.of(PatchType.STRATEGIC_MERGE)), merge);
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void theTargetGoesUpOnceThePodsAreSmaller() {
        assertThat(apply(60, 80)).isEqualTo(new Retunes.Answer.Changed(1));
        assertThat(writes).containsExactly("target 60", "pod 150m", "target 80");
    }

    /** It is where it came from then, so that in the end the note of it goes. */
    @Test
    void theTargetGoesDownBeforeThePodsAreLarger() {
        cpu = "100m";
        percent = "80";
        assertThat(apply(80, 60)).isEqualTo(new Retunes.Answer.Changed(1));
        assertThat(writes).containsExactly("target 60", "pod 150m", "target 60");
    }

    @Test
    void whatIsThereAlreadyIsNotWrittenAgain() {
        apply(60, 80);
        writes.clear();
        assertThat(apply(60, 80)).isEqualTo(new Retunes.Answer.Nothing());
        assertThat(writes).isEmpty();
    }

    @Test
    void whereNoPodTakesItTheTargetIsAsItWas() {
        cpu = "100m";
        percent = "80";
        toPods.add(403);
        assertThat(apply(80, 60)).isInstanceOf(Retunes.Answer.Refused.class);
        assertThat(writes).containsExactly("target 60", "pod 403", "target 80");
    }

    /** More than is needed runs rather than less. */
    @Test
    void whereTheTargetCannotGoUpThePodsGetBackWhatTheyHad() {
        toAutoscaler.addAll(List.of(200, 403));
        assertThatThrownBy(() -> apply(60, 80)).isInstanceOf(KubernetesClientException.class);
        assertThat(writes).containsExactly("target 60", "pod 150m", "target 403", "pod 200m");
    }

    @Test
    void aConflictIsTriedAgainWhileTheControllerIsBusy() {
        toAutoscaler.addAll(List.of(409, 409, 409, 409, 200));
        assertThat(apply(60, 80)).isEqualTo(new Retunes.Answer.Changed(1));
        assertThat(writes)
                .containsExactly(
                        "target 409", "target 409", "target 409", "target 409", "target 60", "pod 150m", "target 80");
    }

    @Test
    void aTargetThatSomebodyElseMovedIsLeftAlone() {
        percent = "70";
        assertThat(apply(60, 80)).isInstanceOf(Retunes.Answer.Refused.class);
        assertThat(writes).isEmpty();
    }

    private Retunes.Answer apply(int from, int to) {
        GenericKubernetesResource workload = client.getKubernetesSerialization()
                .unmarshal(
                        "---\n{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: web, namespace: shop, uid: w},"
                                + " spec: {selector: {matchLabels: {app: web}}}}",
                        GenericKubernetesResource.class);
        var origin = new UtilizationTarget.Origin(60, new ResourceAmount(Resource.CPU, 200));
        return retunes.of(
                new Retune(
                        WEB,
                        "web",
                        List.of(new Retune.Target(Resource.CPU, Optional.empty(), from, to, origin)),
                        Optional.empty(),
                        List.of(new Resize(WEB, "app", requests(200), requests(150), Impact.NONE, REASONS)),
                        Impact.NONE,
                        REASONS),
                workload);
    }

    private static Requirements requests(long milli) {
        return Requirements.requests(new MilliCores(milli), new Bytes(1 << 30));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean write = exchange.getRequestMethod().equals("PATCH");
        boolean autoscaler = path.contains("horizontalpodautoscalers");
        int status = 200;
        if (write) {
            Integer planned = (autoscaler ? toAutoscaler : toPods).poll();
            status = planned == null ? 200 : planned;
            String what = autoscaler ? "target " : "pod ";
            if (status == 200 && autoscaler) {
                percent = found(PERCENT, body);
                noted = found(NOTED, body).replace("null", "\"\"");
            }
            if (status == 200 && !autoscaler) cpu = found(CPU, body);
            writes.add(what + (status == 200 ? autoscaler ? percent : cpu : status));
        }
        String answered = status != 200
                ? "{\"apiVersion\":\"v1\",\"kind\":\"Status\",\"code\":%d,\"message\":\"not for you\"}"
                        .formatted(status)
                : autoscaler
                        ? autoscaler()
                        : path.endsWith("/pods")
                                ? "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[%s]}".formatted(pod())
                                : pod();
        byte[] bytes = answered.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String found(Pattern pattern, String body) {
        Matcher matcher = pattern.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return matcher.group(1);
    }

    private String autoscaler() {
        return """
            {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler",
             "metadata":{"name":"web","namespace":"shop","uid":"h","resourceVersion":"7",
                  "annotations":{"trimtab.io/retuned":%s}},
             "spec":{"metrics":[{"type":"Resource","resource":{"name":"cpu",
              "target":{"type":"Utilization","averageUtilization":%s}}}]}}\
            """.formatted(noted.isEmpty() ? "\"\"" : noted, percent);
    }

    private String pod() {
        return """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-0","namespace":"shop","uid":"p","resourceVersion":"9","labels":{"app":"web"},
              "ownerReferences":[{"apiVersion":"apps/v1","kind":"StatefulSet","name":"web","uid":"w","controller":true}]},
             "spec":{"containers":[{"name":"app","resources":{"requests":{"cpu":"%s","memory":"1Gi"}}}]},
             "status":{"phase":"Running"}}\
            """.formatted(cpu);
    }
}
