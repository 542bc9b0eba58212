package io.trimtab.service.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.service.evaluate.Evaluator;
import io.trimtab.service.testbed.AggregatedApi;
import io.trimtab.service.testbed.Binaries;
import io.trimtab.service.testbed.JsonServer;
import io.trimtab.service.testbed.PeerDefinitions;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real recommender of the Vertical Pod Autoscaler reads days of samples, and of kills for want of memory, from a real control plane; its statuses and its checkpoints are what
 * ours says of the same, also after it was started again from its checkpoints.
 */
@WithTestbed
class VerticalDifferentialTest {
    private static final long SEED = 20261125;
    private static final int WORKLOADS = 50;
    private static final int STEPS_IN_A_READING = 60;
    private static final int READINGS = 5;
    private static final String API = "autoscaling.k8s.io/v1";
    private static final Evaluator OURS = Evaluator.create();
    private static final JsonMapper JSON = new JsonMapper();

    private final Random random = new Random(SEED);
    private final UsageFeed feed = new UsageFeed();
    private final List<SizedWorkload> workloads = new ArrayList<>();
    private final VpaNumbers numbers = new VpaNumbers();
    private int compared;

    @Test
    void theRealRecommenderSaysTheSame(Testbed testbed, @TempDir Path folder) throws Exception {
        Binaries binaries = Binaries.of("vpa");
        PeerDefinitions definitions = PeerDefinitions.vpa();
        for (int i = 0; i < 2; i++) testbed.addNode(testbed.namespace() + "-" + i, "64", "512Gi", Map.of());
        // The windows of the last day are still open, and a checkpoint leaves out what is in them.
        Instant start =
                InstantSource.system().instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(7));
        try (KubernetesClient client = testbed.client();
                JsonServer server = JsonServer.start(feed::answer);
                AggregatedApi ignored = AggregatedApi.untrusted(client, "metrics.k8s.io", "v1beta1", server.port())) {
            definitions.install(client);
            try {
                for (int i = 0; i < WORKLOADS; i++) create(client, "v" + i);
                begin(client, start);
                try (StockRecommender theirs = StockRecommender.start(binaries, testbed, folder.resolve("log"))) {
                    feed.awaitReadings(2);
                    long kills = 0;
                    for (int i = 0; i < READINGS; i++) {
                        feed.feed(steps());
                        kills += kill(client, i);
                        theirs.awaitKills(kills);
                    }
                    feed.awaitReadings(2);
                    System.out.printf("VPA: %d workloads, %d kills%n", WORKLOADS, kills);
                }
                Map<String, ObjectNode> checkpoints = compare(client, new HashMap<>(), "first");
                begin(client, workloads.getFirst().last().plus(SizedWorkload.STEP));
                try (StockRecommender ignoredToo = StockRecommender.start(binaries, testbed, folder.resolve("log2"))) {
                    feed.awaitReadings(2);
                    feed.feed(steps());
                    feed.awaitReadings(1);
                }
                compare(client, checkpoints, "restarted");
            } finally {
                definitions.remove(client);
            }
        }
        System.out.printf(
                "VPA, seed %d: %d containers' numbers compared, %d different%n",
                SEED, compared, numbers.differences().size());
        assertThat(numbers.differences()).isEmpty();
        assertThat(compared).isGreaterThanOrEqualTo(2 * WORKLOADS);
    }

    private void create(KubernetesClient client, String name) {
        SizedWorkload workload = new SizedWorkload(client.getNamespace(), name, new Random(random.nextLong()));
        workloads.add(workload);
        String containers = workload.containers.stream()
                .map(container -> "{name: %s, image: any, resources: {requests: {cpu: 10m, memory: %d}}}"
                        .formatted(container.name(), container.requestBytes()))
                .collect(Collectors.joining(", "));
        client.load(stream("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %1$s}
            spec:
              replicas: %3$d
              selector: {matchLabels: {app: %1$s}}
              template:
                metadata: {labels: {app: %1$s}}
                spec: {containers: [%2$s]}
            """.formatted(name, containers, workload.replicas))).create();
        ObjectNode vpa = JsonNodeFactory.instance.objectNode();
        vpa.put("apiVersion", API).put("kind", "VerticalPodAutoscaler");
        vpa.putObject("metadata").put("name", name);
        ObjectNode spec = vpa.putObject("spec");
        spec.putObject("targetRef")
                .put("apiVersion", "apps/v1")
                .put("kind", "Deployment")
                .put("name", name);
        var policies = spec.putObject("resourcePolicy").putArray("containerPolicies");
        for (SizedWorkload.Container container : workload.containers) {
            if (container.bounds().isEmpty()) continue;
            ObjectNode policy = policies.addObject().put("containerName", container.name());
            policy.put("controlledValues", random.nextBoolean() ? "RequestsOnly" : "RequestsAndLimits");
            policy.set("minAllowed", container.bounds().path("min"));
            policy.set("maxAllowed", container.bounds().path("max"));
        }
        client.load(stream(vpa.toString())).create();
    }

    private void begin(KubernetesClient client, Instant from) {
        for (SizedWorkload workload : workloads) {
            client.apps()
                    .deployments()
                    .withName(workload.name)
                    .waitUntilCondition(
                            it -> it != null
                                    && it.getStatus() != null
                                    && it.getStatus().getReadyReplicas() != null
                                    && it.getStatus().getReadyReplicas() == workload.replicas,
                            1,
                            TimeUnit.MINUTES);
            workload.begin(
                    client.pods().withLabel("app", workload.name).list().getItems().stream()
                            .map(pod -> pod.getMetadata().getName())
                            .toList(),
                    from);
        }
    }

    private List<ObjectNode> steps() {
        List<ObjectNode> items = new ArrayList<>();
        for (int i = 0; i < STEPS_IN_A_READING; i++) workloads.forEach(workload -> workload.step(items));
        return items;
    }

    /** Kills a container in each fourth workload: more than asked for, at once or hours later. */
    private long kill(KubernetesClient client, int reading) {
        long kills = 0;
        for (int i = reading % 4; i < workloads.size(); i += 4) {
            SizedWorkload workload = workloads.get(i);
            String pod = workload.pods().get(random.nextInt(workload.pods().size()));
            SizedWorkload.Container container = workload.containers.get(random.nextInt(workload.containers.size()));
            Instant at = workload.last().minusSeconds(random.nextInt(3 * 3600));
            workload.killed(pod, container, at);
            client.pods().withName(pod).editStatus(old -> killed(old, container.name(), at));
            kills++;
        }
        return kills;
    }

    /** As a kubelet says it that has started the container again. */
    private static Pod killed(Pod pod, String container, Instant at) {
        PodBuilder builder = new PodBuilder(pod);
        List<ContainerStatus> statuses = pod.getStatus().getContainerStatuses();
        for (ContainerStatus status : statuses) {
            if (!status.getName().equals(container)) continue;
            status.setRestartCount(status.getRestartCount() + 1);
            status.setLastState(new ContainerStateBuilder()
                    .withNewTerminated()
                    .withReason("OOMKilled")
                    .withExitCode(137)
                    .withStartedAt(at.minusSeconds(60).toString())
                    .withFinishedAt(at.toString())
                    .endTerminated()
                    .build());
        }
        return builder.editStatus().withContainerStatuses(statuses).endStatus().build();
    }

    /** @return theirs by workload and container */
    private Map<String, ObjectNode> compare(KubernetesClient client, Map<String, ObjectNode> before, String phase) {
        Instant now = InstantSource.system().instant();
        Map<String, ObjectNode> checkpoints = new HashMap<>();
        for (SizedWorkload workload : workloads) {
            JsonNode status =
                    object(client, "VerticalPodAutoscaler", workload.name).path("status");
            for (SizedWorkload.Container container : workload.containers) {
                String name = workload.name + "-" + container.name();
                ObjectNode from = before.getOrDefault(name, nothingKnown());
                JsonNode ours = OURS.answer(
                        "rightsize",
                        workload.question(container, from, true, now).toString());
                JsonNode free = OURS.answer(
                        "rightsize",
                        workload.question(container, from, false, now).toString());
                JsonNode theirs = JsonNodeFactory.instance.missingNode();
                for (JsonNode each : status.path("recommendation").path("containerRecommendations"))
                    if (each.path("containerName").asText().equals(container.name())) theirs = each;
                String what = phase + " " + name;
                for (String resource : List.of("cpu", "memory")) {
                    numbers.compare(what, resource, theirs.path("target"), ours, "target");
                    numbers.compare(what, resource, theirs.path("lowerBound"), ours, "lower");
                    numbers.compare(what, resource, theirs.path("upperBound"), ours, "upper");
                    numbers.compare(what, resource, theirs.path("uncappedTarget"), free, "target");
                }
                ObjectNode checkpoint = (ObjectNode)
                        object(client, "VerticalPodAutoscalerCheckpoint", name).path("status");
                checkpoints.put(name, checkpoint);
                numbers.compareCheckpoints(what, checkpoint, ours.path("checkpoint"), !before.isEmpty());
                compared++;
            }
        }
        return checkpoints;
    }

    private static JsonNode object(KubernetesClient client, String kind, String name) {
        return JSON.valueToTree(
                client.genericKubernetesResources(API, kind).withName(name).get());
    }

    private static ObjectNode nothingKnown() {
        ObjectNode checkpoint = JsonNodeFactory.instance.objectNode();
        checkpoint.put("version", "v3");
        checkpoint.putObject("cpuHistogram");
        checkpoint.putObject("memoryHistogram");
        return checkpoint;
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
