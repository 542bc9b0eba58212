package io.trimtab.service.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.service.config.Settings;
import io.trimtab.service.connections.ConnectionBound;
import io.trimtab.service.kubeapi.ExternalMetric;
import io.trimtab.service.kubeapi.ExternalMetricSource;
import io.trimtab.service.kubeapi.KubeApi;
import io.trimtab.service.testbed.AggregatedApi;
import io.trimtab.service.testbed.JsonServer;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import io.trimtab.service.tls.MadeCertificate;
import io.trimtab.service.tls.ServingCertificate;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real controller of a real control plane scales Deployments from metrics that the test serves, in all three APIs; from the same pods, the same values and the history that it
 * keeps, ours decides the same, each time.
 */
@WithTestbed
class HorizontalDifferentialTest {
    private static final long SEED = 20261125;
    private static final int WORKLOADS = 33;
    private static final int DECISIONS = 600;
    private static final int DECISIONS_AT_LEAST = 200;
    private static final Duration LONGEST = Duration.ofSeconds(130);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String RESOURCES = "/apis/metrics.k8s.io/v1beta1";
    private static final String CUSTOM = "/apis/custom.metrics.k8s.io/v1beta2";
    private static final Pattern OF_PODS = Pattern.compile("/namespaces/[^/]+/pods");
    private static final Pattern OF_OBJECT = Pattern.compile("/namespaces/[^/]+/([^/]+)/([^/]+)/([^/]+)");
    private static final InstantSource CLOCK = InstantSource.system();

    private final Map<String, ScaledWorkload> workloads = new ConcurrentHashMap<>();
    private final Tally tally = new Tally(DECISIONS);

    @Test
    void theRealControllerDecidesTheSame(Testbed testbed, @TempDir Path folder) throws Exception {
        String name = "trimtab.%s.svc".formatted(testbed.namespace());
        MadeCertificate certificate = MadeCertificate.of(List.of(name, "127.0.0.1"), CLOCK.instant());
        Files.writeString(folder.resolve("tls.crt"), certificate.certificate());
        Files.writeString(folder.resolve("tls.key"), certificate.key());
        Settings.KubeApi settings = new Settings.KubeApi(0, "127.0.0.1", Optional.of(folder), List.of(name));
        for (int i = 0; i < 4; i++) testbed.addNode(testbed.namespace() + "-" + i, "64", "256Gi", Map.of());
        try (KubernetesClient client = testbed.client();
                JsonServer server = JsonServer.start(this::answer);
                KubeApi external = KubeApi.start(
                        settings,
                        ServingCertificate.of(settings, CLOCK),
                        client,
                        List.of(new Queues()),
                        ConnectionBound.usual("tls", CLOCK));
                AggregatedApi ignored = AggregatedApi.untrusted(client, "metrics.k8s.io", "v1beta1", server.port());
                AggregatedApi ignoredToo =
                        AggregatedApi.untrusted(client, "custom.metrics.k8s.io", "v1beta2", server.port());
                AggregatedApi ignoredAsWell = AggregatedApi.trusted(
                        client,
                        "external.metrics.k8s.io",
                        "v1beta1",
                        "trimtab",
                        external.port(),
                        certificate.authority())) {
            try {
                create(client);
                tally.await(LONGEST);
            } finally {
                client.autoscaling().v2().horizontalPodAutoscalers().delete();
                PodTrouble.release(client);
            }
        }
        System.out.printf("HPA, seed %d: %s%n", SEED, tally);
        tally.edges().forEach(edge -> System.out.printf("on an edge: %.300s%n", edge));
        assertThat(tally.differences()).isEmpty();
        assertThat(tally.lost()).hasSizeLessThanOrEqualTo(WORKLOADS / 10);
        assertThat(tally.decisions()).isGreaterThanOrEqualTo(DECISIONS_AT_LEAST);
        assertThat(tally.edges()).hasSizeLessThanOrEqualTo(tally.decisions() * 3 / 100);
    }

    private void create(KubernetesClient client) {
        Random random = new Random(SEED);
        HpaDraws draws = new HpaDraws(random);
        for (int i = 0; i < WORKLOADS; i++) {
            String name = "w" + i;
            PodUsage.Requests requests = draws.requests();
            List<WantedMetric> metrics = draws.metrics(i);
            boolean mayBeZero =
                    metrics.stream().anyMatch(metric -> metric.form().isTotal());
            int min = mayBeZero && random.nextInt(4) == 0 ? 0 : (int) draws.between(1, 3);
            int max = (int) draws.between(min + 3, 12);
            ObjectNode autoscaler = JsonNodeFactory.instance.objectNode();
            autoscaler.put("apiVersion", "autoscaling/v2").put("kind", "HorizontalPodAutoscaler");
            autoscaler.putObject("metadata").put("name", name);
            ObjectNode spec =
                    autoscaler.putObject("spec").put("minReplicas", min).put("maxReplicas", max);
            spec.putObject("scaleTargetRef")
                    .put("apiVersion", "apps/v1")
                    .put("kind", "Deployment")
                    .put("name", name);
            ArrayNode wanted = spec.putArray("metrics");
            metrics.forEach(metric -> wanted.add(metric.inAutoscaler(name)));
            draws.behavior().ifPresent(rules -> spec.set("behavior", rules));
            client.load(stream(deployment(name, requests, Math.max(1, min)))).create();
            HorizontalPodAutoscaler stored = client.autoscaling()
                    .v2()
                    .horizontalPodAutoscalers()
                    .load(stream(autoscaler.toString()))
                    .dryRun()
                    .create();
            Optional<HorizontalPodAutoscalerBehavior> behavior =
                    Optional.ofNullable(stored.getSpec().getBehavior());
            workloads.put(
                    name,
                    new ScaledWorkload(
                            client,
                            new ScaledWorkload.Spec(
                                    name, min, max, metrics, requests, behavior.map(JSON::<JsonNode>valueToTree)),
                            new Random(random.nextLong()),
                            tally));
            client.load(stream(autoscaler.toString())).create();
        }
    }

