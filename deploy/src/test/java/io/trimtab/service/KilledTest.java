package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process beside a real cluster and a real Prometheus is killed, finds a broken folder, and goes on. */
@WithTestbed
class KilledTest {
    private static final Pattern READ_AGAIN = Pattern.compile("samples from (\\S+) to (\\S+) are read again from http");

    @TempDir
    private Path folder;

    private Testbed testbed;
    private RealPair pair;

    @BeforeEach
    void run(Testbed fresh) throws Exception {
        testbed = fresh;
        pair = RealPair.run(fresh, folder);
    }

    @AfterEach
    void stop() throws Exception {
        pair.close();
    }

    @Test
    void aKillLosesWhatCameAfterTheLastSnapshotAndSaysSo() throws Exception {
        Path state = folder.resolve("state");
        double first;
        Instant saved;
        try (ServeProcess served = serve(state)) {
            ready(served, "/state/savedAt");
            // While a long history is read it is saved too, and then it is read on from there.
            Instant over = InstantSource.system().instant();
            JsonNode status = served.await(
                    "/api/v1/status",
                    it -> Instant.parse(it.at("/state/savedAt").asText()).isAfter(over));
            first = served.metric("trimtab_samples_total");
            saved = Instant.parse(status.at("/state/savedAt").asText());
            served.kill();
        }
        try (ServeProcess served = serve(state)) {
            assertThat(served.get("/api/v1/recommendations?namespace=" + testbed.namespace()))
                    .as("at once")
                    .contains("350m");
            JsonNode status = ready(served, "/state/savedAt");
            String start = status.at("/state/start").toString();
            Matcher again = READ_AGAIN.matcher(start);
            assertThat(start).contains("restored what was saved at", "not stopped cleanly (running since");
            assertThat(again.find()).as(start).isTrue();
            assertThat(Instant.parse(again.group(1)))
                    .as("from where it is read again, when the file was saved at %s or later", saved)
                    .isAfter(saved.minus(Duration.ofSeconds(30)));
            assertThat(served.said()).contains("trimtab: state: not stopped cleanly");
            assertThat(served.metric("trimtab_samples_total")).isLessThan(first / 10);
            assertThat(served.get("/api/v1/recommendations?namespace=" + testbed.namespace()))
                    .contains("350m");
            served.stop();
        }
        try (ServeProcess served = serve(state)) {
            assertThat(ready(served, "/state/savedAt").at("/state/start").toString())
                    .contains("restored")
                    .doesNotContain("not stopped cleanly");
        }
    }

    @Test
    void aCutOffFileIsPutAsideAndTheOneBeforeItTaken() throws Exception {
        Path state = folder.resolve("state");
        try (ServeProcess served = serve(state)) {
            ready(served, "/state/savedAt");
            served.stop();
        }
        Path newest = state.resolve("state.bin");
        Files.copy(newest, state.resolve("state.previous.bin"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        byte[] whole = Files.readAllBytes(newest);
        Files.write(newest, Arrays.copyOf(whole, whole.length / 2));
        try (ServeProcess served = serve(state)) {
            assertThat(ready(served, "/state/savedAt").at("/state/start").toString())
                    .contains("state.bin cannot be used: it is cut off", "state.bin.corrupt")
                    .contains("restored what was saved", "state.previous.bin");
            assertThat(served.get("/api/v1/recommendations?namespace=" + testbed.namespace()))
                    .contains("350m");
        }
        assertThat(state.resolve("state.bin.corrupt")).hasBinaryContent(Arrays.copyOf(whole, whole.length / 2));
    }

    @Test
    void aReadOnlyFolderIsSaidAndTheServiceGoesOn() throws Exception {
        unsaved("ro", "Read-only file system");
    }

    @Test
    void aFullDiskIsSaidTheServiceGoesOnAndSavesOnceThereIsRoom() throws Exception {
        unsaved("size=4k", "No space left on device");
    }

    /** On a disk that takes nothing; skipped where this user may not mount one. */
    private void unsaved(String option, String why) throws Exception {
        Path state = Files.createDirectory(folder.resolve("state"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", option, "none", state.toString()))
                .as("this user may mount a disk")
                .isTrue();
        try (ServeProcess served = serve(state)) {
            served.await(
                    "/api/v1/status",
                    status -> status.path("ready").asBoolean()
                            && !status.at("/state/trouble").asText().isEmpty());
            assertThat(served.get("/status")).contains("✗ nothing can be saved in " + state, why, "is there room");
            assertThat(served.said()).contains("nothing can be saved in", why);
            assertThat(served.metric("trimtab_state_save_failures_total")).isPositive();
            assertThat(served.metric("trimtab_state_saved_timestamp_seconds")).isZero();
            assertThat(served.metric("trimtab_state_interval_seconds")).isEqualTo(1);
            assertThat(served.get("/api/v1/recommendations?namespace=" + testbed.namespace()))
                    .contains("350m");
            assertThat(run("mount", "-o", "remount,rw,size=4m", state.toString()))
                    .isTrue();
            JsonNode healed = ready(served, "/state/savedAt");
            assertThat(healed.at("/state/trouble").asText()).isEmpty();
            assertThat(healed.at("/state/saving").asBoolean()).isTrue();
            served.stop();
        } finally {
            assertThat(run("umount", "-l", state.toString())).isTrue();
        }
    }

    private ServeProcess serve(Path state) throws IOException {
        return ServeProcess.start(
                folder,
                "--kubeconfig",
                testbed.kubeconfig().toString(),
                "--prometheus",
                pair.prometheus().uri().toString(),
                "--history",
                RealPair.HOURS + "h",
                "--cycle",
                "1s",
                "--state-dir",
                state.toString(),
                "--state-every",
                "1s");
    }

    /** Once the first round is over and there is something in the status. */
    private static JsonNode ready(ServeProcess served, String there) throws IOException, InterruptedException {
        return served.await(
                "/api/v1/status",
                status -> status.path("ready").asBoolean() && status.at(there).isTextual());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
