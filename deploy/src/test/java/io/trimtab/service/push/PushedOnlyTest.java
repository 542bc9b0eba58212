package io.trimtab.service.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.remotewrite.Payload;
import io.trimtab.ingest.remotewrite.Payload.Point;
import io.trimtab.ingest.remotewrite.Payload.Row;
import io.trimtab.service.Served;
import io.trimtab.service.config.Settings;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --kubeconfig} alone, at a real control plane: usage is what is pushed, and while nothing is, the service says what to do. */
@WithTestbed
class PushedOnlyTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsPushedIsTheUsage(Testbed testbed) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "secret");
        Settings settings = new Settings(
                0,
                "127.0.0.1",
                Mode.RECOMMEND,
                Duration.ofSeconds(1),
                new Settings.Source.Real(
                        new Settings.Kubernetes(Optional.of(testbed.kubeconfig())),
                        Optional.empty(),
                        Duration.ofHours(1),
                        Duration.ofSeconds(15),
                        Optional.empty(),
                        Optional.of(token)));
        try (Served served = Served.start(settings)) {
            JsonNode silent = served.await(
                    "/api/v1/status",
                    status -> usage(status).path("trouble").asText().contains("no metrics.k8s.io"));
            assertThat(usage(silent).path("trouble").asText())
                    .contains("install metrics-server", "remote_write", "/v1/metrics", "gRPC");
            assertThat(usage(silent).path("where").asText()).contains("pushed");
            assertThat(silent.path("metrics").path(0).path("cost").asText()).contains("install metrics-server");

            assertThat(push(served, "wrong")).isEqualTo(401);
            assertThat(push(served, "secret")).isEqualTo(204);

            served.await(
                    "/api/v1/status",
                    status -> usage(status).path("trouble").asText().isEmpty());
            assertThat(served.get("/metrics").body())
                    .contains("trimtab_remote_write_requests_total{result=\"unauthorized\"} 1.0")
                    .contains("trimtab_remote_write_samples_total{result=\"kept\"} 122.0")
                    .contains("trimtab_pushed_series 2.0")
                    .containsPattern("(?m)^trimtab_samples_total [1-9]");
        }
    }

    /** Of half an hour up to now, every 30 s. */
    private static int push(Served served, String token) throws Exception {
        long now = InstantSource.system().millis();
        Point[] cpu = new Point[61];
        Point[] memory = new Point[61];
        for (int i = 0; i <= 60; i++) {
            cpu[i] = new Point(now - (60 - i) * 30_000L, i * 3);
            memory[i] = new Point(now - (60 - i) * 30_000L, 64 << 20);
        }
        byte[] body = Payload.snappy(Payload.version2(List.of(
                Row.of("container_cpu_usage_seconds_total", "shop", "web-0", "app", cpu),
                Row.of("container_memory_working_set_bytes", "shop", "web-0", "app", memory))));
        return served.send(served.request(
                                RemoteWriteDoor.PATH,
                                "Content-Type",
                                Payload.VERSION_2,
                                "Content-Encoding",
                                "snappy",
                                "Authorization",
                                "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)))
                .statusCode();
    }

    private static JsonNode usage(JsonNode status) {
        return StreamSupport.stream(status.path("sources").spliterator(), false)
                .filter(source -> source.path("name").asText().equals("usage"))
                .findFirst()
                .orElseThrow();
    }
}
