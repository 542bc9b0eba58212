package io.trimtab.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trimtab.house.House;
import io.trimtab.service.Served;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a running Trimtab exposes is what {@code docs/metrics.md} lists, name by name, and what REST says of the same round. */
class MetricsEndpointTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(trimtab_\\w+)` \\| (\\w+) \\| (.*?) ?\\| (.+) \\|$");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\w+) (.+)$");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    private static Served demo;
    private static String exposed;

    /** Its rounds are so rare that all is of one. */
    @BeforeAll
    static void scrape() throws Exception {
        demo = Served.readyDemo();
        for (int i = 0; ; i++) {
            exposed = demo.get("/metrics").body();
            // Budgets are looked at after the round.
            if (exposed.contains("trimtab_budget_spent_dollars")) return;
            assertThat(i).as("waits for budgets").isLessThan(600);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    void theDocumentListsExactlyWhatIsExposed() throws Exception {
        assertThat(documented()).isEqualTo(described(exposed));
        assertThat(groups(TYPE, exposed).keySet())
                .as("the document names these groups")
                .allMatch(
                        name -> name.startsWith("trimtab_") || name.startsWith("jvm_") || name.startsWith("process_"));
    }

    @Test
    void theMoneyIsWhatRestSays() throws Exception {
        JsonNode plan = rest("plan");
        JsonNode costs = rest("costs");
        assertThat(sum("trimtab_cluster_cost_dollars_per_month", ""))
                .isEqualTo(plan.at("/cluster/before").asDouble());
        assertThat(sum("trimtab_cluster_cost_needed_dollars_per_month", ""))
                .isEqualTo(plan.at("/cluster/after").asDouble());
        for (String lever : List.of("requests", "replicas", "nodes"))
            assertThat(sum("trimtab_saving_dollars_per_month", "lever=\"" + lever + "\""))
                    .isEqualTo(plan.at("/" + lever + "/perMonth/saving").asDouble());
        assertThat(sum("trimtab_cost_dollars_per_month", "") + sum("trimtab_idle_cost_dollars_per_month", ""))
                .as("namespaces and idle are the bill")
                .isCloseTo(costs.path("bill").asDouble(), within(0.01));
        for (JsonNode row : costs.path("rows"))
            assertThat(sum("trimtab_cost_dollars_per_month", namespace(row.path("key"))))
                    .isCloseTo(row.path("totalCost").asDouble(), within(1e-6));
    }

    @Test
    void theCountsAreWhatRestSays() throws Exception {
        JsonNode plan = rest("plan");
        assertThat(sum("trimtab_nodes", "")).isEqualTo(plan.path("nodeCount").asDouble());
        for (String kind : List.of("Resize", "Retune", "Scale", "Hold"))
            assertThat(sum("trimtab_recommendations", "kind=\"" + kind + "\""))
                    .isEqualTo(
                            rest("recommendations?kind=" + kind).path("total").asDouble());
        for (JsonNode row : plan.path("namespaces")) {
            String namespace = row.path("key").asText();
            assertThat(sum("trimtab_recommendations", namespace(row.path("key"))))
                    .isEqualTo(rest("recommendations?namespace=" + namespace)
                            .path("total")
                            .asDouble());
        }
        for (JsonNode shape : rest("nodes").path("shapes"))
            assertThat(sum(
                            "trimtab_nodes_needed",
                            "shape=\"" + shape.path("shape").asText() + "\""))
                    .isEqualTo(shape.path("needed").asDouble());
    }

    private static JsonNode rest(String path) throws Exception {
        return new JsonMapper().readTree(demo.get("/api/v1/" + path).body());
    }

    private static String namespace(JsonNode name) {
        return "namespace=\"" + name.asText() + "\"";
    }

    /** Over the samples of a name that have a label. */
    private static double sum(String name, String label) {
        return Pattern.compile("(?m)^" + name + "(?:\\{(.*)})? (\\S+)$")
                .matcher(exposed)
                .results()
                .filter(sample -> label.isEmpty() || sample.group(1).contains(label))
                .mapToDouble(sample -> Double.parseDouble(sample.group(2)))
                .sum();
    }

    private static SortedMap<String, String> documented() throws Exception {
        String document = Files.readString(House.root().resolve("docs/metrics.md"));
        SortedMap<String, String> rows = new TreeMap<>();
        for (MatchResult row : ROW.matcher(document).results().toList()) {
            String labels = Arrays.stream(row.group(3).replace("`", "").split(", "))
                    .sorted()
                    .collect(Collectors.joining(", "));
            assertThat(rows.put(row.group(1), "%s | %s | %s".formatted(row.group(2), labels, row.group(4))))
                    .as("%s is listed once", row.group(1))
                    .isNull();
        }
        return rows;
    }

    private static SortedMap<String, String> described(String exposed) {
        Map<String, String> types = groups(TYPE, exposed);
        SortedMap<String, String> found = new TreeMap<>();
        groups(HELP, exposed).forEach((name, help) -> {
            if (!name.startsWith("trimtab_")) return;
            found.put(name, "%s | %s | %s".formatted(types.get(name), labels(name, exposed), help));
        });
        return found;
    }

    private static Map<String, String> groups(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    }

    /** Of the samples of a family; the bounds of a histogram are not a label that a user would ask for. */
    private static String labels(String family, String exposed) {
        Pattern sample = Pattern.compile("(?m)^" + family + "(?:_bucket|_count|_sum)?(?:\\{(.*)})? ");
        List<MatchResult> samples = sample.matcher(exposed).results().toList();
        assertThat(samples).as("samples of " + family).isNotEmpty();
        TreeSet<String> names = samples.stream()
                .filter(match -> match.group(1) != null)
                .flatMap(match -> LABEL.matcher(match.group(1)).results())
                .map(label -> label.group(1))
                .filter(label -> !label.equals("le"))
                .collect(Collectors.toCollection(TreeSet::new));
        return String.join(", ", names);
    }
}
