package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.WorkloadId;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Without an API server; the tests with a real one are in the deploy module. */
class KubernetesInventoryTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private KubernetesClient client;
    private String address;

    @BeforeEach
    void nobodyListens() throws IOException {
        try (var socket = new ServerSocket(0)) {
            address = "http://127.0.0.1:" + socket.getLocalPort();
        }
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl(address)
                        .withRequestRetryBackoffLimit(0)
                        .withAutoConfigure(false)
                        .build())
                .build();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void saysSinceWhenNothingIsHeardAndWhatToDo() throws Exception {
        try (var inventory = new KubernetesInventory(client, InstantSource.fixed(NOW), Duration.ofMinutes(5))) {
            inventory.start();
            long giveUp = System.currentTimeMillis() + 10_000;
            while (inventory.problems().size() < 19 && System.currentTimeMillis() < giveUp) Thread.sleep(20);
            assertThat(inventory.problems())
                    .hasSize(19)
                    .first()
                    .asString()
                    .startsWith("Kubernetes at %s: pods never listed, tried since 2026-11-24T12:00:00Z: "
                            .formatted(address))
                    .containsIgnoringCase("connection refused")
                    .endsWith("; check the API server and the network policy");
            assertThat(inventory.hasSynced()).isFalse();
            assertThatThrownBy(() -> inventory.snapshot(NOW))
                    .isInstanceOfSatisfying(
                            IngestException.class,
                            e -> assertThat(e.kind()).isEqualTo(IngestException.Kind.UNREACHABLE))
                    .hasMessageStartingWith("Kubernetes at " + address);
            assertThatThrownBy(() -> inventory.pods("shop"))
                    .isInstanceOf(IngestException.class)
                    .hasMessageStartingWith("Kubernetes at %s: pods never listed".formatted(address));
            assertThatThrownBy(() -> inventory.workload(WorkloadId.parse("shop/StatefulSet/db")))
                    .isInstanceOf(IngestException.class)
                    .hasMessageStartingWith("Kubernetes at %s: statefulsets never listed".formatted(address));
            assertThatThrownBy(() -> inventory.workload(WorkloadId.parse("shop/Rollout/web")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "the kind of shop/Rollout/web must be one of CronJob, DaemonSet, Deployment, StatefulSet");
            assertThat(inventory.lastKnown(NOW).pods()).isEmpty();
            assertThat(inventory.killsSeenAfter(Instant.EPOCH)).isEmpty();
        }
    }
}
