package io.trimtab.service.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsolidateEvaluationTest {
    /** One node of two can go: its pod has room on the other. */
    private static final String BASE = """
        {"id":"e","now":"2026-11-30T12:00:00Z","policy":"trimtab",
         "nodes":[
          {"name":"n1","shape":"m","price":0.1,"capacityType":"on-demand","allocatable":{"cpu":"4","memory":"16Gi","pods":110},"annotations":{},
           "pods":[{"name":"a","namespace":"x","owner":"ReplicaSet","requests":{"cpu":"1","memory":"1Gi"},"pdb":"web","annotations":{}},
                   {"name":"log","namespace":"x","owner":"DaemonSet","daemon":true,"requests":{"cpu":"100m"}}]},
          {"name":"n2","shape":"m","price":0.1,"capacityType":"on-demand","allocatable":{"cpu":"4","memory":"16Gi","pods":110},
           "pods":[{"name":"b","namespace":"x","owner":"ReplicaSet","requests":{"cpu":"2500m","memory":"2Gi"}}]}],
         "pdbs":[{"name":"web","allowed":1}],"shapes":[]}\
        """;

    @Test
    void answersWithRemovedAndKeptNodes() {
        assertThat(answer(BASE).toString())
                .isEqualTo(
                        "{\"id\":\"e\",\"remove\":[{\"node\":\"n1\",\"moves\":[{\"pod\":\"a\",\"to\":\"n2\"}],\"wave\":1}],\"add\":[],\"kept\":[{\"node\":\"n2\",\"reason\":{\"code\":\"TakesPods\",\"message\":\"it"
                            + " takes 1 pod of nodes that"
                            + " go\",\"pods\":1,\"savesPerMonth\":0}}],\"savingPerMonth\":73.0,\"reasons\":[{\"code\":\"Consolidated\",\"message\":\"1"
                            + " node removed in 1 wave, 0 added: 73.00 a month less, 50.0 % of the cost for 50.0 % of"
                            + " the disruption of moving every pod\","
                            + "\"removed\":1,\"added\":0,\"waves\":1,\"savingPerMonth\":73.0,\"savingShare\":0.5,\"disruptionShare\":0.5}]}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        trimtab: the base                     | "shape":"none"  | "shape":"none" | n1 |
        do not disrupt, pod                   | "pdb":"web","annotations":{} | "annotations":{"karpenter.sh/do-not-disrupt":"true"} | n2 | PodHeld
        do not disrupt, scale-down policy     | "policy":"trimtab" # "pdb":"web","annotations":{} | "policy":"cluster-autoscaler" # "annotations":{"karpenter.sh/do-not-disrupt":"true"} | n1 |
        do not disrupt, node                  | 110},"annotations":{} | 110},"annotations":{"karpenter.sh/do-not-disrupt":"true"} | n2 | NodeHeld
        scale-down disabled                   | 110},"annotations":{} | 110},"annotations":{"cluster-autoscaler.kubernetes.io/scale-down-disabled":"true"} | n2 | NodeHeld
        scale-down disabled, karpenter        | "policy":"trimtab" # 110},"annotations":{} | "policy":"karpenter" # 110},"annotations":{"cluster-autoscaler.kubernetes.io/scale-down-disabled":"true"} | n1 |
        not safe to evict                     | "pdb":"web","annotations":{} | "annotations":{"cluster-autoscaler.kubernetes.io/safe-to-evict":"false"} | n2 | PodHeld
        local storage                         | "pdb":"web", | "localStorage":true, | n2 | PodHeld
        local storage, safe                   | "pdb":"web","annotations":{} | "localStorage":true,"annotations":{"cluster-autoscaler.kubernetes.io/safe-to-evict":"true"} | n1 |
        a bare pod                            | "owner":"ReplicaSet","requests":{"cpu":"1" | "requests":{"cpu":"1" | n2 | PodHeld
        a bare pod, karpenter                 | "policy":"trimtab" # "owner":"ReplicaSet","requests":{"cpu":"1" | "policy":"karpenter" # "requests":{"cpu":"1" | n1 |
        a controller of its own               | "policy":"trimtab" # "owner":"ReplicaSet","requests":{"cpu":"1" | "policy":"cluster-autoscaler" # "owner":"StrimziPodSet","requests":{"cpu":"1" | none | PodHeld
        a system pod                          | "namespace":"x","owner":"ReplicaSet","requests":{"cpu":"1","memory":"1Gi"},"pdb":"web", | "namespace":"kube-system","owner":"ReplicaSet","requests":{"cpu":"1","memory":"1Gi"}, | n2 | PodHeld
        a budget of none                      | "allowed":1 | "allowed":0 | n2 | BudgetTooSmall
        moved 59 minutes ago                  | "pdb":"web", | "pdb":"web","age":"59m", | n2 | JustMoved
        moved an hour ago                     | "pdb":"web", | "pdb":"web","age":"1h", | n1 |
        changed too recently                  | "policy":"trimtab" # 110},"annotations":{} | "policy":"trimtab","consolidateAfter":"10m" # 110},"lastPodEvent":"2026-11-30T11:50:01Z" | n2 | TooRecent
        changed long enough ago               | "policy":"trimtab" # 110},"annotations":{} | "policy":"trimtab","consolidateAfter":"10m" # 110},"lastPodEvent":"2026-11-30T11:50:00Z" | n1 |
        unneeded for 10 minutes               | "policy":"trimtab" # 110},"annotations":{} | "policy":"cluster-autoscaler" # 110},"lastPodEvent":"2026-11-30T11:50:00Z" | none | TooRecent
        unneeded for longer                   | "policy":"trimtab" # 110},"annotations":{} | "policy":"cluster-autoscaler" # 110},"lastPodEvent":"2026-11-30T11:49:59Z" | n1 |
        no node may go                        | "policy":"trimtab" | "budgets":[{"nodes":"0"}] | none | NoDisruptionNow
        only empty nodes may not go           | "policy":"trimtab" | "budgets":[{"nodes":"0","reasons":["Empty"]}] | n1 |
        inside the window                     | "policy":"trimtab" | "budgets":[{"nodes":"0%","schedule":"0 9 * * *","duration":"3h1m"}] | none | NoDisruptionNow
        after the window                      | "policy":"trimtab" | "budgets":[{"nodes":"0%","schedule":"0 9 * * *","duration":"3h"}] | n1 |
        below the threshold                   | "policy":"trimtab" | "policy":"cluster-autoscaler" | n1 |
        at the threshold                      | "policy":"trimtab" | "policy":"cluster-autoscaler","threshold":0.275 | none | AboveThreshold
        at the threshold without daemons      | "policy":"trimtab" | "policy":"cluster-autoscaler","threshold":0.275,"ignoreDaemonSets":true | n1 |
        nodes for nothing                     | "price":0.1 | "price":0 | none | LowScore
        no room                               | 2500m | 3500m | none | TooLittleRoom
        no room for either                    | 2500m # "cpu":"1" | 3500m # "cpu":"3500m" | none | TooLittleRoom
        """)
    void answers(String name, String from, String to, String removed, String reason) {
        String document = BASE;
        String[] parts = from.split("#");
        String[] others = to.split("#");
        for (int i = 0; i < parts.length; i++) document = document.replace(parts[i].strip(), others[i].strip());

        JsonNode answer = answer(document);

        String nodes = IntStream.range(0, answer.get("remove").size())
                .mapToObj(i -> answer.get("remove").get(i).get("node").textValue())
                .collect(Collectors.joining(","));
        assertThat(nodes.isEmpty() ? "none" : nodes).as(answer.toString()).isEqualTo(removed);
        if (reason != null)
            assertThat(answer.get("kept").get(0).get("reason").get("code").textValue())
                    .as(answer.toString())
                    .isEqualTo(reason);
    }

    /** A spot node whose pod fits {@code count} cheaper spot shapes. */
    private static String spot(int count, boolean spotToSpot, String capacityType) {
        String shapes = IntStream.range(0, count)
                .mapToObj(i -> "{\"name\":\"s%02d\",\"cpu\":\"2\",\"memory\":\"8Gi\",\"price\":0.2,\"spotPrice\":0.0%d}"
                        .formatted(i, 10 + i))
                .collect(Collectors.joining(","));
        return """
            {"now":0,"policy":"karpenter","spotToSpot":%s,"nodes":[{"name":"n1","shape":"big","price":0.09,"capacityType":"%s",
             "allocatable":{"cpu":"8","memory":"32Gi"},"pods":[{"name":"a","owner":"ReplicaSet","requests":{"cpu":"1","memory":"1Gi"}}]}],
             "shapes":[%s]}\
            """.formatted(spotToSpot, capacityType, shapes);
    }

    @ParameterizedTest(name = "{0} cheaper shapes, spot to spot {1}, from {2}: {3} added")
    @CsvSource({"15, true, spot, 1", "14, true, spot, 0", "15, false, spot, 0", "1, false, on-demand, 1"})
    void replacesSpotAsKarpenterDoes(int count, boolean spotToSpot, String from, int added) {
        JsonNode answer = answer(spot(count, spotToSpot, from));

        assertThat(answer.get("add").size()).isEqualTo(added);
        if (added == 1) {
            assertThat(answer.get("add").toString())
                    .isEqualTo("[{\"shape\":\"s00\",\"count\":1,\"capacityType\":\"spot\"}]");
            assertThat(answer.get("remove").get(0).get("moves").toString())
                    .isEqualTo("[{\"pod\":\"a\",\"to\":\"+0\"}]");
            assertThat(answer.get("savingPerMonth").decimalValue()).isEqualByComparingTo("58.4");
        } else {
            assertThat(answer.at("/kept/0/reason/code").textValue()).isEqualTo("SpotStays");
        }
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        unknown field            | "policy":"trimtab"  | polcy                      | "polcy":"trimtab"
        unknown policy           | "policy":"trimtab"  | policy                     | "policy":"descheduler"
        no moment                | "now":"2026-11-30T12:00:00Z", | now             | ``
        a threshold above 1      | "policy":"trimtab"  | threshold                  | "threshold":1.1
        not a number             | "price":0.1,"capacityType":"on-demand","allocatable":{"cpu":"4","memory":"16Gi","pods":110},"annotations" | nodes[0].price | "price":NaN,"capacityType":"on-demand","allocatable":{"cpu":"4","memory":"16Gi","pods":110},"annotations"
        negative request         | "cpu":"1"           | nodes[0].pods[0].requests.cpu | "cpu":"-1"
        a resource of its own    | "cpu":"1"           | nodes[0].pods[0].requests.disk | "cpu":"1","disk":1
        a GPU and a half         | "cpu":"1"           | nodes[0].pods[0].requests.gpu | "cpu":"1","gpu":"1500m"
        half a GPU on a node     | "pods":110},"annotations" | nodes[0].allocatable.gpu | "pods":110,"gpu":"500m"},"annotations"
        an unknown budget        | "pdb":"web"         | nodes[0].pods[0].pdb       | "pdb":"other"
        a budget twice           | "pdbs":[            | pdbs[1].name               | "pdbs":[{"name":"web","allowed":1},
        a negative budget        | "allowed":1         | pdbs[0].allowed            | "allowed":-1
        a pod twice              | "name":"b"          | nodes[1].pods[0].name      | "name":"a"
        a node twice             | "name":"n2"         | nodes[1]                   | "name":"n1"
        an unknown capacity type | "capacityType":"on-demand","allocatable":{"cpu":"4","memory":"16Gi","pods":110},"annotations" | nodes[0].capacityType | "capacityType":"reserved","allocatable":{"cpu":"4","memory":"16Gi","pods":110},"annotations"
        more than all nodes      | "policy":"trimtab"  | budgets[0].nodes           | "budgets":[{"nodes":"101%"}]
        an unknown reason        | "policy":"trimtab"  | budgets[0].reasons[0]      | "budgets":[{"nodes":"1","reasons":["Old"]}]
        a window without length  | "policy":"trimtab"  | budgets[0].duration        | "budgets":[{"nodes":"1","schedule":"@daily"}]
        a length without window  | "policy":"trimtab"  | budgets[0].schedule        | "budgets":[{"nodes":"1","duration":"1h"}]
        no cron line             | "policy":"trimtab"  | budgets[0].schedule        | "budgets":[{"nodes":"1","schedule":"daily","duration":"1h"}]
        an age that is none      | "pdb":"web"         | nodes[0].pods[0].age       | "age":"old"
        a shape twice            | "shapes":[]         | shapes[1]                  | "shapes":[{"name":"s","cpu":1,"memory":1,"price":1},{"name":"s","cpu":1,"memory":1,"price":1}]
        """)
    void saysWhereADocumentIsWrong(String name, String from, String path, String to) {
        EvaluateException error = catchThrowableOfType(EvaluateException.class, () -> answer(BASE.replace(from, to)));

        assertThat(error).as(name).isNotNull();
        assertThat(error.path()).isEqualTo(path);
    }

    private static JsonNode answer(String document) {
        return Evaluator.create().answer("consolidate", document);
    }
}
