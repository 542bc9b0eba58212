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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnershipTest {
    private static final List<Owned<Workload>> BETWEEN = List.of(
            owned("shop/ReplicaSet/web-5f", "shop/Deployment/web"),
            owned("shop/ReplicaSet/canary-5f", "shop/Rollout/canary"),
            owned("shop/ReplicaSet/old", null),
            owned("shop/Job/nightly-1", "shop/CronJob/nightly"),
            owned("shop/Job/load", null));

    /** A Kafka as Strimzi runs it: a pod set, whose node pool can be scaled; nobody has read who owns kafka of the namespace other. */
    private static final Map<String, Found> READ = Map.of(
            "shop/StrimziPodSet/kafka",
                    new Found(Optional.of(ref("shop/KafkaNodePool/pool")), false, OptionalInt.empty()),
            "shop/KafkaNodePool/pool", new Found(Optional.of(ref("shop/Kafka/kafka")), true, OptionalInt.of(3)),
            "shop/Kafka/kafka", new Found(Optional.empty(), false, OptionalInt.empty()),
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
        """)
    void findsTheTop(String direct, String top) {
        assertThat(CHAIN.workload(ref(direct))).hasToString(top);
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

    private static Owned<Workload> owned(String id, String controller) {
        var workload = new Workload(WorkloadId.parse(id), 1, List.of(), Map.of(), Map.of(), Instant.EPOCH);
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
