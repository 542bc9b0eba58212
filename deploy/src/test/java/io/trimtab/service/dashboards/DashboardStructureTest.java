package io.trimtab.service.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trimtab.house.House;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The dashboards are what Grafana takes, and complete: nothing overlaps, nothing is left unnamed, no variable is idle. */
class DashboardStructureTest {
    /** Told apart with any colour vision. See "Okabe, Ito: Color Universal Design, 2008". */
    private static final Set<String> COLOURS =
            Set.of("#0072B2", "#56B4E9", "#E69F00", "#D55E00", "#009E73", "#CC79A7", "#999999");

    private static final Pattern COLOUR = Pattern.compile("#[0-9A-Fa-f]{6}\\b");
    private static final int COLUMNS = 24;
    private static final Map<String, String> DATASOURCE = Map.of("type", "prometheus", "uid", "${datasource}");

    static List<Dashboard> dashboards() throws IOException {
        return Dashboard.all();
    }

    @Test
    void thereAreThreeUnderTheNamesThatLinksMayRelyOn() throws IOException {
        assertThat(dashboards())
                .extracting(dashboard -> dashboard.json().path("uid").asText())
                .containsExactly("trimtab-namespace", "trimtab-overview", "trimtab-self");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void theDashboardSaysWhatItIs(Dashboard dashboard) {
        JsonNode json = dashboard.json();
        assertThat(json.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
        assertThat(json.has("id")).as("the id is the Grafana's own").isFalse();
        assertThat(json.path("title").asText()).startsWith("Trimtab");
        assertThat(json.path("description").asText()).isNotBlank();
        assertThat(json.path("tags")).extracting(JsonNode::asText).contains("trimtab");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelIsOnceAndInItsPlace(Dashboard dashboard) {
        Set<Integer> ids = new HashSet<>();
        Set<String> titles = new HashSet<>();
        Set<List<Integer>> taken = new HashSet<>();
        for (JsonNode panel : dashboard.json().path("panels")) {
            String name = dashboard.nameOf(panel);
            assertThat(ids.add(panel.path("id").asInt())).as("id of " + name).isTrue();
            assertThat(titles.add(panel.path("title").asText())).as(name).isTrue();
            JsonNode place = panel.path("gridPos");
            int left = place.path("x").asInt(-1);
            int right = left + place.path("w").asInt();
            int top = place.path("y").asInt(-1);
            int bottom = top + place.path("h").asInt();
            assertThat(left).as(name).isBetween(0, right - 1);
            assertThat(right).as(name).isLessThanOrEqualTo(COLUMNS);
            assertThat(top).as(name).isBetween(0, bottom - 1);
            for (int x = left; x < right; x++)
                for (int y = top; y < bottom; y++)
                    assertThat(taken.add(List.of(x, y)))
                            .as("%s alone at column %d, row %d", name, x, y)
                            .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelSaysWhatItShows(Dashboard dashboard) {
        for (JsonNode panel : dashboard.panels()) {
            String name = dashboard.nameOf(panel);
            assertThat(panel.path("title").asText()).as(name).isNotBlank();
            assertThat(panel.path("description").asText()).as(name).isNotBlank().endsWith(".");
            assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(name).isNotBlank();
            assertThat(reference(panel)).as(name).isEqualTo(DATASOURCE);
            Set<String> letters = new HashSet<>();
            assertThat(panel.path("targets").size()).as(name).isPositive();
            for (JsonNode target : panel.path("targets")) {
                assertThat(reference(target)).as(name).isEqualTo(DATASOURCE);
                assertThat(target.path("expr").asText()).as(name).isNotBlank();
                assertThat(letters.add(target.path("refId").asText())).as(name).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyVariableIsDeclaredAndUsed(Dashboard dashboard) {
        Set<String> declared = dashboard.variables().stream()
                .map(variable -> variable.path("name").asText())
                .collect(Collectors.toSet());
        assertThat(declared).hasSameSizeAs(dashboard.variables()).contains("datasource", "job", "trimtab");
        Set<String> used = new HashSet<>();
        Dashboard.VARIABLE.matcher(dashboard.text()).results().forEach(match -> {
            String name = match.group(1) == null ? match.group(2) : match.group(1);
            if (!name.startsWith("__")) used.add(name);
        });
        assertThat(used).isEqualTo(declared);
        dashboard.variables().forEach(variable -> {
            assertThat(variable.path("label").asText()).isNotBlank();
            assertThat(variable.path("description").asText()).isNotBlank();
        });
    }

    /** Also in thresholds and mappings; and each threshold that turns is explained by the panel's description. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void coloursAreToldApartByEverybodyAndThresholdsAreExplained(Dashboard dashboard) {
        assertThat(COLOUR.matcher(dashboard.text())
                        .results()
                        .map(match -> match.group().toUpperCase(Locale.ROOT)))
                .isNotEmpty()
                .isSubsetOf(COLOURS);
        assertThat(dashboard.json().findValuesAsText("fixedColor"))
                .allSatisfy(colour -> assertThat(colour).startsWith("#"));
        for (JsonNode panel : dashboard.panels()) {
            boolean turns = panel.at("/fieldConfig/defaults/thresholds/steps").size() > 1;
            boolean mapped = panel.at("/fieldConfig/defaults/mappings").size() > 0;
            if (turns && !mapped)
                assertThat(panel.path("description").asText())
                        .as(dashboard.nameOf(panel))
                        .containsPattern("(?i)orange|vermilion|above");
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void linksLeadToTrimtabOrToOneAnother(Dashboard dashboard) throws IOException {
        List<String> uids = dashboards().stream()
                .map(other -> "/d/" + other.json().path("uid").asText())
                .toList();
        assertThat(dashboard.links()).isNotEmpty().allSatisfy(link -> {
            if (!link.startsWith("${trimtab:raw}/"))
                assertThat(uids).anySatisfy(uid -> assertThat(link).startsWith(uid + "?"));
        });
    }

    @Test
    void theProvisioningFilesNameTheVersionThatGrafanaReadsAndAreWhole() throws Exception {
        var folder = House.root().resolve("dashboards/grafana/provisioning");
        JsonNode dashboards = yaml(Files.readString(folder.resolve("dashboards/trimtab.yaml")));
        assertThat(dashboards.path("apiVersion").asInt()).isEqualTo(1);
        assertThat(dashboards.at("/providers/0/type").asText()).isEqualTo("file");
        assertThat(dashboards.at("/providers/0/options/path").asText()).startsWith("/");
        JsonNode sources = yaml(Files.readString(folder.resolve("datasources/prometheus.yaml")));
        assertThat(sources.path("apiVersion").asInt()).isEqualTo(1);
        assertThat(sources.at("/datasources/0/type").asText()).isEqualTo("prometheus");
        assertThat(sources.at("/datasources/0/url").asText()).isEqualTo("${PROMETHEUS_URL}");
    }

    private static JsonNode yaml(String text) {
        return new JsonMapper().valueToTree(new Yaml().load(text));
    }

    private static Map<String, String> reference(JsonNode node) {
        return Map.of(
                "type", node.at("/datasource/type").asText(),
                "uid", node.at("/datasource/uid").asText());
    }
}
