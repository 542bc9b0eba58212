package io.trimtab.service.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackEvaluationTest {
    private static final String SHAPE = """
        {"name":"m5.large","cpu":"2","memory":"8Gi","pods":110,"price":0.096,"daemonOverhead":{"cpu":"100m","memory":"200Mi"}}\
        """;
    private static final String BASE = """
        {"id":"d","deadline":"1s","pods":[{"name":"p","count":10,"cpu":"350m","memory":"1Gi"}],"shapes":[%s],"objective":"cost"}\
        """.formatted(SHAPE);
    private static final String GPU = """
        {"pods":[{"name":"q","cpu":"1","memory":"1Gi","gpu":"460m"},{"name":"w","cpu":"1","memory":"1Gi","gpu":"2"}],
         "nodes":[{"name":"n1","shape":"g","pods":[{"name":"a","cpu":"1","memory":"1Gi","gpu":"600m","device":1}]}],
         "shapes":[{"name":"g","cpu":"8","memory":"32Gi","gpus":2,"gpuModel":"T4","price":1,"max":3}]}\
        """;

    @Test
    void answersWithNodesBoundAndReasons() {
        JsonNode answer = answer(BASE);

        assertThat(answer.get("assignments")).hasSize(10);
        assertThat(answer.toString())
                .startsWith(
                        "{\"id\":\"d\",\"nodes\":[{\"shape\":\"m5.large\",\"count\":2,\"capacityType\":\"on-demand\"}],\"assignments\":[{\"pod\":\"p\",\"node\":0},")
                .contains(
                        "\"unplaced\":[],\"nodeCount\":2,\"costPerHour\":0.192,\"lowerBound\":{\"nodes\":2,\"costPerHour\":0.192},\"gap\":0.0,")
                .endsWith("\"reasons\":[{\"code\":\"Packed\",\"message\":\"2 new nodes; no packing needs fewer than 2;"
                        + " 0.0 % above the bound\",\"nodes\":2,\"lowerBoundNodes\":2,\"gap\":0.0}]}");
    }

    @Test
    void namesDevicesAndRunningNodes() {
        JsonNode answer = answer(GPU);

        assertThat(answer.get("assignments").toString())
                .isEqualTo(
                        "[{\"pod\":\"q\",\"node\":\"n1\",\"device\":0},{\"pod\":\"w\",\"node\":0,\"devices\":[0,1]}]");
        assertThat(answer.get("nodeCount").intValue()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        nothing to place             | "count":10 | "count":0 | 0 | 0 |
        spread over nodes            | "count":10 | "count":3,"spread":"hostname" | 3 | 0 |
        a host port                  | "count":10 | "count":3,"hostPort":80 | 3 | 0 |
        a limit leaves some out      | "pods":110 | "pods":110,"max":1 | 1 | 5 | 5 copies of p found no room
        a pod too large              | "350m" | "1901m" | 0 | 10 | no shape has 1901m of CPU
        a pod just small enough      | "350m" | "1900m" | 10 | 0 |
        memory too large             | "1Gi" | "8Gi" | 0 | 10 | no shape has 8Gi of memory
        a GPU that nobody has        | "350m" | "350m","gpu":1 | 0 | 10 | no shape has 1 GPU
        no shapes                    | "shapes":[ | "shapes":[],"nodes":[ | 0 | 10 | there is no shape
        zones without a zone         | "350m" | "350m","spread":{"topologyKey":"topology.kubernetes.io/zone","maxSkew":1} | 0 | 10 | name none
        plain numbers                | "350m" | 0.35 | 2 | 0 |
        a shape for nothing          | 0.096 | 0 | 2 | 0 |
        a shape without CPU          | "cpu":"2" | "cpu":"0" | 0 | 10 | no shape has 350m of CPU
        a shape without pods         | "pods":110 | "pods":0 | 0 | 10 |
        few pods for each node       | "pods":110 | "pods":2 | 5 | 0 |
        """)
    void answers(String name, String from, String to, int nodes, int unplaced, String reason) {
        String document = name.equals("no shapes") ? BASE.replace(SHAPE, "") : BASE.replace(from, to);
        JsonNode answer = answer(document);

        assertThat(answer.get("nodeCount").intValue()).isEqualTo(nodes);
        int left = 0;
        for (JsonNode one : answer.get("unplaced")) left += one.get("count").intValue();
        assertThat(left).isEqualTo(unplaced);
        if (reason != null)
            assertThat(answer.get("unplaced").get(0).get("reason").textValue()).contains(reason);
    }

    @Test
    void takesFourHundredIdenticalShapesForOne() {
        String many = IntStream.range(0, 400)
                .mapToObj(i -> SHAPE.replace("m5.large", "shape %03d".formatted(i)))
                .collect(Collectors.joining(","));

        JsonNode answer = answer(BASE.replace(SHAPE, many));

        assertThat(answer.get("nodes").toString())
                .isEqualTo("[{\"shape\":\"shape 000\",\"count\":2,\"capacityType\":\"on-demand\"}]");
        assertThat(answer.get("gap").doubleValue()).isZero();
    }

    @Test
    void buysSpotWhereReclaimsDoNotEatTheSaving() {
        String spot = BASE.replace("\"price\":0.096", "\"price\":0.096,\"spotPrice\":0.035,\"reclaimPerHour\":%s");

        JsonNode cheap = answer(spot.formatted("0.0001"));
        assertThat(cheap.get("nodes").get(0).get("capacityType").textValue()).isEqualTo("spot");
        assertThat(cheap.get("costPerHour").decimalValue()).isEqualByComparingTo("0.07");
        assertThat(cheap.get("reasons").get(1).get("code").textValue()).isEqualTo("SpotCheaper");

        JsonNode dear = answer(spot.formatted("0.7"));
        assertThat(dear.get("nodes").get(0).get("capacityType").textValue()).isEqualTo("on-demand");
        assertThat(dear.get("reasons").get(1).get("code").textValue()).isEqualTo("SpotDearer");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        unknown field           | "objective":"cost" | objectiv                        | "objectiv":"cost"
        unknown objective       | "cost"}            | objective                       | "money"}
        unknown field of a pod  | "count":10         | pods[0].replicas                | "replicas":10
        negative count          | "count":10         | pods[0].count                   | "count":-1
        a key twice             | "350m"             | pods[0].cpu                     | "350m","cpu":"1"
        a key twice in a list   | "objective":"cost" | nodes                           | "nodes":[],"nodes":[]
        not a number            | "350m"             | pods[0].cpu                     | NaN
        not finite              | "350m"             | pods[0].cpu                     | -Infinity
        not JSON                | "350m"             | .                               | 350m
        negative cpu            | "350m"             | pods[0].cpu                     | "-350m"
        no name                 | "name":"p",        | pods[0].name                    | ``
        two pods of one name    | {"name":"p",       | pods[1].name                    | {"name":"p"},{"name":"p",
        one GPU and a half      | "350m"             | pods[0].gpu                     | "350m","gpu":"1.5"
        port out of range       | "350m"             | pods[0].hostPort                | "350m","hostPort":65536
        a spread of racks       | "350m"             | pods[0].spread                  | "350m","spread":"rack"
        an unknown topology     | "350m"             | pods[0].spread.topologyKey      | "350m","spread":{"topologyKey":"rack","maxSkew":1}
        no skew                 | "350m"             | pods[0].spread.maxSkew          | "350m","spread":{"topologyKey":"kubernetes.io/hostname","maxSkew":0}
        no price                | "price":0.096,     | shapes[0].price                 | ``
        negative price          | 0.096              | shapes[0].price                 | -0.096
        negative memory of one  | "8Gi"              | shapes[0].memory                | "-8Gi"
        negative maximum        | "pods":110         | shapes[0].max                   | "max":-1
        negative GPUs           | "pods":110         | shapes[0].gpus                  | "gpus":-1
        no replica of a GPU     | "pods":110         | shapes[0].gpuReplicas           | "gpuReplicas":0
        unknown daemon resource | "200Mi"            | shapes[0].daemonOverhead.disk   | "200Mi","disk":1
        a wrong deadline        | "1s"               | deadline                        | "soon"
        an unknown shape        | "id":"d"           | nodes[0].shape                  | "nodes":[{"name":"n","shape":"x"}]
        two nodes of one name   | "id":"d"           | nodes[1]                        | "nodes":[{"name":"n","shape":"m5.large"},{"name":"n","shape":"m5.large"}]
        a full node             | "id":"d"           | nodes[0]                        | "nodes":[{"name":"n","shape":"m5.large","pods":[{"name":"a","cpu":"2001m"}]}]
        a device out of range   | "id":"d"           | nodes[0].pods[0].device         | "nodes":[{"name":"n","shape":"m5.large","pods":[{"name":"a","gpu":"600m","device":0}]}]
        a share without device  | "id":"d"           | nodes[0].pods[0].device         | "nodes":[{"name":"n","shape":"m5.large","pods":[{"name":"a","gpu":"600m"}]}]
        a running pod of a name | "id":"d"           | nodes[0].pods[0].name           | "nodes":[{"name":"n","shape":"m5.large","pods":[{"name":"p"}]}]
        """)
    void saysWhereADocumentIsWrong(String name, String from, String path, String to) {
        EvaluateException error = catchThrowableOfType(EvaluateException.class, () -> answer(BASE.replace(from, to)));

        assertThat(error).as(name).isNotNull();
        assertThat(error.path()).isEqualTo(path);
    }

    @Test
    void saysThatTwoShapesHaveOneName() {
        EvaluateException error =
                catchThrowableOfType(EvaluateException.class, () -> answer(BASE.replace(SHAPE, SHAPE + "," + SHAPE)));

        assertThat(error.path()).isEqualTo("shapes[1]");
    }

    private static JsonNode answer(String document) {
        return Evaluator.create().answer("pack", document);
    }
}
