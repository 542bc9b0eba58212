package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.kubernetes.Owners.Found;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnershipTest {
    private static final List<Owned<Workload>> BETWEEN = List.of(
            owned("shop/ReplicaSet/web-5f", "shop/Deployment/web"),
            owned("shop/ReplicaSet/canary-5f", "shop/Rollout/canary"),
            owned("shop/ReplicaSet/old", null),
            owned("shop/Job/nightly-1", "shop/CronJob/nightly"),
            owned("shop/Job/load", null),
            // Knative: two revisions of a service, one of a configuration without a service, and what only looks like
            // one.
            owned("shop/ReplicaSet/hello-00001-deployment-5f", "shop/Deployment/hello-00001-deployment"),
            owned("shop/ReplicaSet/hello-00002-deployment-5f", "shop/Deployment/hello-00002-deployment"),
            owned("shop/ReplicaSet/lone-00001-deployment-5f", "shop/Deployment/lone-00001-deployment"),
            owned("shop/ReplicaSet/poser-5f", "shop/Deployment/poser"),
            revision(
                    "shop/Deployment/hello-00001-deployment",
                    1,
                    0,
                    Map.of("service", "hello", "configuration", "hello")),
            revision(
                    "shop/Deployment/hello-00002-deployment",
                    2,
                    3,
                    Map.of("service", "hello", "configuration", "hello")),
            revision("shop/Deployment/lone-00001-deployment", 3, 1, Map.of("configuration", "lone")),
            owned("shop/Deployment/poser", "shop/Revision/poser", Map.of("serving.knative.dev/service", "hello")),
            // KServe: with Knative, whose service the model's server is, and with a Deployment of its own.
            owned(
                    "shop/ReplicaSet/iris-predictor-00001-deployment-5f",
                    "shop/Deployment/iris-predictor-00001-deployment"),
            revision("shop/Deployment/iris-predictor-00001-deployment", 4, 1, Map.of("service", "iris-predictor")),
            owned("shop/ReplicaSet/raw-predictor-5f", "shop/Deployment/raw-predictor"),
            owned("shop/Deployment/raw-predictor", "shop/InferenceService/raw"));

    /** A Kafka as Strimzi runs it: a pod set, whose node pool can be scaled; nobody has read who owns kafka of the namespace other. */
    private static final Map<String, Found> READ = Map.of(
            "shop/StrimziPodSet/kafka",
                    new Found(Optional.of(ref("shop/KafkaNodePool/pool")), false, OptionalInt.empty()),
            "shop/KafkaNodePool/pool", new Found(Optional.of(ref("shop/Kafka/kafka")), true, OptionalInt.of(3)),
            "shop/Kafka/kafka", new Found(Optional.empty(), false, OptionalInt.empty()),
            "shop/Revision/iris-predictor-00001",
                    new Found(Optional.of(ref("shop/Configuration/iris-predictor")), false, OptionalInt.empty()),
            "shop/Configuration/iris-predictor",
                    new Found(Optional.of(ref("shop/Service/iris-predictor")), false, OptionalInt.empty()),
            "shop/Service/iris-predictor",
                    new Found(Optional.of(ref("shop/InferenceService/iris")), false, OptionalInt.empty()),
            "shop/Loop/a", new Found(Optional.of(ref("shop/Loop/b")), false, OptionalInt.empty()),
            "shop/Loop/b", new Found(Optional.of(ref("shop/Loop/a")), false, OptionalInt.empty()));

    private static final OwnerChain CHAIN = new OwnerChain(
            id -> BETWEEN.stream()
                    .filter(owned -> owned.record().id().equals(id))
                    .findFirst(),
            ref -> Optional.ofNullable(READ.get(ref.id().toString())));

    private static ControllerRef ref(String id) {
        return new ControllerRef("any/v1", WorkloadId.parse(id));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
        shop/ReplicaSet/web-5f,    shop/Deployment/web
        shop/ReplicaSet/canary-5f, shop/Rollout/canary
        shop/ReplicaSet/old,       shop/ReplicaSet/old
        other/ReplicaSet/web-5f,   other/ReplicaSet/web-5f
        shop/Job/nightly-1,        shop/CronJob/nightly
        shop/Job/load,             shop/Job/load
        shop/StatefulSet/db,       shop/StatefulSet/db
        shop/StrimziPodSet/kafka,  shop/KafkaNodePool/pool
        other/StrimziPodSet/kafka, other/StrimziPodSet/kafka
        shop/Loop/a,               shop/Loop/b
        shop/ReplicaSet/hello-00001-deployment-5f, shop/Service/hello
        shop/ReplicaSet/hello-00002-deployment-5f, shop/Service/hello
        shop/ReplicaSet/lone-00001-deployment-5f,  shop/Configuration/lone
        shop/ReplicaSet/poser-5f,                  shop/Deployment/poser
        shop/ReplicaSet/iris-predictor-00001-deployment-5f, shop/Service/iris-predictor
        shop/ReplicaSet/raw-predictor-5f,          shop/Deployment/raw-predictor
        """)
    void findsTheTop(String direct, String top) {
        assertThat(CHAIN.workload(ref(direct))).hasToString(top);
    }

    @Test
    void theChainOfAModelServedByKnativeEndsAtItsInferenceService() {
        assertThat(CHAIN.above(ref("shop/ReplicaSet/iris-predictor-00001-deployment-5f")))
                .extracting(it -> it.id().toString())
                .containsExactly(
                        "shop/ReplicaSet/iris-predictor-00001-deployment-5f",
                        "shop/Deployment/iris-predictor-00001-deployment",
                        "shop/Revision/iris-predictor-00001",
                        "shop/Configuration/iris-predictor",
                        "shop/Service/iris-predictor",
                        "shop/InferenceService/iris");
    }

    @Test
    void theRevisionsOfAKnativeServiceAreOneWorkload() {
        List<Owned<Workload>> deployments = BETWEEN.stream()
                .filter(it -> it.record().id().kind().equals("Deployment"))
                .toList();
        List<Workload> together =
                Knative.together(deployments).stream().map(Owned::record).toList();
        assertThat(together)
                .extracting(it -> it.id().toString())
                .containsExactlyInAnyOrder(
                        "shop/Service/hello",
                        "shop/Service/iris-predictor",
                        "shop/Configuration/lone",
                        "shop/Deployment/poser",
                        "shop/Deployment/raw-predictor");
        assertThat(together)
                .filteredOn(it -> it.id().name().equals("hello"))
                .singleElement()
                .satisfies(hello -> {
                    assertThat(hello.replicas()).as("of all revisions").isEqualTo(3);
                    assertThat(hello.containers())
                            .as("of the newest")
                            .extracting(ContainerSpec::image)
                            .containsExactly("image-2");
                    assertThat(hello.createdAt()).isEqualTo(Instant.ofEpochSecond(1));
                });
    }

    @Test
    void workloadsOfUnwatchedKindsAreKnownByTheirPods() {
        List<Pod> pods = Ownership.pods(
                List.of(
                        pod("canary-a", 1, PodPhase.RUNNING, "shop/ReplicaSet/canary-5f"),
                        pod("canary-b", 2, PodPhase.RUNNING, "shop/ReplicaSet/canary-5f"),
                        pod("canary-c", 3, PodPhase.FAILED, "shop/ReplicaSet/canary-5f"),
                        pod("load-x", 4, PodPhase.RUNNING, "shop/Job/load"),
                        pod("bare", 5, PodPhase.RUNNING, null)),
                CHAIN::workload);
        List<Workload> free = Ownership.free(BETWEEN);
        assertThat(free)
                .extracting(workload -> workload.id().toString())
                .containsExactly("shop/ReplicaSet/old", "shop/Job/load");
        assertThat(Ownership.unwatched(free, pods, Map.of())).singleElement().satisfies(rollout -> {
            assertThat(rollout.id()).hasToString("shop/Rollout/canary");
            assertThat(rollout.replicas()).isEqualTo(2);
            assertThat(rollout.containers()).extracting(ContainerSpec::image).containsExactly("image-3");
            assertThat(rollout.createdAt()).isEqualTo(Instant.ofEpochSecond(1));
        });
    }

    /** As Knative makes a Deployment of a revision. */
    private static Owned<Workload> revision(String id, long createdSecond, int replicas, Map<String, String> labels) {
        var workload = new Workload(
                WorkloadId.parse(id),
                replicas,
                List.of(new ContainerSpec("user-container", "image-" + createdSecond, Requirements.NONE)),
                labels.entrySet().stream()
                        .collect(Collectors.toMap(it -> "serving.knative.dev/" + it.getKey(), Map.Entry::getValue)),
                Map.of(),
                Instant.ofEpochSecond(createdSecond));
        String name = id.replace("/Deployment/", "/Revision/").replaceAll("-deployment$", "");
        return new Owned<>(
                workload, Optional.of(new ControllerRef("serving.knative.dev/v1", WorkloadId.parse(name))), Map.of());
    }

    private static Owned<Workload> owned(String id, String controller) {
        return owned(id, controller, Map.of());
    }

    private static Owned<Workload> owned(String id, String controller, Map<String, String> labels) {
        var workload = new Workload(WorkloadId.parse(id), 1, List.of(), labels, Map.of(), Instant.EPOCH);
        return new Owned<>(workload, Optional.ofNullable(controller).map(OwnershipTest::ref), Map.of());
    }

    private static WatchedPod pod(String name, long createdSecond, PodPhase phase, String controller) {
        var pod = new Pod(
                new PodId("shop", name),
                Optional.empty(),
                Optional.empty(),
                phase,
                List.of(new ContainerSpec("app", "image-" + createdSecond, Requirements.NONE)),
                Map.of(),
                Map.of(),
                Instant.ofEpochSecond(createdSecond),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new WatchedPod(pod, Optional.ofNullable(controller).map(OwnershipTest::ref), List.of(), "");
    }
}