    private static String deployment(String name, PodUsage.Requests requests, int replicas) {
        String containers = requests.cpuMilli().keySet().stream()
                .map(container -> "{name: %s, image: any, resources: {requests: {cpu: %dm, memory: %d}}}"
                        .formatted(
                                container,
                                requests.cpuMilli().get(container),
                                requests.memoryBytes().get(container)))
                .collect(Collectors.joining(", "));
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %1$s}
            spec:
              replicas: %3$d
              selector: {matchLabels: {app: %1$s}}
              template:
                metadata: {labels: {app: %1$s}}
                spec: {containers: [%2$s]}
            """.formatted(name, containers, replicas);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> answer(URI uri) {
        String path = uri.getPath();
        if (path.equals(RESOURCES) || path.equals(CUSTOM)) return Optional.of(discovery(path));
        if (path.startsWith(RESOURCES)
                && OF_PODS.matcher(path.substring(RESOURCES.length())).matches()) return resources(uri);
        if (!path.startsWith(CUSTOM)) return Optional.empty();
        Matcher object = OF_OBJECT.matcher(path.substring(CUSTOM.length()));
        if (!object.matches()) return Optional.empty();
        return object.group(1).equals("pods")
                ? podMetric(uri, object.group(3))
                : objectMetric(object.group(2), object.group(3));
    }

    private static String discovery(String path) {
        String version = path.substring("/apis/".length());
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("kind", "APIResourceList").put("apiVersion", "v1").put("groupVersion", version);
        list.putArray("resources");
        return list.toString();
    }

    private Optional<String> resources(URI uri) {
        ScaledWorkload workload = selected(uri);
        return workload.ask("resources").map(round -> {
            ObjectNode list = list("PodMetricsList", "metrics.k8s.io/v1beta1");
            round.pods().forEach(pod -> pod.addResources(list.withArray("items"), "any", CLOCK.instant()));
            return list.toString();
        });
    }

    private Optional<String> podMetric(URI uri, String metric) {
        return selected(uri).ask("Pods/" + metric).map(round -> {
            ObjectNode list = list("MetricValueList", "custom.metrics.k8s.io/v1beta2");
            round.pods().forEach(pod -> pod.addMetric(list.withArray("items"), "any", metric, CLOCK.instant()));
            return list.toString();
        });
    }

    private Optional<String> objectMetric(String object, String metric) {
        ScaledWorkload workload = workloads.get(object);
        if (workload == null) return Optional.empty();
        return workload.ask("Object/" + metric)
                .flatMap(round -> total(workload, round, metric))
                .map(milli -> {
                    ObjectNode list = list("MetricValueList", "custom.metrics.k8s.io/v1beta2");
                    ObjectNode item = list.withArray("items").addObject();
                    item.putObject("describedObject")
                            .put("apiVersion", "apps/v1")
                            .put("kind", "Deployment")
                            .put("name", object);
                    item.putObject("metric").put("name", metric);
                    item.put("timestamp", CLOCK.instant().toString()).put("value", milli + "m");
                    return list.toString();
                });
    }

    private static ObjectNode list(String kind, String version) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("kind", kind).put("apiVersion", version).putObject("metadata");
        list.putArray("items");
        return list;
    }

    private ScaledWorkload selected(URI uri) {
        Matcher selector = Pattern.compile("labelSelector=app=(w\\d+)").matcher(uri.getQuery());
        if (!selector.find()) throw new IllegalArgumentException("no workload in " + uri);
        return workloads.get(selector.group(1));
    }

    private static Optional<Long> total(ScaledWorkload workload, ScaledWorkload.Round round, String metric) {
        for (int i = 0; i < workload.spec().metrics().size(); i++)
            if (workload.spec().metrics().get(i).name().equals(metric))
                return Optional.ofNullable(round.totals().get(i));
        return Optional.empty();
    }

    /** Through our own external metrics API. */
    private final class Queues implements ExternalMetricSource {
        @Override
        public Set<String> metrics() {
            return workloads.values().stream()
                    .flatMap(workload -> workload.spec().metrics().stream())
                    .filter(metric -> metric.form().type.equals("External"))
                    .map(WantedMetric::name)
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public Reading read(String namespace, String metric) {
            String name = "w" + metric.substring(1, metric.indexOf('-'));
            ScaledWorkload workload = workloads.get(name);
            Optional<Long> milli = workload == null
                    ? Optional.empty()
                    : workload.ask("External/" + metric).flatMap(round -> total(workload, round, metric));
            return milli.<Reading>map(value -> new Reading.Values(
                            List.of(new ExternalMetric(Map.of(), BigDecimal.valueOf(value, 3), CLOCK.instant()))))
                    .orElseGet(() -> new Reading.Unavailable("the test says so"));
        }
    }
}
