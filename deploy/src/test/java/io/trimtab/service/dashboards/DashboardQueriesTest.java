package io.trimtab.service.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trimtab.ingest.model.Mode;
import io.trimtab.service.Served;
import io.trimtab.service.config.Settings;
import io.trimtab.service.testbed.PrometheusServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Runs each query of the dashboards and each alert's expression, as they stand in the files, against a real Prometheus that has scraped a really running Trimtab:
 * the demo at 60x, every second for half a minute, which is half an hour of its cluster.
 */
class DashboardQueriesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String JOB = "trimtab";
    /** On the cluster's clock, so a round every 3 s: late rounds on a busy machine must not fire the alert on them. */
    private static final Duration INTERVAL = Duration.ofMinutes(3);

    private static final int SCRAPES = 30;
    private static final int WAITS = 1200;
    private static final Pattern SELECTOR = Pattern.compile("\\b(?:trimtab|jvm|process|scrape)_\\w+(?:\\{[^}]*})?");
    private static final Pattern VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");
    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

    /** Expressions that are rightly empty on a demo that is well, and why; any other must give data. */
    private static final Map<String, String> RIGHTLY_EMPTY = Map.ofEntries(
            Map.entry("TrimtabAbsent", "the demo is there"),
            Map.entry("TrimtabCycleStalled", "its rounds end"),
            Map.entry("TrimtabCycleFailing", "none breaks off"),
            Map.entry("TrimtabCycleSlow", "a round takes less than the three seconds that it has"),
            Map.entry("TrimtabSourceStale", "the simulated cluster always answers"),
            Map.entry("TrimtabSourceRefuses", "it never refuses"),
            Map.entry("TrimtabSeriesWithoutRoom", "nothing is pushed to the demo"),
            Map.entry("TrimtabSourceFlapping", "it never goes away"),
            Map.entry("TrimtabNothingIngested", "its samples come with each round"),
            Map.entry("TrimtabActsRefused", "in the mode Recommend nothing is tried that could be refused"),
            Map.entry("TrimtabStateNotSaved", "the demo keeps nothing"),
            Map.entry("TrimtabBudgetBreach", "a week of the demo is hours away, and nothing is expected before"),
            Map.entry("TrimtabSpendUnusual", "nor is anything unusual before three weeks"),
            Map.entry("TrimtabSavingPending", "the demo's saving is what it has been since the start"));

    private static Served demo;
    private static PrometheusServer prometheus;
    private static HttpClient client;
    private static Map<String, String> variables;

    @BeforeAll
    static void scrapeARunningTrimtab() throws Exception {
        PrometheusServer.requireInstalled();
        client = HttpClient.newHttpClient();
        demo = Served.start(new Settings(0, "127.0.0.1", Mode.RECOMMEND, INTERVAL, new Settings.Source.Demo(1, 60)));
        demo.await("/api/v1/status", status -> status.path("ready").asBoolean());
        prometheus = PrometheusServer.scraping(JOB, URI.create(demo.url()), Alert.rules());
        String scrapes = "count_over_time(trimtab_nodes_lower_bound[1h]) >= " + SCRAPES;
        for (int i = 0; query(scrapes).isEmpty(); i++) {
            assertThat(i).as("waiting for " + scrapes).isLessThan(WAITS);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        String costliest = query("topk(1, sum by (namespace) (trimtab_cost_dollars_per_month))")
                .get(0)
                .at("/metric/namespace")
                .asText();
        variables = Map.of("job", JOB, "namespace", costliest, "trimtab", demo.url(), "__rate_interval", "15s");
    }

    @AfterAll
    static void stop() throws Exception {
        if (prometheus != null) prometheus.close();
        if (demo != null) demo.close();
        if (client != null) client.close();
    }

    @Test
    void everyQueryOfEveryPanelGivesData() throws Exception {
        List<String> empty = new ArrayList<>();
        int asked = 0;
        for (Dashboard dashboard : Dashboard.all()) {
            for (JsonNode panel : dashboard.panels()) {
                for (JsonNode target : panel.path("targets")) {
                    asked++;
                    String expression = target.path("expr").asText();
                    if (!hasData(query(filled(expression)))) empty.add(dashboard.nameOf(panel) + ": " + expression);
                }
            }
        }
        assertThat(empty).as("of %d queries", asked).isEmpty();
        assertThat(asked).isGreaterThan(70);
    }

    @Test
    void everySeriesOfAChartHasAColourOfItsOwn() throws Exception {
        for (Dashboard dashboard : Dashboard.all()) {
            for (JsonNode panel : dashboard.panels()) {
                if (!panel.path("type").asText().equals("timeseries")) continue;
                Set<String> coloured = panel.at("/fieldConfig/overrides")
                        .valueStream()
                        .map(override -> override.at("/matcher/options").asText())
                        .collect(Collectors.toSet());
                for (JsonNode target : panel.path("targets"))
                    for (JsonNode series : query(filled(target.path("expr").asText())))
                        assertThat(coloured)
                                .as(dashboard.nameOf(panel))
                                .contains(legend(target.path("legendFormat").asText(), series));
            }
        }
    }

    @Test
    void everyVariableFindsValues() throws Exception {
        for (Dashboard dashboard : Dashboard.all()) {
            for (JsonNode variable : dashboard.variables()) {
                if (!variable.path("type").asText().equals("query")) continue;
                String asked = variable.at("/query/query").asText();
                assertThat(variable.path("definition").asText()).isEqualTo(asked);
                MatchResult values = VALUES.matcher(asked).results().findFirst().orElseThrow();
                JsonNode found = query(filled("count by (%s) (%s)".formatted(values.group(2), values.group(1))));
                assertThat(found.valueStream()
                                .map(series ->
                                        series.at("/metric/" + values.group(2)).asText()))
                        .as(asked)
                        .isNotEmpty()
                        .doesNotContain("");
            }
        }
    }

    @Test
    void everyAlertIsSilentForTheReasonThatIsListedAndEvaluatedWithoutAnError() throws Exception {
        List<Alert> alerts = Alert.all();
        assertThat(RIGHTLY_EMPTY.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        alerts.stream().map(Alert::name).toList());
        for (Alert alert : alerts)
            assertThat(query(alert.expression()))
                    .as("%s, because %s", alert, RIGHTLY_EMPTY.get(alert.name()))
                    .isEmpty();
        JsonNode rules = get("/api/v1/rules").at("/data/groups/0/rules");
        assertThat(rules).hasSameSizeAs(alerts).allSatisfy(rule -> {
            assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok");
            assertThat(rule.path("state").asText()).as(rule.toString()).isEqualTo("inactive");
        });
    }

    /** An alert that asks for a name or label that nobody exposes would be silent for ever. */
    @Test
    void everySeriesThatAnAlertAsksForIsThere() throws Exception {
        for (Alert alert : Alert.all()) {
            List<String> selectors = SELECTOR.matcher(alert.expression())
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertThat(selectors).as(alert.name()).isNotEmpty();
            for (String selector : selectors)
                assertThat(query(selector)).as(alert + ": " + selector).isNotEmpty();
        }
    }

    @Test
    void everyLinkToTrimtabLeadsToAPage() throws Exception {
        Set<String> links = Dashboard.all().stream()
                .flatMap(dashboard -> dashboard.links().stream())
                .filter(link -> link.startsWith("${trimtab"))
                .map(DashboardQueriesTest::filled)
                .collect(Collectors.toSet());
        assertThat(links).hasSizeGreaterThan(5);
        for (String link : links)
            assertThat(demo.get(link.substring(demo.url().length())).statusCode())
                    .as(link)
                    .isEqualTo(200);
    }

    private static String filled(String text) {
        return Dashboard.VARIABLE.matcher(text).replaceAll(match -> {
            String name = match.group(1) == null ? match.group(2) : match.group(1);
            String value = variables.get(name);
            if (value == null) throw new AssertionError("no value for $" + name + " of " + text);
            return value;
        });
    }

    private static boolean hasData(JsonNode result) {
        return result.valueStream()
                .anyMatch(series -> Double.isFinite(
                        Double.parseDouble(series.at("/value/1").asText().replace("Inf", "Infinity"))));
    }

    private static String legend(String format, JsonNode series) {
        return LABEL.matcher(format)
                .replaceAll(label -> series.at("/metric/" + label.group(1)).asText());
    }

    private static JsonNode query(String expression) throws IOException, InterruptedException {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        assertThat(answer.path("status").asText())
                .as("%s: %s", expression, answer.path("error").asText())
                .isEqualTo("success");
        return answer.at("/data/result");
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(prometheus.uri() + path)).build();
        return JSON.readTree(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
