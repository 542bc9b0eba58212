package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.InitContainer;
import io.trimtab.ingest.model.Scheduling;
import io.trimtab.ingest.model.Taint;
import io.trimtab.ingest.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As they come over the wire, so that what {@link UsedFields} skips is not there. */
class SchedulingMappingTest {
    private static final String SPEC = """
        nodeSelector: {disk: ssd}
        affinity:
          nodeAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
              nodeSelectorTerms:
                - matchExpressions:
                    - {key: zone, operator: In, values: [a]}
                    - {key: cores, operator: Gt, values: ["7"]}
                - matchExpressions:
                    - {key: zone, operator: NotIn, values: [b]}
                    - {key: cores, operator: Lt, values: ["3"]}
                    - {key: gpu, operator: DoesNotExist}
                - matchFields: [{key: metadata.name, operator: In, values: [n1]}]
                  matchExpressions: [{key: gpu, operator: Exists}]
            preferredDuringSchedulingIgnoredDuringExecution:
              - {weight: 1, preference: {matchExpressions: [{key: nice, operator: Exists}]}}
          podAntiAffinity: {}
        tolerations:
          - {key: dedicated, value: db, effect: NoSchedule}
          - {key: gpu, operator: Exists}
          - {operator: Exists, effect: NoExecute, tolerationSeconds: 300}
          - {key: soft, value: x, effect: PreferNoSchedule}
        overhead: {cpu: 250m, memory: 120Mi}
        initContainers:
          - {name: first, image: i, resources: {requests: {cpu: "1"}}}
          - {name: proxy, image: i, restartPolicy: Always, resources: {requests: {cpu: 50m}}}
          - {name: second, image: i, resources: {limits: {memory: 1Gi}}}
        containers: [{name: app, image: i}]
        """;

    @Test
    void readsWhatIsRequiredAndNotWhatIsPreferred() {
        Scheduling scheduling = pod("ReplicaSet").scheduling();
        assertThat(scheduling.nodeSelector()).isEqualTo(Map.of("disk", "ssd"));
        assertThat(scheduling.nodeAffinity())
                .extracting(String::valueOf)
                .containsExactly("zone=a,cores>7", "zone!=b,cores<3,!gpu", "gpu,metadata.name=n1");
        assertThat(scheduling.tolerations())
                .containsExactly(
                        new Toleration(
                                Optional.of("dedicated"), Optional.of("db"), Optional.of(Taint.Effect.NO_SCHEDULE)),
                        new Toleration(Optional.of("gpu"), Optional.empty(), Optional.empty()),
                        new Toleration(Optional.empty(), Optional.empty(), Optional.of(Taint.Effect.NO_EXECUTE)));
        assertThat(scheduling.overhead().cpu()).hasToString("250m");
        assertThat(scheduling.initContainers())
                .extracting(InitContainer::sidecars)
                .containsExactly(List.of(), List.of("proxy"));
        assertThat(scheduling
                        .initContainers()
                        .getFirst()
                        .requirements()
                        .cpuRequest()
                        .orElseThrow())
                .hasToString("1");
        assertThat(scheduling.initContainers().getLast().requirements().memoryRequest())
                .as("of a limit alone")
                .isPresent();
    }

    @Test
    void aDaemonsPodIsNotTiedToItsNode() {
        assertThat(pod("DaemonSet").scheduling().nodeAffinity()).isEmpty();
        assertThat(pod("DaemonSet").scheduling().tolerations()).hasSize(3);
    }

    @Test
    void whatSaysNothingIsPlain() {
        var pod = UsedFields.serialization()
                .unmarshal(
                        "---\n"
                                + "{kind: Pod, metadata: {name: a, namespace: b, creationTimestamp:"
                                + " \"2026-11-24T10:00:00Z\"}, spec: {containers: [{name: app, image: i}]}}",
                        io.fabric8.kubernetes.api.model.Pod.class);
        assertThat(PodMapping.pod(pod).pod().scheduling()).isEqualTo(Scheduling.PLAIN);
    }

    /** The other effect only discourages. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"NoSchedule, NO_SCHEDULE", "NoExecute, NO_EXECUTE", "PreferNoSchedule,", "'',"})
    void effects(String effect, Taint.Effect expected) {
        assertThat(SchedulingMapping.effect(effect)).isEqualTo(Optional.ofNullable(expected));
    }

    private static io.trimtab.ingest.model.Pod pod(String owner) {
        String yaml = """
            kind: Pod
            metadata:
              name: web-1
              namespace: shop
              creationTimestamp: "2026-11-24T10:00:00Z"
              ownerReferences: [{apiVersion: apps/v1, kind: %s, name: web-5f, uid: u1, controller: true}]
            spec:
            """.formatted(owner) + SPEC.indent(2);
        return PodMapping.pod(UsedFields.serialization().unmarshal(yaml, io.fabric8.kubernetes.api.model.Pod.class))
                .pod();
    }
}
