package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trimtab.ingest.model.Mode;
import io.trimtab.service.RealPair;
import io.trimtab.service.Served;
import io.trimtab.service.config.Settings;
import io.trimtab.service.testbed.Testbed;
import io.trimtab.service.testbed.WithTestbed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is stopped and started again beside a real Prometheus: it reads on where it was. */
@WithTestbed
class RestartTest {
    @TempDir
    private Path folder;

    @Test
    void theHistoryIsNotReadOnceMore(Testbed testbed) throws Exception {
        try (RealPair pair = RealPair.run(testbed, folder)) {
            Settings settings = new Settings(
                    0,
                    "127.0.0.1",
                    Mode.RECOMMEND,
                    Duration.ofSeconds(1),
                    new Settings.Source.Real(
                                    new Settings.Kubernetes(Optional.of(testbed.kubeconfig())),
                                    new Settings.Prometheus(pair.prometheus().uri(), Optional.empty(), Map.of()),
                                    Duration.ofHours(RealPair.HOURS),
                                    Duration.ofMinutes(1))
                            .keeping(Optional.of(new Settings.State(folder.resolve("state"), Duration.ofMinutes(5)))));
            double first;
            try (Served served = Served.start(settings)) {
                first = ready(served, "nothing was kept");
            }
            try (Served served = Served.start(settings)) {
                double second = ready(served, "restored what was saved");
                assertThat(second).as("samples read, after %s before", first).isLessThan(first / 10);
                assertThat(served.get("/api/v1/recommendations?namespace=" + testbed.namespace())
                                .body())
                        .as("what was learned is known at once")
                        .contains("350m");
            }
        }
    }

    /** @return how many samples were read by the first rounds */
    private static double ready(Served served, String start) throws Exception {
        JsonNode status =
                served.await("/api/v1/status", answer -> answer.path("ready").asBoolean());
        assertThat(status.at("/state/saving").asBoolean()).isTrue();
        assertThat(status.at("/state/start/0").asText()).startsWith(start);
        assertThat(status.at("/state/start").toString()).doesNotContain("not stopped cleanly");
        Matcher samples = Pattern.compile("(?m)^trimtab_samples_total (\\S+)$")
                .matcher(served.get("/metrics").body());
        assertThat(samples.find()).isTrue();
        return Double.parseDouble(samples.group(1));
    }
}
