package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodOwnersTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final ClusterSnapshot SNAPSHOT = snapshot();

    @ParameterizedTest(name = "{0}/{1} is of {2}")
    @CsvSource(delimiter = '|', textBlock = """
        shop  | web-5f7c8d9b6-x2x4z      | shop/Deployment/web
        shop  | web-api-5f7c8d9b6-x2x4z  | shop/Deployment/web-api
        shop  | web-api-x2x4z-q5q5q      | shop/Deployment/web-api
        shop  | db-12                    | shop/StatefulSet/db
        shop  | agent-x2x4z              | shop/DaemonSet/agent
        shop  | nightly-28390000-x2x4z   | shop/CronJob/nightly
        shop  | web-5f7c8d9b6-bare1      | nobody
        shop  | web-5f7c8d9b6-moved      | shop/Deployment/other
        shop  | web                      | nobody
        shop  | web-5f7c8d9b6            | nobody
        shop  | roll-5f7c8d9b6-x2x4z     | nobody
        other | web-5f7c8d9b6-x2x4z      | nobody
        shop  | -x2x4z                   | nobody
        shop  | hello-00001-deployment-5f7c8d9b6-x2x4z     | shop/Service/hello
        shop  | hello-00002-deployment-5f7c8d9b6-x2x4z     | shop/Service/hello
        shop  | hello-api-00001-deployment-5f7c8d9b6-x2x4z | shop/Service/hello-api
        shop  | hello-job-00001-deployment-5f7c8d9b6-x2x4z | nobody
        shop  | hello-a-b-5f7c8d9b6-x2x4z                  | nobody
        """)
    void tellsByOwnerReferencesAndElseByTheName(String namespace, String pod, String owner) {
        Optional<WorkloadId> expected =
                owner.equals("nobody") ? Optional.empty() : Optional.of(WorkloadId.parse(owner));
        PodOwners owners = new PodOwners(SNAPSHOT);
        assertThat(owners.owner(new PodId(namespace, pod))).isEqualTo(expected);
        assertThat(owners.owner(new PodId(namespace, pod))).as("asked again").isEqualTo(expected);
    }

    /** With two pods that are there: one that has no owner although its name would fit, and one of another workload. */
    private static ClusterSnapshot snapshot() {
        List<Workload> workloads = Stream.of(
                        "shop/Deployment/web",
                        "shop/Deployment/web-api",
                        "shop/Deployment/other",
                        "shop/StatefulSet/db",
                        "shop/DaemonSet/agent",
                        "shop/CronJob/nightly",
                        "shop/Service/hello",
                        "shop/Service/hello-api",
                        "shop/Rollout/roll")
                .map(WorkloadId::parse)
                .map(PodOwnersTest::workload)
                .toList();
        Pod bare = pod("web-5f7c8d9b6-bare1", Optional.empty());
        Pod moved = pod("web-5f7c8d9b6-moved", Optional.of(WorkloadId.parse("shop/Deployment/other")));
        return new ClusterSnapshot(NOW, workloads, List.of(bare, moved), List.of(), List.of());
    }

    private static Workload workload(WorkloadId id) {
        return new Workload(id, 1, List.of(), Map.of(), Map.of(), NOW);
    }

    private static Pod pod(String name, Optional<WorkloadId> owner) {
        return new Pod(
                new PodId("shop", name),
                owner,
                Optional.of("n"),
                PodPhase.RUNNING,
                List.of(),
                Map.of(),
                Map.of(),
                NOW,
                Optional.of(NOW),
                Optional.of(NOW),
                Optional.empty());
    }
}
