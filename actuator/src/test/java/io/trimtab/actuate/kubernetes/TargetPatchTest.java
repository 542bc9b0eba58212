package io.trimtab.actuate.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.ResourceAmount;
import io.trimtab.ingest.model.UtilizationTarget;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Recommendation.Retune;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetPatchTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    /** CPU stood at 60 % of 1000m before it was ever moved. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        up: noted first, raised last     | 60 | 80 | -                            | cpu: 60% of 1, set to 60% | 60 | cpu: 60% of 1, set to 80% | 80
        down: lowered first              | 80 | 70 | cpu: 60% of 1, set to 80%    | cpu: 60% of 1, set to 70% | 70 | unchanged                 | 70
        back to where it came from       | 80 | 60 | cpu: 60% of 1, set to 80%    | cpu: 60% of 1, set to 60% | 60 | -                         | 60
        it stays                         | 80 | 80 | cpu: 60% of 1, set to 80%    | unchanged                 | 80 | unchanged                 | 80
        notes of other targets stay      | 60 | 80 | memory: 70% of 1, set to 90% | memory: 70% of 1, set to 90%; cpu: 60% of 1, set to 60% | 60 | memory: 70% of 1, set to 90%; cpu: 60% of 1, set to 80% | 80
        """)
    void downBeforeTheRequestsAndUpAfter(
            String name, int from, int to, String noted, String noteFirst, int first, String noteLast, int last) {
        Retune retune = retune(target(Resource.CPU, null, from, to), Optional.empty());
        GenericKubernetesResource before = autoscaler(from, noted);
        assertPatch(TargetPatch.begin(before, retune), noteFirst, first);
        GenericKubernetesResource between = noteFirst.equals("unchanged") ? before : autoscaler(first, noteFirst);
        assertPatch(TargetPatch.end(between, retune), noteLast, last);
    }

    /** CPU stands at its owner's 60 %, so the note of it would go if no minimum stood in for it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        up first                      | 1 | 6 | true  | cpu: 60% of 1, set to 60%; min: 1, set to 6 | 6 | unchanged | 6
        down last                     | 6 | 3 | true  | cpu: 60% of 1, set to 60%; min: 1, set to 6 | 6 | cpu: 60% of 1, set to 60%; min: 1, set to 3 | 3
        back to the owner's, no note  | 6 | 1 | false | cpu: 60% of 1, set to 60%; min: 1, set to 6 | 6 | - | 1
        """)
    void theMinimumGoesUpBeforeTheRequestsAndDownAfter(
            String name, int from, int to, boolean holds, String noteFirst, int first, String noteLast, int last) {
        var minimum = new Retune.Minimum(from, to, 1, holds);
        Retune retune = retune(target(Resource.CPU, null, 60, 60), Optional.of(minimum));
        GenericKubernetesResource before = autoscaler(60, null);
        before.setAdditionalProperty("spec", withMinimum(before, from));
        assertMinimum(TargetPatch.begin(before, retune), noteFirst, first);
        GenericKubernetesResource between = autoscaler(60, noteFirst);
        between.setAdditionalProperty("spec", withMinimum(between, first));
        assertMinimum(TargetPatch.end(between, retune), noteLast, last);
        assertThat(TargetPatch.refusal(between, retune)).isEmpty();
        between.setAdditionalProperty("spec", withMinimum(between, 9));
        assertThat(TargetPatch.refusal(between, retune))
                .contains("its minReplicas is 9 by now, not %d; the next cycle decides again".formatted(from));
    }

    private static Map<String, Object> withMinimum(GenericKubernetesResource autoscaler, int replicas) {
        return Map.of("minReplicas", replicas, "metrics", autoscaler.get("spec", "metrics"));
    }

    private static void assertMinimum(Optional<Map<String, Object>> patch, String note, int replicas) {
        if ("unchanged".equals(note)) {
            assertThat(patch).isEmpty();
            return;
        }
        assertThat(patch.orElseThrow().get("metadata")).asString().contains("{trimtab.io/retuned=" + note + "}");
        assertThat(patch.orElseThrow().get("spec")).asString().contains("minReplicas=" + replicas);
    }

    private static Retune retune(Retune.Target target, Optional<Retune.Minimum> minimum) {
        return new Retune(
                new WorkloadId("shop", "Deployment", "web"),
                "web",
                List.of(target),
                minimum,
                List.of(),
                Impact.NONE,
                List.of(new PodReason.NoSamples()));
    }

    @Test
    void onlyTheTargetThatIsMeantMoves() {
        GenericKubernetesResource autoscaler = autoscaler(60, null);
        Map<String, Object> patch = TargetPatch.end(
                        autoscaler, retune(target(Resource.CPU, "web", 70, 75), Optional.empty()))
                .orElseThrow();
        assertThat(patch.get("spec"))
                .hasToString(autoscaler
                        .get("spec")
                        .toString()
                        .replace("averageUtilization=70", "averageUtilization=75")
                        .replaceAll(".*metrics=", "{metrics="));
        assertThat(patch.get("metadata"))
                .asString()
                .contains("resourceVersion=7")
                .contains("uid=u");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        as it was seen              | CPU    | -   | 60 | -
        as it is to be              | CPU    | -   | 80 | -
        somebody else has moved it  | CPU    | -   | 65 | its target is 65 % by now, not 60 %; the next cycle decides again
        an amount, not a percentage | MEMORY | -   | 60 | it has no such target any more
        of another container        | CPU    | app | 60 | it has no such target any more
        """)
    void whatSomebodyElseHasMovedIsRefused(String name, Resource resource, String container, int now, String why) {
        assertThat(TargetPatch.refusal(
                                autoscaler(now, null), retune(target(resource, container, 60, 80), Optional.empty()))
                        .orElse(null))
                .isEqualTo(why);
    }

    private static void assertPatch(Optional<Map<String, Object>> patch, String note, int percent) {
        if ("unchanged".equals(note)) {
            assertThat(patch).isEmpty();
            return;
        }
        assertThat(patch.orElseThrow().get("metadata")).asString().contains("{trimtab.io/retuned=" + note + "}");
        assertThat(patch.orElseThrow().get("spec")).asString().contains("averageUtilization=" + percent);
    }

    private static Retune.Target target(Resource resource, String container, int from, int to) {
        return new Retune.Target(
                resource,
                Optional.ofNullable(container),
                from,
                to,
                new UtilizationTarget.Origin(60, new ResourceAmount(resource, 1000)));
    }

    private static GenericKubernetesResource autoscaler(int percent, String note) {
        String annotations = note == null ? "{}" : "{trimtab.io/retuned: \"%s\"}".formatted(note);
        return YAML.unmarshal("""
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: web, namespace: shop, uid: u, resourceVersion: "7", annotations: %s}
            spec:
              maxReplicas: 9
              metrics:
                - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: %d}}}
                - {type: ContainerResource, containerResource: {name: cpu, container: web, target: {type: Utilization, averageUtilization: 70}}}
                - {type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 1Gi}}}
                - {type: External, external: {metric: {name: queue}, target: {type: Value, value: 30}}}
            """.formatted(annotations, percent), GenericKubernetesResource.class);
    }
}
