package io.trimtab.service.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicasEvaluationTest {
    private static final String BASE = """
        {"id":"a","currentReplicas":3,"minReplicas":1,"maxReplicas":100,
         "metrics":[{"type":"Resource","resource":"cpu","target":{"averageUtilization":30}}],
         "pods":[{"state":"ready","usage":{"cpu":"600m"},"request":{"cpu":"2"}},
                 {"state":"ready","usage":{"cpu":1.0},"request":{"cpu":"2"}},
                 {"state":"ready","usage":{"cpu":"1400m"},"request":{"cpu":"2000m"}}]}\
        """;
    private static final String QUEUE = """
        {"currentReplicas":3,"maxReplicas":100,"metrics":[{"type":"External","metric":"queue","value":"8600m","target":{"averageValue":"2900m"}}]}\
        """;
    private static final String RISING = """
        {"currentReplicas":2,"maxReplicas":100,"behavior":{},"metrics":[{"type":"Resource","resource":"cpu","target":{"averageUtilization":50}}],
         "pods":[{"state":"ready","usage":{"cpu":"500m"},"request":{"cpu":"1"}},{"state":"ready","usage":{"cpu":"500m"},"request":{"cpu":"1"}}],
         "predictive":{"start":"2026-11-23T00:00:00Z","step":"60s","podStart":"90s","values":[%s]}}\
        """;

    @Test
    void answersWithNumbersAndReasons() {
        assertThat(answer(BASE).toString()).isEqualTo("""
            {"id":"a","desiredReplicas":5,"metrics":[{"utilizationPercent":50,"averageValue":"1","proposedReplicas":5}],"limitedBy":null,\
            "reasons":[{"code":"UtilizationDiffers","message":"utilisation is 50%, target is 30%: 5 replicas",\
            "utilizationPercent":50,"targetPercent":30,"proposedReplicas":5}]}\
            """);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        average rounds up                | "id":"none" | "id":"none" | 3 | 2867m | null
        tolerance of a hundredth         | "metrics" | "tolerance":{"up":0.01,"down":"10m"},"metrics" | 3 | 2867m | null
        rate                             | "8600m" | "860" | 6 | 286667m | scaleUpPolicy
        default behavior                 | "value":"8600m" | "value":860 | 6 | 286667m | scaleUpPolicy
        maximum                          | "maxReplicas":100,"metrics":[{"type":"External","metric":"queue","value":"8600m" | "maxReplicas":5,"metrics":[{"type":"External","metric":"queue","value":"860" | 5 | 286667m | maxReplicas
        a window holds                   | "metrics" | "history":{"recommendations":[{"replicas":4,"age":"60s"}]},"metrics" | 4 | 2867m | stabilization
        a window of one's own has passed | "metrics" | "behavior":{"scaleDown":{"stabilizationWindowSeconds":60}},"history":{"recommendations":[{"replicas":4,"age":"60s"}]},"metrics" | 3 | 2867m | null
        Object is the same               | "External" | "Object" | 3 | 2867m | null
        """)
    void answersTotals(String name, String from, String to, int replicas, String average, String limit) {
        JsonNode answer = answer(QUEUE.replace(from, to));

        assertThat(answer.get("desiredReplicas").intValue()).isEqualTo(replicas);
        assertThat(answer.get("metrics").get(0).get("averageValue").textValue()).isEqualTo(average);
        assertThat(answer.get("limitedBy").asText()).isEqualTo(limit);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        unknown field          | "minReplicas":1 | replicas                               | "replicas":1
        no current count       | "currentReplicas":3, | currentReplicas                   | ``
        negative count         | "currentReplicas":3 | currentReplicas                    | "currentReplicas":-3
        half a replica         | "currentReplicas":3 | currentReplicas                    | "currentReplicas":3.5
        bounds out of order    | "minReplicas":1 | maxReplicas                            | "minReplicas":101
        nothing as maximum     | "maxReplicas":100 | maxReplicas                          | "maxReplicas":0
        no metric              | {"type":"Resource","resource":"cpu","target":{"averageUtilization":30}} | metrics | ``
        unknown type           | "Resource" | metrics[0].type                             | "Resources"
        no target              | ,"target":{"averageUtilization":30} | metrics[0].target  | ``
        an empty target        | "averageUtilization":30 | metrics[0].target              | ``
        two targets            | "averageUtilization":30 | metrics[0].target              | "averageUtilization":30,"averageValue":1
        a target of totals     | "averageUtilization":30 | metrics[0].target.value        | "value":30
        a target of nothing    | "averageUtilization":30 | metrics[0].target.averageUtilization | "averageUtilization":0
        an average of nothing  | "averageUtilization":30 | metrics[0].target.averageValue | "averageValue":"0"
        no resource            | "resource":"cpu", | metrics[0].resource                  | ``
        no container           | "Resource" | metrics[0].container                        | "ContainerResource"
        a percentage of queue  | "Resource","resource":"cpu" | metrics[0].target.averageUtilization | "External","metric":"q","value":1
        unknown state          | "pods":[{"state":"ready" | pods[0].state                 | "pods":[{"state":"running"
        negative usage         | "600m" | pods[0].usage.cpu                               | "-600m"
        no number              | "600m" | pods[0].usage.cpu                               | "NaN"
        too large              | "600m" | pods[0].usage.cpu                               | "1e30"
        a field of a pod       | "pods":[{ | pods[0].phase                                | "pods":[{"phase":"x",
        two pods of one name   | "state":"ready" | pods[1].name                           | "name":"p","state":"ready"
        negative tolerance     | "minReplicas":1 | tolerance.up                           | "tolerance":{"up":-0.1}
        unknown tolerance      | "minReplicas":1 | tolerance.both                         | "tolerance":{"both":0.1}
        unknown direction      | "minReplicas":1 | behavior.up                            | "behavior":{"up":{}}
        window too long        | "minReplicas":1 | behavior.scaleUp.stabilizationWindowSeconds | "behavior":{"scaleUp":{"stabilizationWindowSeconds":3601}}
        no policies            | "minReplicas":1 | behavior.scaleDown.policies            | "behavior":{"scaleDown":{"policies":[]}}
        period too long        | "minReplicas":1 | behavior.scaleUp.policies[0].periodSeconds | "behavior":{"scaleUp":{"policies":[{"type":"Pods","value":1,"periodSeconds":1801}]}}
        policy of nothing      | "minReplicas":1 | behavior.scaleUp.policies[0].value     | "behavior":{"scaleUp":{"policies":[{"type":"Pods","value":0,"periodSeconds":60}]}}
        unknown policy         | "minReplicas":1 | behavior.scaleUp.policies[0].type      | "behavior":{"scaleUp":{"policies":[{"type":"pods","value":1,"periodSeconds":60}]}}
        unknown choice         | "minReplicas":1 | behavior.scaleUp.selectPolicy          | "behavior":{"scaleUp":{"selectPolicy":"max"}}
        event without age      | "minReplicas":1 | history.scaleUps[0].age                | "history":{"scaleUps":[{"change":1}]}
        negative event         | "minReplicas":1 | history.scaleDowns[0].change           | "history":{"scaleDowns":[{"change":-1,"age":"1s"}]}
        no step                | "minReplicas":1 | predictive.step                        | "predictive":{"start":0,"step":"0s","values":[1],"podStart":"90s"}
        negative demand        | "minReplicas":1 | predictive.values[1]                   | "predictive":{"start":0,"step":"60s","values":[1,-1],"podStart":"90s"}
        no demand              | "minReplicas":1 | predictive.values                      | "predictive":{"start":0,"step":"60s","values":[],"podStart":"90s"}
        """)
    void namesThePathOfWhatIsWrong(String name, String from, String path, String to) {
        var error = catchThrowableOfType(EvaluateException.class, () -> answer(BASE.replace(from, to)));

        assertThat(error).as(name).isNotNull();
        assertThat(error.path()).isEqualTo(path);
    }

    @Test
    void aContainersMetricReadsThatContainer() {
        JsonNode answer = answer("""
            {"currentReplicas":2,"maxReplicas":9,"metrics":[{"type":"ContainerResource","resource":"memory","container":"app","target":{"averageUtilization":50}}],
             "pods":[{"state":"ready","containers":{"app":{"usage":{"memory":"1Gi"},"request":{"memory":"1Gi"}},"log":{}}},
                     {"state":"ready","containers":{"app":{"usage":{"memory":"2Gi"},"request":{"memory":"2Gi"}}}}]}\
            """);

        assertThat(answer.get("metrics").get(0).toString())
                .isEqualTo("{\"utilizationPercent\":100,\"averageValue\":\"1536Mi\",\"proposedReplicas\":4}");
    }

    @Test
    void theOrderOfPodsDoesNotMatter() {
        String turned = BASE.replace("600m", "x").replace("1400m", "600m").replace("\"x\"", "\"1400m\"");
        assertThat(answer(turned)).isEqualTo(answer(BASE));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a straight rise is followed | 0.05,0.10,0.15,0.20,0.25,0.30,0.35,0.40,0.45,0.50,0.55,0.60,0.65,0.70,0.75,0.80,0.85,0.90,0.95,1.00,1.05,1.10,1.15,1.20 | 3 | true | ForecastHigher
        what does not move is not   | 1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1 | 2 | false | WithinTolerance
        too little is not           | 1,2,null,4 | 2 | false | WithinTolerance
        """)
    void aForecastOnlyAdds(String name, String values, int replicas, boolean used, String reason) {
        JsonNode answer = answer(RISING.formatted(values));

        assertThat(answer.get("desiredReplicas").intValue()).isEqualTo(replicas);
        assertThat(answer.get("predicted").get("used").booleanValue()).isEqualTo(used);
        assertThat(answer.get("reasons").get(0).get("code").textValue()).isEqualTo(reason);
    }

    private static JsonNode answer(String document) {
        return Evaluator.create().answer("replicas", document);
    }
}
