package io.trimtab.service.push;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.ingest.model.Mode;
import io.trimtab.service.Served;
import io.trimtab.service.config.Settings;
import io.trimtab.service.testbed.AggregatedApi;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Without a Prometheus and while nothing is pushed, usage is what {@code metrics.k8s.io} says, through a real API server, and the status says what that costs. */
@WithTestbed
class MetricsApiTest {
    private static final String PATH = "/apis/metrics.k8s.io/v1beta1";

    @RegisterExtension
    static final WireMockExtension METRICS_SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.options().dynamicPort().dynamicHttpsPort())
            .build();

    private Optional<KubernetesClient> client = Optional.empty();
    private Optional<AggregatedApi> api = Optional.empty();

    @AfterEach
    void unregister() {
        api.ifPresent(AggregatedApi::close);
        client.ifPresent(KubernetesClient::close);
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
        api = Optional.of(
                AggregatedApi.untrusted(client.get(), "metrics.k8s.io", "v1beta1", METRICS_SERVER.getHttpsPort()));

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

    private static JsonNode usage(JsonNode status) {
        return StreamSupport.stream(status.path("sources").spliterator(), false)
                .filter(source -> source.path("name").asText().equals("usage"))
                .findFirst()
                .orElseThrow();
    }
}
