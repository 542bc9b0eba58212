package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodMappingTest {
    private static final KubernetesSerialization YAML = UsedFields.serialization();

    private static final String WHOLE = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: web-1
          namespace: shop
          creationTimestamp: "2026-11-24T10:00:00Z"
          deletionTimestamp: "2026-11-24T11:00:00Z"
          labels: {app: web}
          annotations: {a: b}
          ownerReferences:
            - {apiVersion: v1, kind: Other, name: x, uid: u0}
            - {apiVersion: apps/v1, kind: ReplicaSet, name: web-5f, uid: u1, controller: true}
        spec:
          nodeName: node-a
          initContainers:
            - {name: migrate, image: m, resources: {requests: {cpu: "4"}}}
            - {name: proxy, image: p, restartPolicy: Always, resources: {requests: {cpu: 50m}}}
          containers:
            - name: app
              image: shop/web:1
              resources: {requests: {cpu: 500m, memory: 1Gi}, limits: {memory: 2Gi, nvidia.com/gpu: "1"}}
            - {name: log, image: shop/log:1, resources: {limits: {cpu: 100m, memory: 64Mi}}}
        status:
          phase: Running
          startTime: "2026-11-24T10:00:05Z"
          conditions:
            - {type: Ready, status: "True", lastTransitionTime: "2026-11-24T10:00:30Z"}
          containerStatuses:
            - name: app
              image: shop/web:1
              imageID: ""
              ready: true
              restartCount: 1
              resources: {requests: {cpu: 250m, memory: 512Mi}, limits: {memory: 1Gi}}
              lastState: {terminated: {reason: OOMKilled, exitCode: 137, finishedAt: "2026-11-24T10:30:00Z"}}
            - name: log
              image: shop/log:1
              imageID: ""
              ready: true
              restartCount: 3
              lastState: {terminated: {reason: Error, exitCode: 1, finishedAt: "2026-11-24T10:31:00Z"}}
        """;

    private static io.fabric8.kubernetes.api.model.Pod parsed(String yaml) {
        return YAML.unmarshal(yaml, io.fabric8.kubernetes.api.model.Pod.class);
    }

    @Test
    void readsAWholePod() {
        WatchedPod owned = PodMapping.pod(parsed(WHOLE));
        Pod pod = owned.pod();
        assertThat(owned.controller())
                .contains(new ControllerRef("apps/v1", WorkloadId.parse("shop/ReplicaSet/web-5f")));
        assertThat(pod.id()).hasToString("shop/web-1");
        assertThat(pod.node()).contains("node-a");
        assertThat(pod.phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(pod.containers()).extracting(ContainerSpec::name).containsExactly("app", "log", "proxy");
        assertThat(pod.createdAt()).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(pod.startedAt()).contains(Instant.parse("2026-11-24T10:00:05Z"));
        assertThat(pod.readyAt()).contains(Instant.parse("2026-11-24T10:00:30Z"));
        assertThat(pod.deletedAt()).contains(Instant.parse("2026-11-24T11:00:00Z"));
        assertThat(pod.labels()).containsEntry("app", "web");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        what the kubelet says is in force  | 0 | cpu 250m..- memory 512Mi..1Gi gpu 1
        a limit is a request where unset   | 1 | cpu 100m..100m memory 64Mi..64Mi gpu 0
        a sidecar counts                   | 2 | cpu 50m..- memory -..- gpu 0
        """)
    void readsRequirements(String name, int container, String expected) {
        Requirements it =
                PodMapping.pod(parsed(WHOLE)).pod().containers().get(container).requirements();
        assertThat("cpu %s..%s memory %s..%s gpu %s"
                        .formatted(
                                it.cpuRequest().map(Object::toString).orElse("-"),
                                it.cpuLimit().map(Object::toString).orElse("-"),
                                it.memoryRequest().map(Object::toString).orElse("-"),
                                it.memoryLimit().map(Object::toString).orElse("-"),
                                it.gpu()))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        just created | {}                                                                                     | PENDING   | -
        ended        | {phase: Succeeded}                                                                     | SUCCEEDED | -
        failed       | {phase: Failed}                                                                        | FAILED    | -
        unknown      | {phase: Odd}                                                                           | UNKNOWN   | -
        not ready    | {phase: Running, conditions: [{type: Ready, status: "False", lastTransitionTime: "2026-11-24T10:00:30Z"}]} | RUNNING   | -
        mirror pod   | {phase: Running}                                                                       | RUNNING   | Node
        """)
    void readsABarePod(String name, String status, PodPhase phase, String owner) {
        String owners = owner.equals("-")
                ? ""
                : "ownerReferences: [{kind: %s, name: x, uid: u, controller: true}], ".formatted(owner);
        String yaml =
                "---\n{kind: Pod, metadata: {%sname: a, namespace: b, creationTimestamp: \"2026-11-24T10:00:00Z\"}, spec: {containers: [{name: c}]}, status: %s}"
                        .formatted(owners, status);
        WatchedPod owned = PodMapping.pod(parsed(yaml));
        assertThat(owned.controller()).isEmpty();
        assertThat(owned.pod().phase()).isEqualTo(phase);
        assertThat(owned.pod().readyAt()).isEmpty();
        assertThat(owned.pod().node()).isEmpty();
        assertThat(owned.pod().containers())
                .extracting(ContainerSpec::requirements)
                .containsExactly(Requirements.NONE);
    }
}
