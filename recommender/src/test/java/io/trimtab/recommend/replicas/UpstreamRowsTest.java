package io.trimtab.recommend.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.recommend.replicas.Behavior.Policy;
import io.trimtab.recommend.replicas.Behavior.PolicyType;
import io.trimtab.recommend.replicas.Behavior.Rules;
import io.trimtab.recommend.replicas.Behavior.Select;
import io.trimtab.recommend.replicas.ScalingAnswer.Measured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Random documents and what the controller of Kubernetes 1.37.2 itself makes of them; docs/decisions/010-hpa-mathematics.md says how the rows came about.
 * The property {@code trimtab.replicas.rows} names a folder with more rows of the same form.
 */
class UpstreamRowsTest {
    /** current | metric | target | pods | tolerance up | down | replicas or "error" | percent | average | value, in thousandths. */
    @Test
    void everyMetricProposesWhatTheControllerProposes() {
        for (String row : rows("metrics.txt")) {
            String[] cells = row.split("\\|", -1);
            int current = Integer.parseInt(cells[0]);
            ScalingAnswer answer = Scenario.of(current, Scenario.metric(cells[1], cells[2]), cells[3])
                    .tolerating(Double.parseDouble(cells[4]), Double.parseDouble(cells[5]))
                    .decide();
            assertThat(metricForm(answer.metrics().getFirst()))
                    .as(row)
                    .isEqualTo(String.join("|", List.of(cells).subList(6, 10)));
            assertThat(answer.desiredReplicas())
                    .as(row)
                    .isEqualTo(cells[6].equals("error") ? current : Integer.parseInt(cells[6]));
        }
    }

    /** current | wanted | min | max | up | down | recommendations | scale-ups | scale-downs | replicas. */
    @Test
    void limitsAreThoseOfTheController() {
        for (String row : rows("limits.txt")) {
            String[] cells = row.split("\\|", -1);
            String total = cells[1] + "000";
            var history = new ScalingHistory(
                    Scenario.entries(cells[7]), Scenario.entries(cells[8]), Scenario.entries(cells[6]));
            Optional<Behavior> behavior = cells[4].equals("legacy")
                    ? Optional.empty()
                    : Optional.of(
                            new Behavior(rules(cells[4], Behavior.DEFAULT_UP), rules(cells[5], Behavior.DEFAULT_DOWN)));
            ScalingAnswer answer = Scenario.of(Integer.parseInt(cells[0]), Scenario.metric(total, "avg:1000"), "")
                    .tolerating(0, 0)
                    .bounded(Integer.parseInt(cells[2]), Integer.parseInt(cells[3]))
                    .behaving(behavior, history)
                    .decide();
            assertThat(answer.desiredReplicas()).as(row).isEqualTo(Integer.parseInt(cells[9]));
        }
    }

    private static String metricForm(Measured measured) {
        return String.join(
                "|",
                measured.proposedReplicas().map(String::valueOf).orElse("error"),
                measured.utilizationPercent().map(String::valueOf).orElse(""),
                measured.averageMilli().map(String::valueOf).orElse(""),
                measured.valueMilli().map(String::valueOf).orElse(""));
    }

    /** {@code Max w60 5/30 100p/15}: the greatest change, a window of 60 s, 5 pods each 30 s, 100 percent each 15 s. */
    private static Rules rules(String text, Rules defaults) {
        if (text.equals("default")) return defaults;
        String[] parts = text.split(" ");
        List<Policy> policies = new ArrayList<>();
        for (String part : List.of(parts).subList(2, parts.length)) {
            String[] numbers = part.split("p?/");
            PolicyType type = part.contains("p") ? PolicyType.PERCENT : PolicyType.PODS;
            policies.add(
                    new Policy(type, Integer.parseInt(numbers[0]), Duration.ofSeconds(Integer.parseInt(numbers[1]))));
        }
        Duration window = Duration.ofSeconds(Integer.parseInt(parts[1].substring(1)));
        return new Rules(window, Select.valueOf(parts[0].toUpperCase(Locale.ROOT)), policies, Optional.empty());
    }

    private static List<String> rows(String name) {
        String folder = System.getProperty("trimtab.replicas.rows");
        try (InputStream in = folder == null
                ? Objects.requireNonNull(UpstreamRowsTest.class.getResourceAsStream(name), name)
                : Files.newInputStream(Path.of(folder, name))) {
            List<String> rows = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(row -> !row.startsWith("#"))
                    .toList();
            assertThat(rows).isNotEmpty();
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
