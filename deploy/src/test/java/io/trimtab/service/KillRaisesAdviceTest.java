package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.model.Mode;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kill for memory that only the watch saw is in the advice of the next round. */
class KillRaisesAdviceTest {
    @TempDir
    private Path folder;

    /** By its samples the container needs 1.03 GiB; killed with a request of 2 GiB, it needs a fifth more than that at the least. */
    @Test
    @WithTestbed
    void theNextRoundAdvisesMore(Testbed testbed) throws Exception {
        try (RealPair pair = RealPair.run(testbed, folder);
                Served service = Served.start(pair.settings(Mode.RECOMMEND, testbed.kubeconfig()))) {
            String path = "/api/v1/recommendations?namespace=" + testbed.namespace();
            JsonNode before = service.await(path, page -> advised(page) > 0);
            assertThat(advised(before)).isEqualTo(RealPair.MEMORY_NEEDED);
            String pod = pair.web().getFirst().getMetadata().getName();
            pair.client()
                    .pods()
                    .withName(pod)
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), """
                        {"status":{"containerStatuses":[{"name":"web","restartCount":1,"lastState":{"terminated":
                        {"reason":"OOMKilled","exitCode":137,"finishedAt":"%s"}}}]}}\
                        """.formatted(
                            InstantSource.system().instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS)));
            service.await(
                    "/api/v1/workloads/%s/Deployment/web".formatted(testbed.namespace()),
                    it -> it.path("terminations").size() == 1);
            int seenIn = rounds(service);
            service.await(path, page -> advised(page) != advised(before));
            assertThat(rounds(service)).as("the round under way, or the next").isLessThanOrEqualTo(seenIn + 2);
            JsonNode after = service.await(path, page -> true);
            assertThat(advised(after))
                    .isGreaterThanOrEqualTo((long) (1.2 * Bytes.parse("2Gi").value()));
        }
    }

    private static int rounds(Served service) throws Exception {
        return service.await("/api/v1/status", it -> true).path("cycles").asInt();
    }

    /** The memory request in bytes that is recommended for {@code web}; 0 where none is. */
    private static long advised(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .filter(item -> item.path("workload").asText().equals("web")
                        && item.path("kind").asText().equals("Retune"))
                .map(item -> item.path("patch").asText())
                .map(patch -> patch.replaceAll("(?s).*requests:.*?memory: \"([^\"]+)\".*", "$1"))
                .mapToLong(quantity -> Bytes.parse(quantity).value())
                .findFirst()
                .orElse(0);
    }
}
