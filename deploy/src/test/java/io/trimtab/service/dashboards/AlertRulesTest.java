package io.trimtab.service.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trimtab.house.House;
import io.trimtab.service.testbed.PrometheusServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each alert is understood by Prometheus, has a case that fires and one that does not, and a page that says what to do. */
class AlertRulesTest {
    private static final String RUNBOOKS = "https://github.com/trimtab/trimtab/blob/main/docs/runbooks/";
    private static final Set<String> SEVERITIES = Set.of("critical", "warning", "info");

    static List<Alert> alerts() throws IOException {
        return Alert.all();
    }

    @Test
    void promtoolUnderstandsTheRules() throws Exception {
        PrometheusServer.requireInstalled();
        assertThat(promtool("check", "rules", Alert.rules().toString()))
                .contains("SUCCESS: %d rules found".formatted(alerts().size()));
    }

    @Test
    void promtoolSeesEachFireAndStaySilentAsTheCasesSay() throws Exception {
        PrometheusServer.requireInstalled();
        assertThat(promtool("test", "rules", Alert.cases().toString())).contains("SUCCESS");
    }

    /** So that the cases are known to look: rules that never fire must not pass them. */
    @Test
    void casesFailWithRulesThatNeverFire(@TempDir Path folder) throws Exception {
        PrometheusServer.requireInstalled();
        String rules = Files.readString(Alert.rules()).replaceAll("for: \\w+", "for: 100d");
        Files.writeString(folder.resolve("trimtab.yaml"), rules);
        Path cases = Files.copy(Alert.cases(), folder.resolve("trimtab_test.yaml"));
        assertThat(promtool("test", "rules", cases.toString())).contains("FAILED");
    }

    @Test
    void everyAlertHasACaseThatFiresAndOneThatStaysSilent() throws Exception {
        Set<String> fires = new HashSet<>();
        Set<String> silent = new HashSet<>();
        for (JsonNode test : Alert.read(Alert.cases()).path("tests"))
            for (JsonNode rule : test.path("alert_rule_test"))
                (rule.path("exp_alerts").isEmpty() ? silent : fires)
                        .add(rule.path("alertname").asText());
        Set<String> names = alerts().stream().map(Alert::name).collect(Collectors.toSet());
        assertThat(fires).isEqualTo(names);
        assertThat(silent).isEqualTo(names);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertSaysWhatItMeansAndWhereToReadOn(Alert alert) throws Exception {
        assertThat(alert.json().at("/labels/severity").asText()).isIn(SEVERITIES);
        assertThat(alert.json().has("for"))
                .as("it waits, so that a restart wakes nobody")
                .isTrue();
        assertThat(alert.json().at("/annotations/summary").asText()).endsWith(".");
        assertThat(alert.json().at("/annotations/description").asText()).endsWith(".");
        assertThat(alert.json().at("/annotations/runbook_url").asText()).isEqualTo(RUNBOOKS + alert.name() + ".md");
        assertThat(Files.readString(House.root().resolve("docs/runbooks/" + alert.name() + ".md")))
                .startsWith("# " + alert.name() + "\n")
                .contains("## What it means", "## What to look at", "## What to do")
                .contains(
                        "`" + alert.json().path("for").asText() + "`",
                        "`" + alert.json().at("/labels/severity").asText() + "`");
    }

    @Test
    void noRunbookIsLeftWithoutItsAlert() throws Exception {
        Set<String> names = alerts().stream().map(alert -> alert.name() + ".md").collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(House.root().resolve("docs/runbooks"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    /** What it said; it may have failed. */
    private static String promtool(String... arguments) throws Exception {
        Process process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
