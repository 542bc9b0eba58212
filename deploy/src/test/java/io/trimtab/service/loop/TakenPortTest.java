package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.ingest.model.Mode;
import io.trimtab.service.Served;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails because its port is taken leaves what was kept as it found it, beside a real control plane. */
@WithTestbed
class TakenPortTest {
    private static final String LEFT = "running since 2026-11-24T12:00:00Z";

    @TempDir
    private Path folder;

    @Test
    void theLockAndTheStateStayAsTheyWere(Testbed testbed) throws Exception {
        try (Served served = Served.start(settings(testbed, 0))) {
            served.await("/api/v1/status", status -> status.path("ready").asBoolean());
        }
        Path lock = folder.resolve("lock");
        assertThat(lock).as("after a clean end").isEmptyFile();
        Files.writeString(lock, LEFT);
        Map<String, String> before = files();
        assertThat(before).containsKeys("lock", "state.bin");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> Service.start(settings(testbed, taken.getLocalPort()), _ -> {}))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("port %d of 127.0.0.1 is taken", taken.getLocalPort());
        }
        assertThat(files()).isEqualTo(before);
        try (Served served = Served.start(settings(testbed, 0))) {
            assertThat(served.get("/api/v1/status").body()).as("the next start").contains("not stopped cleanly");
        }
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList())
                found.put(
                        folder.relativize(file).toString(),
                        Files.getLastModifiedTime(file) + " " + HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
        // Its line is written anew, with the same content.
        found.computeIfPresent("lock", (_, content) -> content.substring(content.indexOf(' ')));
        return found;
    }

    private Settings settings(Testbed testbed, int port) {
        return new Settings(
                port,
                "127.0.0.1",
                Mode.RECOMMEND,
                Duration.ofSeconds(1),
                new Settings.Source.Real(
                                new Settings.Kubernetes(Optional.of(testbed.kubeconfig())),
                                Optional.empty(),
                                Duration.ofHours(1),
                                Duration.ofMinutes(1),
                                Optional.empty(),
                                Optional.empty())
                        .keeping(Optional.of(new Settings.State(folder, Duration.ofMinutes(5)))));
    }
}
