package io.trimtab.service.kubeapi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.trimtab.house.House;
import io.trimtab.service.cli.TrimtabCommand;
import io.trimtab.service.config.Settings;
import io.trimtab.service.connections.ConnectionBound;
import io.trimtab.service.testbed.AggregatedApi;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import io.trimtab.service.tls.MadeCertificate;
import io.trimtab.service.tls.ServingCertificate;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stock controller of a real control plane follows a metric of ours: through the API server's aggregator, with its checks of
 * who asks. The autoscaler is the one of docs/external-metrics.md.
 */
@WithTestbed
class ExternalMetricsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String API = "/apis/external.metrics.k8s.io/v1beta1";
    private static final int LONGEST_SECONDS = 60;

    @TempDir
    private Path folder;

    private Testbed testbed;
    private KubernetesClient client;
    private @Nullable KubeApi api;
    private @Nullable AggregatedApi registered;
    private MadeCertificate certificate;
    private volatile Optional<Integer> replicas = Optional.of(1);

    @BeforeEach
    void register(Testbed fresh) throws Exception {
        testbed = fresh;
        client = fresh.client();
        String name = "trimtab.%s.svc".formatted(fresh.namespace());
        certificate = MadeCertificate.of(
                List.of(name, "127.0.0.1"), InstantSource.system().instant());
        Files.writeString(folder.resolve("tls.crt"), certificate.certificate());
        Files.writeString(folder.resolve("tls.key"), certificate.key());
        var settings = new Settings.KubeApi(0, "127.0.0.1", Optional.of(folder), List.of(name));
        api = KubeApi.start(
                settings,
                ServingCertificate.of(settings, InstantSource.system()),
                fresh.client(),
                List.of(new Wanted()),
                ConnectionBound.usual("tls", InstantSource.system()));
        registered = AggregatedApi.trusted(
                client,
                "external.metrics.k8s.io",
                "v1beta1",
                "trimtab",
                requireNonNull(api).port(),
                certificate.authority());
    }

    @AfterEach
    void unregister() {
        if (registered != null) registered.close();
        client.autoscaling().v2().horizontalPodAutoscalers().delete();
        client.close();
        if (api != null) api.close();
    }

    @Test
    void theStockAutoscalerFollowsUpAndDown() throws Exception {
        testbed.addNode(testbed.namespace(), "16", "64Gi", Map.of());
        create("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: %s}
            spec:
              replicas: 1
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: web}]}
            """.formatted(testbed.namespace()));
        client.load(stream(documented())).inNamespace(testbed.namespace()).create();

        double up = secondsUntil(4);
        double down = secondsUntil(1);
        System.out.printf("stock HPA, synchronised every second: 1 to 4 in %.1f s, 4 to 1 in %.1f s%n", up, down);

        replicas = Optional.empty();
        await("a metric without an answer is said to be so", () -> conditions().contains("is not known now"));
        assertThat(desired()).as("nothing moves without an answer").isEqualTo(1);
    }

    @Test
    void discoveryAndListsAnswerThroughTheApiServer() throws Exception {
        assertThat(names(client.raw(API).transform(ExternalMetricsTest::json).path("resources")))
                .containsExactly("trimtab-replicas");
        String path = API + "/namespaces/%s/trimtab-replicas".formatted(testbed.namespace());
        JsonNode list = json(client.raw(path + "?labelSelector=workload%3Dweb"));
        assertThat(list.path("kind").asText()).isEqualTo("ExternalMetricValueList");
        assertThat(list.path("items").path(0).path("value").asText()).isEqualTo("1");
        assertThat(list.path("items").path(0).path("metricName").asText()).isEqualTo("trimtab-replicas");
        assertThat(json(client.raw(path + "?labelSelector=workload%20notin%20(web)"))
                        .path("items"))
                .isEmpty();
        assertThatThrownBy(() -> client.raw(path + "?labelSelector=a%3D%3D%3Db"))
                .hasMessageContaining("400");
        assertThat(client.raw(API + "/namespaces/%s/nothing".formatted(testbed.namespace())))
                .as("not found")
                .isNull();
    }

    @Test
    void whoMayNotListIsRefused() {
        String path = API + "/namespaces/%s/trimtab-replicas".formatted(testbed.namespace());
        try (KubernetesClient nobody = testbed.asServiceAccount("nobody")) {
            assertThatThrownBy(() -> nobody.raw(path)).hasMessageContaining("Forbidden");
        }
    }

    @Test
    void whoComesPastTheApiServerIsNotBelieved() throws Exception {
        String path = API + "/namespaces/%s/trimtab-replicas".formatted(testbed.namespace());
        HttpResponse<String> anonymous =
                past(path, "X-Remote-User", "system:admin", "X-Remote-Group", "system:masters");
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(json(anonymous.body()).path("kind").asText()).isEqualTo("Status");
        assertThat(past(path, "Authorization", "Bearer made-up").statusCode()).isEqualTo(401);
        assertThat(past("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void whatTheCommandPrintsIsAccepted() {
        StringWriter out = new StringWriter();
        int exit = TrimtabCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute("apiservice", "--namespace", testbed.namespace(), "--service", "trimtab");

        assertThat(exit).isZero();
        List<HasMetadata> objects = client.load(stream(out.toString())).items();
        assertThat(objects)
                .extracting(HasMetadata::getKind)
                .contains("Secret", "APIService", "ClusterRoleBinding", "RoleBinding");
        for (HasMetadata object : objects) {
            if (object.getKind().equals("APIService")) continue;
            assertThat(client.resource(object).dryRun().create().getMetadata().getName())
                    .isNotEmpty();
        }
    }

    private HttpResponse<String> past(String path, String... headers) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509").generateCertificate(stream(certificate.authority())));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("https://127.0.0.1:" + requireNonNull(api).port() + path));
        if (headers.length > 0) request.headers(headers);
        try (HttpClient direct = HttpClient.newBuilder().sslContext(context).build()) {
            return direct.send(request.build(), BodyHandlers.ofString());
        }
    }

    private double secondsUntil(int count) {
        long begun = System.nanoTime();
        replicas = Optional.of(count);
        await("the stock controller makes it " + count, () -> desired() == count);
        return (System.nanoTime() - begun) / 1e9;
    }

    private int desired() {
        return client.apps().deployments().withName("web").get().getSpec().getReplicas();
    }

    private String conditions() {
        return Serialization.asJson(client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .withName("web")
                .get()
                .getStatus());
    }

    private static String documented() throws Exception {
        String text = Files.readString(House.root().resolve("docs/external-metrics.md"));
        Matcher block = Pattern.compile("```yaml\\n(apiVersion: autoscaling/v2.*?)```", Pattern.DOTALL)
                .matcher(text);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private void create(String yaml) {
        client.load(stream(yaml)).create();
    }

    private static void await(String what, BooleanSupplier holds) {
        for (int i = 0; !holds.getAsBoolean(); i++) {
            assertThat(i).as("waited %d s until %s", LONGEST_SECONDS, what).isLessThan(LONGEST_SECONDS * 10);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private static List<String> names(JsonNode resources) {
        return resources.valueStream().map(each -> each.path("name").asText()).toList();
    }

    /** As {@link RecommendationMetrics} tells the replicas of one workload; unknown while there are none. */
    private final class Wanted implements ExternalMetricSource {
        @Override
        public Set<String> metrics() {
            return Set.of("trimtab-replicas");
        }

        @Override
        public Reading read(String namespace, String metric) {
            Map<String, String> labels = Map.of("namespace", namespace, "kind", "Deployment", "workload", "web");
            Instant now = InstantSource.system().instant();
            return replicas.<Reading>map(count ->
                            new Reading.Values(List.of(new ExternalMetric(labels, BigDecimal.valueOf(count), now))))
                    .orElseGet(() -> new Reading.Unavailable("the test says so"));
        }
    }
}
