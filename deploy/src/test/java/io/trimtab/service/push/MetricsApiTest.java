package io.trimtab.service.push;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.ingest.model.Mode;
import io.trimtab.service.Served;
import io.trimtab.service.config.Settings;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Without a Prometheus and while nothing is pushed, usage is what {@code metrics.k8s.io} says, through a real API server, and the status says what that costs. */
@WithTestbed
class MetricsApiTest {
    private static final String PATH = "/apis/metrics.k8s.io/v1beta1";
    private static final JsonMapper JSON = new JsonMapper();
    private static final String API_SERVICE = "v1beta1.metrics.k8s.io";

    @RegisterExtension
    static final WireMockExtension METRICS_SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.options().dynamicPort().dynamicHttpsPort())
            .build();

    private Optional<KubernetesClient> client = Optional.empty();

    @AfterEach
    void unregister() {
        client.ifPresent(it -> {
            it.genericKubernetesResources("apiregistration.k8s.io/v1", "APIService")
                    .withName(API_SERVICE)
                    .delete();
            it.close();
        });
    }

    @Test
    void whatTheMetricsApiSaysIsTheUsage(Testbed testbed) throws Exception {
        METRICS_SERVER.stubFor(get(urlPathEqualTo(PATH)).willReturn(okJson("""
            {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "metrics.k8s.io/v1beta1", "resources": [
              {"name": "pods", "namespaced": true, "kind": "PodMetrics", "verbs": ["get", "list"]}]}
            """)));
        METRICS_SERVER.stubFor(get(urlPathEqualTo(PATH + "/pods")).willReturn(okJson("""
            {"kind": "PodMetricsList", "apiVersion": "metrics.k8s.io/v1beta1", "metadata": {}, "items": [
              {"metadata": {"name": "web-0", "namespace": "shop"}, "timestamp": "%s", "window": "15s", "containers": [
                {"name": "app", "usage": {"cpu": "250123456n", "memory": "65536Ki"}},
                {"name": "proxy", "usage": {"cpu": "3m", "memory": "12Mi"}}]}]}
            """.formatted(
                        InstantSource.system().instant().minusSeconds(10)))));
        client = Optional.of(testbed.client());
        client.get()
                .load(new ByteArrayInputStream("""
                    apiVersion: v1
                    kind: Service
                    metadata: {name: metrics-server, namespace: %1$s}
                    spec: {type: ExternalName, externalName: localhost}
                    ---
                    apiVersion: apiregistration.k8s.io/v1
                    kind: APIService
                    metadata: {name: v1beta1.metrics.k8s.io}
                    spec:
                      group: metrics.k8s.io
                      version: v1beta1
                      groupPriorityMinimum: 100
                      versionPriority: 100
                      insecureSkipTLSVerify: true
                      service: {name: metrics-server, namespace: %1$s, port: %2$d}
                    """.formatted(testbed.namespace(), METRICS_SERVER.getHttpsPort())
                        .getBytes(StandardCharsets.UTF_8)))
                .create();
        awaitAvailable(client.get());

        Settings settings = new Settings(
                0,
                "127.0.0.1",
                Mode.RECOMMEND,
                Duration.ofSeconds(1),
                new Settings.Source.Real(
                        new Settings.Kubernetes(Optional.of(testbed.kubeconfig())),
                        Optional.empty(),
                        Duration.ofHours(1),
                        Duration.ofSeconds(1),
                        Optional.empty(),
                        Optional.empty()));
        try (Served served = Served.start(settings)) {
            JsonNode status = served.await(
                    "/api/v1/status",
                    it -> !usage(it).path("answeredAt").isNull()
                            && usage(it).path("gaps").toString().contains("metrics.k8s.io"));
            assertThat(usage(status).path("trouble").asText()).isEmpty();
            assertThat(status.at("/metrics/0/from").asText()).isEqualTo("metrics.k8s.io");
            assertThat(status.at("/metrics/0/cost").asText()).contains("shorter peaks");
            assertThat(served.get("/metrics").body())
                    .contains("trimtab_usage_metric_present{metric=\"cpu\"} 1.0")
                    .contains("trimtab_usage_metric_present{metric=\"kills\"} 0.0")
                    .containsPattern("(?m)^trimtab_samples_total [1-9]");
        }
    }

    private static void awaitAvailable(KubernetesClient client) {
        for (int i = 0; !isAvailable(client); i++) {
            assertThat(i).as("the APIService is not available").isLessThan(600);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static boolean isAvailable(KubernetesClient client) {
        JsonNode service = JSON.valueToTree(client.genericKubernetesResources("apiregistration.k8s.io/v1", "APIService")
                .withName(API_SERVICE)
                .get());
        for (JsonNode condition : service.path("status").path("conditions"))
            if (condition.path("type").asText().equals("Available")
                    && condition.path("status").asText().equals("True")) return true;
        return false;
    }

    private static JsonNode usage(JsonNode status) {
        return StreamSupport.stream(status.path("sources").spliterator(), false)
                .filter(source -> source.path("name").asText().equals("usage"))
                .findFirst()
                .orElseThrow();
    }
}
