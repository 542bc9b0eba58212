package io.trimtab.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trimtab.ingest.model.Mode;
import io.trimtab.service.Served;
import io.trimtab.service.config.Settings;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The account of a simulated cluster, asked for over HTTP: a minute of it takes a quarter of a second. */
class CostsApiTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static Served demo;
    private static String closed = "";

    @BeforeAll
    static void start() throws Exception {
        demo = Served.start(
                new Settings(0, "127.0.0.1", Mode.OBSERVE, Duration.ofMinutes(1), new Settings.Source.Demo(1, 240)));
        JsonNode costs = demo.await(
                "/api/v1/costs?window=24h&step=1h", answer -> paid(answer).size() >= 2);
        JsonNode first = paid(costs).getFirst();
        closed =
                "window=" + first.path("from").asText() + "," + first.path("to").asText();
    }

    /** The hours that cost something: the last of them is under way. */
    private static List<JsonNode> paid(JsonNode costs) {
        return costs.path("steps")
                .valueStream()
                .filter(step -> step.path("bill").decimalValue().signum() > 0)
                .toList();
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @ParameterizedTest
    @CsvSource({"namespace", "controller", "node", "pod", "label:app", "'namespace,controller'"})
    void rowsIdleAndUnmountedAreTheBill(String aggregate) throws Exception {
        JsonNode costs = costs("window=7d&step=1d&aggregate=" + aggregate);
        new OpenApiDocument().check("/api/v1/costs", costs);
        conserved(costs);
        assertThat(costs.path("steps")).hasSizeBetween(7, 8);
        costs.path("steps").forEach(CostsApiTest::conserved);
        assertThat(costs.path("rows")).isNotEmpty();
    }

    @Test
    void budgetsSayWhatTheMonthHasCost() throws Exception {
        JsonNode budgets =
                demo.await("/api/v1/budgets", answer -> answer.path("rows").size() > 2);
        new OpenApiDocument().check("/api/v1/budgets", budgets);
        assertThat(budgets.at("/rows/0/state").asText()).isEqualTo("UNKNOWN");
        assertThat(budgets.at("/rows/0/budget").decimalValue()).isPositive();
        assertThat(budgets.path("troubles")).isEmpty();
        JsonNode paid = costs("window=" + budgets.path("from").asText() + ","
                + budgets.path("until").asText());
        for (JsonNode row : budgets.path("rows"))
            for (JsonNode same : paid.path("rows"))
                if (row.path("key").equals(same.path("key")))
                    assertThat(row.path("spent").decimalValue())
                            .isEqualByComparingTo(same.path("totalCost").decimalValue());
    }

    @Test
    void aTenantPaysTheSameFilteredOrNot() throws Exception {
        JsonNode past = costs(closed);
        conserved(past);
        assertThat(past.path("rows")).hasSizeGreaterThan(1);
        for (JsonNode row : past.path("rows")) {
            JsonNode alone = costs(closed + "&filter="
                    + encoded("namespace:\"" + row.path("key").asText() + "\""));
            assertThat(alone.path("rows")).hasSize(1);
            assertThat(alone.path("rows").get(0)).isEqualTo(row);
            conserved(alone);
        }
    }

    @Test
    void csvHasALineForEachRowAndIdle() throws Exception {
        HttpResponse<String> answer = demo.get("/api/v1/costs?" + closed + "&format=csv");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("text/csv"));
        assertThat(answer.body().lines()).hasSize(costs(closed).path("rows").size() + 2);
        assertThat(answer.body())
                .startsWith(
                        "from,to,key,cpuCost,memoryCost,gpuCost,totalCost,efficiency,cpuCoreHours,memoryGiBHours,gpuHours\r\n")
                .contains(",idle,")
                .endsWith("\r\n");
    }

    @ParameterizedTest
    @CsvSource({"day", "hour"})
    void chargesOfFocusSumToTheBill(String period) throws Exception {
        HttpResponse<String> answer = demo.get("/api/v1/costs/focus?" + closed + "&period=" + period);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("text/csv"));
        List<String> lines = answer.body().lines().toList();
        assertThat(lines.getFirst()).startsWith("AvailabilityZone,BilledCost,");
        BigDecimal sum = lines.stream()
                .skip(1)
                .map(line -> new BigDecimal(line.split(",")[1]))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo(costs(closed).path("bill").decimalValue());
        assertThat(answer.body()).contains(",__idle__,");
        assertThat(demo.get("/api/v1/costs/focus?" + closed + "&format=parquet").body())
                .startsWith("PAR1");
    }

    @Test
    void severalPartsHaveTheColumnsNamedOnce() throws Exception {
        List<String> lines = demo.get("/api/v1/costs/focus?window=3h&period=hour")
                .body()
                .lines()
                .toList();
        assertThat(lines.stream().filter(line -> line.startsWith("AvailabilityZone,")))
                .hasSize(1);
        assertThat(lines).hasSizeGreaterThan(10);
    }

    @Test
    void thePageShowsTheSumAndWhatDoesNotParse() throws Exception {
        assertThat(demo.get("/costs?" + closed).body())
                .contains("were paid", "<td class=\"key\">idle</td>", "bill", "api/v1/costs/focus?window=");
        HttpResponse<String> refused = demo.get("/costs?window=fortnight");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("window (fortnight) must be today");
        assertThat(demo.get("/costs").body()).contains("What was paid");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        window=fortnight            | window (fortnight) must be today
        window=10000d               | window (10000d) must not be longer than 400 days
        window=2999-01-01T00:00:00Z,2999-01-02T00:00:00Z | lies in the future
        window=7d&aggregate=colour  | aggregate (colour) must be namespace
        window=7d&step=soon         | step (soon) must be
        window=7d&filter=colour:x   | filter (colour:x) must have
        window=7d&format=xml        | format (xml) must be json or csv
        step=1h                     | window is missing
        window=7d&window=1d         | window (7d,1d) must be today
        """)
    void whatDoesNotParseIsRefusedByName(String query, String said) throws Exception {
        HttpResponse<String> answer = demo.get("/api/v1/costs?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("detail").asText()).contains(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        window=fortnight        | window (fortnight) must be today
        period=day              | window () must be today
        window=7d&period=week   | period (week) must be day or hour
        window=7d&format=xml    | format (xml) must be csv or parquet
        """)
    void whatDoesNotParseOfAnExportIsRefusedByName(String query, String said) throws Exception {
        HttpResponse<String> answer = demo.get("/api/v1/costs/focus?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("detail").asText()).contains(said);
    }

    private static JsonNode costs(String query) throws Exception {
        HttpResponse<String> answer = demo.get("/api/v1/costs?" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readerFor(JsonNode.class)
                .with(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .readValue(answer.body());
    }

    private static void conserved(JsonNode costs) {
        BigDecimal sum = costs.at("/idle/totalCost")
                .decimalValue()
                .add(costs.at("/unmounted/totalCost").decimalValue());
        for (JsonNode row : costs.path("rows")) {
            assertThat(row.path("totalCost").decimalValue().signum()).isNotNegative();
            sum = sum.add(row.path("totalCost").decimalValue());
        }
        assertThat(sum).isEqualByComparingTo(costs.path("bill").decimalValue());
        assertThat(costs.path("residual").decimalValue()).isZero();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
