package io.trimtab.service.opencost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.DeserializationFeature;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenCost's routes of a simulated cluster, over HTTP: a minute of it takes a quarter of a second. */
class OpenCostApiTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** Of an allocation, as opencost/core/pkg/opencost/allocation_json.go names and orders them. */
    private static final String FIELDS = """
        name properties window start end minutes
        cpuCores cpuCoreRequestAverage cpuCoreLimitAverage cpuCoreUsageAverage cpuCoreHours cpuCost cpuCostAdjustment cpuCostIdle cpuEfficiency
        gpuCount gpuHours gpuCost gpuCostAdjustment gpuCostIdle gpuEfficiency
        networkTransferBytes networkReceiveBytes networkCost networkCrossZoneCost networkCrossRegionCost networkInternetCost networkCostAdjustment
        loadBalancerCost loadBalancerCostAdjustment pvBytes pvByteHours pvCost pvs pvCostAdjustment
        ramBytes ramByteRequestAverage ramByteLimitAverage ramByteUsageAverage ramByteHours ramCost ramCostAdjustment ramCostIdle ramEfficiency
        externalCost sharedCost totalCost totalEfficiency rawAllocationOnly lbAllocations gpuAllocation
        """;

    private static Served demo;
    private static String closed = "";

    /** A namespace whose cost others are to bear. */
    private static String shared = "";

    @BeforeAll
    static void start() throws Exception {
        demo = Served.start(new Settings(
                0, "127.0.0.1", Mode.OBSERVE, Duration.ofMinutes(1), new Settings.Source.Demo(1, 240), Optional.of(0)));
        JsonNode costs = demo.await(
                "/api/v1/costs?window=24h&step=1h", answer -> paid(answer).size() >= 3);
        List<JsonNode> hours = paid(costs);
        closed = "window=" + hours.get(0).path("from").asText() + ","
                + hours.get(1).path("to").asText();
        shared = costs.at("/rows/1/key").asText();
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

    @Test
    void anAllocationHasOpenCostsFieldsInItsOrder() throws Exception {
        JsonNode sets = data("/allocation/compute?" + closed + "&aggregate=namespace,controllerKind");
        assertThat(sets).hasSize(1);
        for (var named : sets.get(0).properties()) {
            JsonNode one = named.getValue();
            assertThat(one.fieldNames())
                    .toIterable()
                    .containsExactly(FIELDS.strip().split("\\s+"));
            assertThat(one.path("name").asText()).isEqualTo(named.getKey());
            assertThat(one.at("/properties/cluster").asText()).isEqualTo("cluster-one");
            assertThat(named.getKey())
                    .isEqualTo(one.at("/properties/namespace").asText() + "/"
                            + one.at("/properties/controllerKind").asText());
            assertThat(one.path("minutes").decimalValue()).isBetween(BigDecimal.ZERO, new BigDecimal(120));
            for (String number : List.of("cpuCoreHours", "ramByteHours", "totalCost", "cpuCores", "ramBytes"))
                assertThat(one.path(number).decimalValue().signum()).as(number).isEqualTo(1);
            assertThat(one.path("totalEfficiency").isNumber()).isTrue();
            assertThat(one.at("/window/end").asText()).isEqualTo(closed.split(",")[1]);
        }
    }

    /** The sums of /api/v1/costs, to the last digit. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        namespace            | namespace
        namespace,controller | namespace,controller
        node                 | node
        cluster              | namespace
        all                  | namespace
        label:app            | label:app
        deployment           | controller
        pod                  | pod
        service,namespace    | namespace
                             | pod
        """)
    void theyAreTheAccountsSums(String aggregate, String ours) throws Exception {
        JsonNode costs = costs(closed + "&aggregate=" + ours);
        String asked = "/allocation?" + closed + "&aggregate=" + (aggregate == null ? "" : aggregate);
        Map<String, BigDecimal> rows = totals(data(asked).get(0));
        assertThat(sum(rows)).isEqualByComparingTo(sumOfRows(costs));
        if (ours.equals(aggregate) && !ours.contains("controller") && !ours.equals("pod"))
            for (JsonNode row : costs.path("rows"))
                assertThat(rows.get(row.path("key").asText()))
                        .isEqualByComparingTo(row.path("totalCost").decimalValue());
        Map<String, BigDecimal> withIdle =
                totals(data(asked + "&includeIdle=true").get(0));
        assertThat(sum(withIdle)).isEqualByComparingTo(costs.path("bill").decimalValue());
        assertThat(withIdle).containsKey("__idle__");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shareIdle=true",
                "shareIdle=weighted&idleByNode=true",
                "shareNamespaces=SHARED&includeIdle=true",
                "shareIdle=true&shareNamespaces=SHARED&shareSplit=even",
                "shareIdle=true&idleByNode=true&shareNamespaces=SHARED",
                "shareLabels=app:web&shareIdle=true"
            })
    void whatIsSharedIsStillTheBill(String sharing) throws Exception {
        BigDecimal bill = costs(closed).path("bill").decimalValue();
        JsonNode set = data("/allocation?" + closed + "&aggregate=namespace&" + sharing.replace("SHARED", shared))
                .get(0);
        assertThat(sum(totals(set))).isEqualByComparingTo(bill);
        if (sharing.contains("shareNamespaces")) {
            assertThat(set.has(shared)).isFalse();
            assertThat(set.properties())
                    .filteredOn(it -> !it.getKey().equals("__idle__"))
                    .allSatisfy(
                            it -> assertThat(it.getValue().path("sharedCost").decimalValue())
                                    .isPositive());
        }
        for (JsonNode one : set)
            assertThat(one.path("totalCost").decimalValue())
                    .isEqualByComparingTo(one.path("cpuCost")
                            .decimalValue()
                            .add(one.path("ramCost").decimalValue())
                            .add(one.path("gpuCost").decimalValue())
                            .add(one.path("sharedCost").decimalValue()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&includeIdle=true",
                "&shareIdle=true",
                "&shareIdle=true&idleByNode=true",
                "&shareIdle=true&shareNamespaces=SHARED&shareCost=730",
                "&shareNamespaces=SHARED&shareSplit=even"
            })
    void aFilterChangesNobodysNumber(String sharing) throws Exception {
        String asked = "/allocation?" + closed + "&aggregate=namespace" + sharing.replace("SHARED", shared);
        Map<String, BigDecimal> all = totals(data(asked).get(0));
        all.remove("__idle__");
        assertThat(all).hasSizeGreaterThan(1);
        for (var one : all.entrySet()) {
            String filter = "namespace:\"%s\"+cluster:\"cluster-one\"".formatted(one.getKey());
            assertThat(totals(data(asked + "&filter=" + encoded(filter)).get(0)))
                    .isEqualTo(Map.of(one.getKey(), one.getValue()));
        }
    }

    /** In the order of opencost/core/pkg/opencost/summaryallocation.go. */
    @ParameterizedTest
    @CsvSource({"/allocation/summary, step=1h, 2", "/allocation/compute/summary, accumulate=true, 1"})
    void aSummaryHasFewerFieldsAndTheSameNumbers(String route, String sets, int count) throws Exception {
        String asked = "?" + closed + "&aggregate=namespace&includeIdle=true&" + sets;
        JsonNode range = data(route + asked);
        JsonNode whole = data("/allocation" + asked);
        assertThat(range.fieldNames()).toIterable().containsExactly("step", "sets", "window");
        assertThat(range.path("step").asLong()).isEqualTo(Duration.ofHours(2).toNanos() / count);
        assertThat(range.path("sets")).hasSize(count);
        for (int i = 0; i < count; i++) {
            JsonNode set = range.path("sets").get(i);
            assertThat(set.fieldNames()).toIterable().containsExactly("allocations", "window");
            assertThat(totals(set.path("allocations"))).isEqualTo(totals(whole.get(i)));
            for (JsonNode one : set.path("allocations")) {
                assertThat(one.fieldNames()).toIterable().containsExactly("""
                    name start end cpuCoreRequestAverage cpuCoreLimitAverage cpuCoreUsageAverage cpuCost cpuCostIdle
                    gpuRequestAverage gpuUsageAverage gpuCost gpuCostIdle networkCost loadBalancerCost pvCost
                    ramByteRequestAverage ramByteLimitAverage ramByteUsageAverage ramCost ramCostIdle
                    sharedCost externalCost efficiency totalEfficiency totalCost
                    """.strip()
                        .split("\\s+"));
                assertThat(one.path("efficiency")).isEqualTo(one.path("totalEfficiency"));
                assertThat(one.path("ramCost"))
                        .isEqualTo(whole.get(i).path(one.path("name").asText()).path("ramCost"));
            }
        }
    }

    @Test
    void aFurtherCostIsAddedForTheWindow() throws Exception {
        String asked = "/allocation?" + closed + "&aggregate=namespace&includeIdle=true";
        BigDecimal before = sum(totals(data(asked).get(0)));
        assertThat(sum(totals(data(asked + "&shareCost=730").get(0))).subtract(before))
                .as("one for each of two hours")
                .isEqualByComparingTo("2");
    }

    @ParameterizedTest
    @CsvSource({"step=1h, 2", "step=2h, 1", "accumulate=hour, 2", "accumulate=true&step=1h, 1", "accumulate=false, 1"})
    void setsAreAsAskedFor(String steps, int sets) throws Exception {
        JsonNode data = data("/allocation?" + closed + "&aggregate=namespace&includeIdle=true&" + steps);
        assertThat(data).hasSize(sets);
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode set : data) sum = sum.add(sum(totals(set)));
        assertThat(sum).isEqualByComparingTo(costs(closed).path("bill").decimalValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', quoteCharacter = '`', textBlock = """
        controllerKind:"deployment"                          ^ true
        controllerKind:"statefulset"|namespace~:"e"        ^ true
        (namespace:"no such"|pod~:"-")+cluster:"cluster-one" ^ true
        label[app]:"no such"                                 ^ false
        annotation[team]:"a"                                 ^ false
        node!:"no such"                                      ^ true
        """)
    void filtersAreOpenCosts(String filter, boolean anything) throws Exception {
        JsonNode set = data("/allocation?" + closed + "&aggregate=namespace&filter=" + encoded(filter))
                .get(0);
        assertThat(set.isEmpty()).isEqualTo(!anything);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "today",
                "yesterday",
                "week",
                "month",
                "lastweek",
                "lastmonth",
                "30m",
                "12h",
                "7d",
                "1w",
                "2h offset 1h"
            })
    void windowsAreOpenCosts(String window) throws Exception {
        assertThat(data("/allocation?aggregate=namespace&window=" + encoded(window)))
                .hasSize(1);
    }

    @Test
    void assetsAreTheBill() throws Exception {
        JsonNode assets = data("/assets?" + closed);
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode node : assets) {
            sum = sum.add(node.path("totalCost").decimalValue());
            assertThat(node.path("type").asText()).isEqualTo("Node");
            assertThat(node.path("cpuCores").decimalValue()).isPositive();
            assertThat(node.at("/cpuBreakdown/idle")
                            .decimalValue()
                            .add(node.at("/cpuBreakdown/user").decimalValue()))
                    .isEqualByComparingTo("1");
        }
        assertThat(sum).isEqualByComparingTo(costs(closed).path("bill").decimalValue());
        String first = assets.fieldNames().next();
        String name = assets.get(first).at("/properties/name").asText();
        assertThat(first).endsWith("/Compute/cluster-one/Node/Kubernetes/%1$s/%1$s".formatted(name));
        assertThat(data("/assets?" + closed + "&filter=" + encoded("name:\"" + name + "\"+assetType:\"node\""))
                        .isEmpty())
                .isTrue();
        assertThat(data("/assets?" + closed + "&filter=" + encoded("name:\"" + name + "\"+assetType:\"Node\"")))
                .hasSize(1);
    }

    @Test
    void cloudCostsAreEmptyAndWellFormed() throws Exception {
        JsonNode range = data("/cloudCost?" + closed + "&aggregate=service");
        assertThat(range.at("/sets/0/cloudCosts").isObject()).isTrue();
        assertThat(range.at("/sets/0/cloudCosts").isEmpty()).isTrue();
        assertThat(range.at("/sets/0/aggregationProperties/0").asText()).isEqualTo("service");
        assertThat(range.at("/window/start")).isEqualTo(range.at("/sets/0/window/start"));
    }

    @Test
    void itIsHealthyAndHasNoOtherRoutes() throws Exception {
        HttpResponse<String> healthy = demo.openCost("/healthz");
        assertThat(healthy.statusCode()).isEqualTo(200);
        assertThat(healthy.body()).isEmpty();
        assertThat(demo.openCost("/api/v1/costs").statusCode()).isEqualTo(404);
        assertThat(demo.get("/allocation?window=today").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /allocation                                       | Error: Invalid 'window' parameter: illegal window:
        /allocation?window=fortnight                      | Error: Invalid 'window' parameter: illegal window: fortnight
        /allocation?window=5000d                          | must not be longer than 400 days
        /allocation?window=4000000000,4000003600          | lies in the future
        /allocation?window=1700003600,1700000000          | ends before it starts
        /allocation?window=today&aggregate=colour         | Error: Invalid 'aggregate' parameter: colour
        /allocation?window=today&step=10m                 | Error: Invalid step parameter: 10m
        /allocation?window=today&filter=colour:%22a%22    | Error: Invalid filter: filter (colour:"a") must have cluster
        /allocation?window=today&shareCost=-1             | Error: Invalid 'shareCost' parameter: -1
        /allocation?window=today&shareLabels=app          | Error: Invalid 'shareLabels' parameter: app
        /assets?window=today&filter=pod:%22a%22           | must have name, type
        /cloudCost?window=                                | Error: Invalid 'window' parameter
        """)
    void whatDoesNotParseIsRefusedAsOpenCostDoes(String path, String said) throws Exception {
        HttpResponse<String> answer = demo.openCost(path);
        JsonNode body = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(body.path("code").asInt()).isEqualTo(400);
        assertThat(body.path("data").isNull()).isTrue();
        assertThat(body.path("message").asText()).contains(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node_total_hourly_cost",
                "node_cpu_hourly_cost",
                "node_ram_hourly_cost",
                "node_gpu_hourly_cost",
                "container_cpu_allocation",
                "container_memory_allocation_bytes",
                "container_gpu_allocation",
                "pod_pvc_allocation",
                "pv_hourly_cost",
                "kubecost_load_balancer_cost",
                "kubecost_network_zone_egress_cost",
                "kubecost_network_region_egress_cost",
                "kubecost_network_internet_egress_cost",
                "kubecost_cluster_management_cost",
                "kubecost_node_is_spot"
            })
    void metricsHaveOpenCostsNames(String name) throws Exception {
        String metrics = demo.openCost("/metrics").body();
        boolean isOfObjectsNotKnown = List.of("pod_pvc_allocation", "pv_hourly_cost", "kubecost_load_balancer_cost")
                .contains(name);
        assertThat(metrics.lines()
                        .filter(line -> line.matches(name + "(\\{.*})? \\S+"))
                        .findAny()
                        .isPresent())
                .isEqualTo(!isOfObjectsNotKnown);
    }

    @Test
    void theAccountsRatioDividesAPrice() throws Exception {
        Map<String, Double> total = series("node_total_hourly_cost");
        Map<String, Double> core = series("node_cpu_hourly_cost");
        Map<String, Double> gib = series("node_ram_hourly_cost");
        Map<String, Double> gpu = series("node_gpu_hourly_cost");
        Map<String, Double> gpus = series("node_gpu_count");
        assertThat(total).isNotEmpty();
        // A core costs as much more than a GiB as the account says.
        core.forEach((node, price) -> assertThat(price / gib.get(node)).isCloseTo(0.031611 / 0.004237, within(1e-6)));
        total.forEach(
                (node, price) -> assertThat(gpus.get(node) * gpu.get(node)).isLessThanOrEqualTo(price));
    }

    private static Map<String, Double> series(String name) throws Exception {
        Map<String, Double> values = new TreeMap<>();
        demo.openCost("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .forEach(line -> {
                    int end = line.lastIndexOf('}');
                    values.put(line.substring(name.length(), end), Double.parseDouble(line.substring(end + 1)));
                });
        return values;
    }

    private static JsonNode data(String path) throws Exception {
        HttpResponse<String> answer = demo.openCost(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode body = exact(answer.body());
        assertThat(body.path("code").asInt()).isEqualTo(200);
        return body.path("data");
    }

    private static JsonNode costs(String query) throws Exception {
        return exact(demo.get("/api/v1/costs?" + query).body());
    }

    private static JsonNode exact(String body) throws Exception {
        return JSON.readerFor(JsonNode.class)
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .readValue(body);
    }

    private static Map<String, BigDecimal> totals(JsonNode set) {
        Map<String, BigDecimal> totals = new TreeMap<>();
        set.properties()
                .forEach(it ->
                        totals.put(it.getKey(), it.getValue().path("totalCost").decimalValue()));
        return totals;
    }

    private static BigDecimal sum(Map<String, BigDecimal> totals) {
        return totals.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal sumOfRows(JsonNode costs) {
        return costs.path("rows")
                .valueStream()
                .map(row -> row.path("totalCost").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
