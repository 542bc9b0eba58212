package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trimtab.service.Served;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the running service says of namespaces, pools of nodes, replicas and spend after a week of a simulated cluster. */
class JointForecastTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** An hour in the middle of the week, so that none of its samples is at an end of the history. */
    private static final int HOUR = 80;

    private static Served demo;

    @BeforeAll
    static void start() throws Exception {
        demo = Served.readyDemo();
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    void aNamespaceIsTheSumOfItsWorkloadsAndNeedsLessThanTheyAddUpTo() throws Exception {
        String namespace = alwaysRunning();
        JsonNode joint = get("namespaces/" + namespace + "/forecast");
        assertThat(joint.path("scope").asText()).isEqualTo("namespace");
        assertThat(joint.path("name").asText()).isEqualTo(namespace);
        for (String resource : List.of("cpu", "memory")) {
            double sum = 0;
            for (JsonNode workload :
                    get("workloads?limit=1000&namespace=" + namespace).path("items"))
                for (JsonNode series : get("workloads/" + workload.path("id").asText() + "/forecast")
                        .path("series"))
                    if (series.path("resource").asText().equals(resource)) sum += mean(series, joint, resource);
            JsonNode series = only(joint, resource);
            assertThat(mean(series, joint, resource)).isPositive().isCloseTo(sum, Percentage.withPercentage(3));
            assertThat(series.path("history").path("mean")).hasSizeGreaterThan(160);
            JsonNode day = series.at("/pooling/p95/3");
            assertThat(day.path("horizonSeconds").asInt()).isEqualTo(86_400);
            assertThat(day.path("maximum").asDouble())
                    .isPositive()
                    .isLessThan(day.path("membersMaximum").asDouble());
        }
    }

    @Test
    void whatNamespacesUseIsWhatPoolsUse() throws Exception {
        double namespaces = 0;
        double pools = 0;
        for (JsonNode row : get("costs").path("rows")) {
            JsonNode joint = get("namespaces/" + row.path("key").asText() + "/forecast");
            namespaces += last(only(joint, "cpu"));
        }
        for (JsonNode pool : get("nodes").path("pools")) {
            JsonNode joint = get("node-pools/" + pool.path("name").asText() + "/forecast");
            for (JsonNode series : joint.path("series"))
                if (series.path("resource").asText().equals("cpu")) pools += last(series);
        }
        assertThat(pools).isPositive().isCloseTo(namespaces, Percentage.withPercentage(2));
    }

    /** The series of a CronJob is of the minutes in which it runs, so an hour of it is more than its part of the namespace's. */
    private static String alwaysRunning() throws Exception {
        for (JsonNode row : get("costs").path("rows")) {
            String namespace = row.path("key").asText();
            JsonNode workloads =
                    get("workloads?limit=1000&namespace=" + namespace).path("items");
            if (workloads.size() > 1 && !workloads.findValuesAsText("kind").contains("CronJob")) return namespace;
        }
        throw new AssertionError("each namespace has a CronJob");
    }

    @Test
    void spendIsWhatTheCostsSay() throws Exception {
        for (JsonNode row : get("costs").path("rows")) {
            JsonNode joint = get("namespaces/" + row.path("key").asText() + "/forecast");
            assertThat(only(joint, "spend").at("/ahead/0/value/p50").asDouble())
                    .isCloseTo(row.path("totalCost").asDouble() / 730, Percentage.withPercentage(1));
        }
    }

    @Test
    void replicasAreThoseOfWhatAnAutoscalerScales() throws Exception {
        List<String> scaled = new ArrayList<>();
        for (JsonNode workload : get("workloads?limit=1000").path("items")) {
            String id = workload.path("id").asText();
            for (JsonNode series : get("workloads/" + id + "/forecast").path("series")) {
                if (!series.path("resource").asText().equals("replicas")) continue;
                scaled.add(id);
                assertThat(series.path("unit").asText()).isEqualTo("replicas");
                assertThat(series.at("/ahead/0/value/p50").asDouble())
                        .isCloseTo(workload.path("replicas").asDouble(), within(0.01));
                assertThat(get("workloads/" + id).path("scaledBy").toString()).contains("HorizontalPodAutoscaler");
            }
        }
        assertThat(scaled).isNotEmpty();
    }

    @Test
    void theStatusSaysHowGoodTheyWereByScopeAndKindAndHowMuchRoomThereIs() throws Exception {
        JsonNode status = get("status");
        // What began with the first round, such as replicas, is not judged yet.
        List<JsonNode> judged = StreamSupport.stream(status.path("forecasts").spliterator(), false)
                .filter(row -> row.path("series").asInt() > 0)
                .toList();
        assertThat(judged)
                .extracting(row ->
                        row.path("scope").asText() + " " + row.path("resource").asText())
                .containsExactly(
                        "container cpu",
                        "container memory",
                        "namespace cpu",
                        "namespace memory",
                        "node_pool cpu",
                        "node_pool memory");
        JsonNode ofNamespaces = judged.get(2);
        assertThat(ofNamespaces.path("series").asInt()).isPositive();
        assertThat(ofNamespaces.path("coverage").asDouble()).isBetween(0.8, 1.0);
        assertThat(ofNamespaces.path("pinball").asDouble()).isBetween(0.0001, 0.2);
        assertThat(status.at("/furtherSeries/series").asInt()).isBetween(10, 10_000);
        assertThat(status.at("/furtherSeries/leftOut").asInt()).isZero();
        assertThat(demo.get("/metrics").body())
                .contains("trimtab_forecast_p95_coverage_ratio{resource=\"cpu\",scope=\"namespace\"}")
                .contains("trimtab_forecast_left_out_samples_total 0");
    }

    @Test
    void overallEachSeriesCountsAlikeInRestAndMetricsAndOnThePage() throws Exception {
        JsonNode status = get("status");
        JsonNode overall = status.path("forecastsOverall");
        for (String figure : List.of("pinball", "coverage")) {
            double sum = 0;
            for (JsonNode row : status.path("forecasts"))
                sum += row.path("series").asInt() * row.path(figure).asDouble();
            assertThat(overall.path(figure).asDouble())
                    .as(figure)
                    .isPositive()
                    .isCloseTo(sum / overall.path("series").asInt(), within(1e-9));
        }
        double[] medians = StreamSupport.stream(status.path("forecasts").spliterator(), false)
                .filter(row -> row.path("series").asInt() > 0)
                .mapToDouble(row -> row.path("mase").asDouble())
                .sorted()
                .toArray();
        assertThat(overall.path("mase").asDouble())
                .as("the median of all lies between those of the kinds")
                .isBetween(medians[0], medians[medians.length - 1])
                .isPositive();
        assertThat(demo.get("/metrics").body())
                .contains("trimtab_forecast_overall_series "
                        + overall.path("series").asInt())
                .contains("trimtab_forecast_p95_pinball_ratio{resource=\"cpu\",scope=\"namespace\"}")
                .contains("trimtab_forecast_overall_p95_pinball_ratio 0.");
        assertThat(demo.get("/status").body())
                .contains("Overall")
                .contains("%.1f %%".formatted(100 * overall.path("coverage").asDouble()));
    }

    private static double last(JsonNode series) {
        JsonNode mean = series.path("history").path("mean");
        return mean.path(mean.size() - 2).asDouble();
    }

    /** Of the hour that the joint series has in the middle; 0 where the series had not begun then. */
    private static double mean(JsonNode series, JsonNode joint, String resource) {
        long at = only(joint, resource).at("/history/atSeconds/" + HOUR).asLong();
        JsonNode hours = series.path("history");
        for (int i = 0; i < hours.path("atSeconds").size(); i++)
            if (hours.path("atSeconds").path(i).asLong() == at)
                return hours.path("mean").path(i).asDouble();
        return 0;
    }

    private static JsonNode only(JsonNode joint, String resource) {
        return StreamSupport.stream(joint.path("series").spliterator(), false)
                .filter(series -> series.path("resource").asText().equals(resource))
                .reduce((one, other) -> {
                    throw new AssertionError("%s is there twice".formatted(resource));
                })
                .orElseThrow();
    }

    private static JsonNode get(String path) throws Exception {
        return JSON.readTree(demo.get("/api/v1/" + path).body());
    }
}
