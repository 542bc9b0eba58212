package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.kubernetes.TerminationMapping.EndId;
import io.trimtab.ingest.kubernetes.TerminationMapping.Seen;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.ContainerTermination;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.WorkloadId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminationLogTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final WorkloadId WEB = WorkloadId.parse("shop/Deployment/web");
    private static final KubernetesSerialization YAML = UsedFields.serialization();

    private TerminationLog log = new TerminationLog(100, 10, direct -> WEB);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        killed for memory           | app     | Always | -                    | {reason: OOMKilled, exitCode: 137, finishedAt: "2026-11-24T11:00:00Z"}            | OOMKilled 137 - 512Mi..1Gi
        failed                      | app     | Always | -                    | {reason: Error, exitCode: 1, finishedAt: "2026-11-24T11:00:00Z"}                  | Error 1 - 512Mi..1Gi
        by a signal                 | app     | Always | -                    | {reason: Error, exitCode: 139, signal: 11, finishedAt: "2026-11-24T11:00:00Z"}    | Error 139 11 512Mi..1Gi
        a long-runner that ended    | app     | Always | -                    | {reason: Completed, exitCode: 0, finishedAt: "2026-11-24T11:00:00Z"}              | Completed 0 - 512Mi..1Gi
        a job that is done          | app     | Never  | -                    | {reason: Completed, exitCode: 0, finishedAt: "2026-11-24T11:00:00Z"}              | none
        a job that failed           | app     | Never  | -                    | {reason: Error, exitCode: 2, finishedAt: "2026-11-24T11:00:00Z"}                  | Error 2 - 512Mi..1Gi
        init container is done      | migrate | Always | -                    | {reason: Completed, exitCode: 0, finishedAt: "2026-11-24T11:00:00Z"}              | none
        init container failed       | migrate | Always | -                    | {reason: Error, exitCode: 1, finishedAt: "2026-11-24T11:00:00Z"}                  | Error 1 - 64Mi..-
        a sidecar ended             | proxy   | Always | -                    | {reason: Completed, exitCode: 0, finishedAt: "2026-11-24T11:00:00Z"}              | Completed 0 - -..-
        deleted, ended by signal    | app     | Always | 2026-11-24T11:00:30Z | {reason: Error, exitCode: 143, finishedAt: "2026-11-24T11:00:00Z"}                | none
        before its deletion         | app     | Always | 2026-11-24T11:00:30Z | {reason: Error, exitCode: 143, finishedAt: "2026-11-24T10:59:59Z"}                | Error 143 - 512Mi..1Gi
        deleted, killed for memory  | app     | Always | 2026-11-24T11:00:30Z | {reason: OOMKilled, exitCode: 137, finishedAt: "2026-11-24T11:00:10Z"}            | OOMKilled 137 - 512Mi..1Gi
        nobody knows when           | app     | Always | -                    | {reason: ContainerStatusUnknown, exitCode: 137}                                   | ContainerStatusUnknown 137 - 512Mi..1Gi
        """)
    void takesWhatWasNotPlanned(
            String name, String container, String policy, String deleted, String end, String expected) {
        Pod pod = pod("web-1", "u1", policy, deleted, status(container, "state: {terminated: %s}".formatted(end)));
        add(pod);
        assertThat(log.of(WEB).stream().map(TerminationLogTest::words).collect(Collectors.joining(", ")))
                .isEqualTo(expected.equals("none") ? "" : expected);
    }

    private static String words(ContainerTermination it) {
        return "%s %d %s %s..%s"
                .formatted(
                        it.reason(),
                        it.exitCode(),
                        it.signal().map(Object::toString).orElse("-"),
                        it.memoryRequest().map(Object::toString).orElse("-"),
                        it.memoryLimit().map(Object::toString).orElse("-"));
    }

    /** The kubelet moves an end from state to lastState when it starts the container again; a listing tells of both again. */
    @Test
    void theSameEndCountsOnceHoweverOftenItIsTold() {
        String end = "{terminated: {reason: OOMKilled, exitCode: 137, finishedAt: \"2026-11-24T11:00:00Z\"}}";
        add(pod("web-1", "u1", "Always", "-", status("app", "state: " + end)));
        add(pod("web-1", "u1", "Always", "-", status("app", "state: %s, lastState: %s".formatted(end, end))));
        add(pod("web-1", "u1", "Always", "-", status("app", "lastState: " + end)));
        assertThat(log.of(WEB)).hasSize(1);
        add(pod("web-1", "u2", "Always", "-", status("app", "state: " + end)));
        assertThat(log.of(WEB)).as("another pod of that name").hasSize(2);
    }

    /** After a restart the pods are listed once more and tell of ends that were known before. */
    @Test
    void aRestoredEndIsAsOldAsItWas() throws IOException {
        log = new TerminationLog(3, 3, ControllerRef::id);
        for (int second = 1; second <= 3; second++) add(ended("web-" + second, second));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TerminationData.write(log.kept(), new DataOutputStream(bytes));
        List<ContainerTermination> before = log.of(WorkloadId.parse("shop/ReplicaSet/web-5f"));

        log = new TerminationLog(3, 3, ControllerRef::id);
        Pod toldAgain = ended("web-3", 3);
        log.add(new PodId("shop", "web-3"), TerminationMapping.of(toldAgain, NOW.plusSeconds(600)));
        log.restore(TerminationData.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
        assertThat(log.of(WorkloadId.parse("shop/ReplicaSet/web-5f"))).isEqualTo(before);
        add(ended("web-4", 4));
        assertThat(log.of(WorkloadId.parse("shop/ReplicaSet/web-5f")))
                .as("the oldest goes when there is no more room")
                .extracting(it -> it.container().pod().name())
                .containsExactly("web-4", "web-3", "web-2");
    }

    /** What was written stays readable; a changed form takes the next version of the section, and goes on reading this one. */
    @Test
    void theFormIsTheOneThatIsStoredHere() throws IOException {
        String stored = """
            00000002000473686f7000057765622d31000361707000057569642d31000e636f6e7461696e6572643a2f2f3101000000006b057c4000000000010007617070
            732f7631000473686f70000a5265706c69636153657400067765622d356601000473686f70000a4465706c6f796d656e740003776562000000006b057c400000
            0000000000006b057c411dcd650000094f4f4d4b696c6c656400000089010000000901000000000010000001000001000000000000000003000473686f700005
            7765622d31000361707000000000000000000000006b057c4000000000000000006b057c40000000000000ffffffff00000000000000\
            """.replace("\n", "");
        WorkloadId web = WorkloadId.parse("shop/Deployment/web");
        ContainerId app = new ContainerId(new PodId("shop", "web-1"), "app");
        List<Seen> seen = List.of(
                new Seen(
                        new EndId(app, "uid-1", "containerd://1", Optional.of(NOW)),
                        Optional.of(new ControllerRef("apps/v1", WorkloadId.parse("shop/ReplicaSet/web-5f"))),
                        new ContainerTermination(
                                app,
                                Optional.of(web),
                                NOW,
                                NOW.plusMillis(1500),
                                "OOMKilled",
                                137,
                                Optional.of(9),
                                Optional.of(new Bytes(1 << 20)),
                                Optional.of(new Bytes(1L << 40)),
                                3)),
                new Seen(
                        new EndId(app, "", "", Optional.empty()),
                        Optional.empty(),
                        new ContainerTermination(
                                app,
                                Optional.empty(),
                                NOW,
                                NOW,
                                "",
                                -1,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                0)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TerminationData.write(seen, new DataOutputStream(bytes));
        assertThat(HexFormat.of().formatHex(bytes.toByteArray())).isEqualTo(stored);
        assertThat(TerminationData.read(new DataInputStream(
                        new ByteArrayInputStream(HexFormat.of().parseHex(stored)))))
                .isEqualTo(seen);
    }

    @Test
    void halfAListIsRefused() throws IOException {
        add(ended("web-1", 1));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TerminationData.write(log.kept(), new DataOutputStream(bytes));
        byte[] half = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
        assertThatThrownBy(() -> TerminationData.read(new DataInputStream(new ByteArrayInputStream(half))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void theOldestAreForgottenAndNotTakenForNewWhenToldAgain() {
        log = new TerminationLog(3, 2, ControllerRef::id);
        for (int second = 1; second <= 3; second++) add(ended("web-" + second, second));
        assertThat(log.of(WorkloadId.parse("shop/ReplicaSet/web-5f")))
                .extracting(it -> it.container().pod().name())
                .containsExactly("web-3", "web-2");
        add(ended("web-1", 1));
        assertThat(log.of(WorkloadId.parse("shop/ReplicaSet/web-5f"))).hasSize(2);
        log.forget(new PodId("shop", "web-1"), Optional.of("other"));
        add(ended("web-1", 1));
        assertThat(log.of(WorkloadId.parse("shop/ReplicaSet/web-5f")))
                .as("it was another pod that is gone")
                .hasSize(2);
    }

    @Test
    void killsForMemoryAreWhatTheForecasterHears() {
        add(ended("web-1", 1));
        add(pod("web-2", "u2", "Always", "-", status("app", "state: {terminated: {reason: Error, exitCode: 1}}")));
        assertThat(log.killsSeenAfter(NOW)).isEmpty();
        List<OutOfMemoryKill> kills = log.killsSeenAfter(NOW.minusSeconds(1));
        assertThat(kills).singleElement().satisfies(kill -> {
            assertThat(kill.container()).hasToString("shop/web-1/app");
            assertThat(kill.memoryRequest()).hasToString("512Mi");
            assertThat(kill.seenAt()).isEqualTo(NOW);
        });
    }

    /** What the ReplicaSet was part of is known at first, and not any more when it is gone. */
    @Test
    void anOwnerThatWasKnownStaysKnown() {
        boolean[] there = {true};
        log = new TerminationLog(10, 10, direct -> there[0] ? WEB : direct.id());
        add(ended("web-1", 1));
        there[0] = false;
        assertThat(log.of(WEB)).hasSize(1);
    }

    private void add(Pod pod) {
        log.add(new PodId("shop", pod.getMetadata().getName()), TerminationMapping.of(pod, NOW));
    }

    private static Pod ended(String name, int second) {
        return pod(
                name,
                "u1",
                "Always",
                "-",
                status(
                        "app",
                        "state: {terminated: {reason: OOMKilled, exitCode: 137, finishedAt: \"2026-11-24T11:00:0%dZ\"}}"
                                .formatted(second)));
    }

    private static String status(String container, String states) {
        String list = container.equals("app") ? "containerStatuses" : "initContainerStatuses";
        return "{%s: [{name: %s, image: i, imageID: i, ready: false, restartCount: 4, %s}]}"
                .formatted(list, container, states);
    }

    private static Pod pod(String name, String uid, String policy, String deleted, String status) {
        String deletion = deleted.equals("-")
                ? ""
                : "deletionTimestamp: \"%s\", deletionGracePeriodSeconds: 30, ".formatted(deleted);
        return YAML.unmarshal("""
            kind: Pod
            metadata:
              {name: %s, namespace: shop, uid: %s, %screationTimestamp: "2026-11-24T10:00:00Z",
               ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-5f, uid: u, controller: true}]}
            spec:
              restartPolicy: %s
              containers: [{name: app, resources: {requests: {memory: 512Mi}, limits: {memory: 1Gi}}}]
              initContainers:
                - {name: migrate, resources: {requests: {memory: 64Mi}}}
                - {name: proxy, restartPolicy: Always}
            status: %s
            """.formatted(name, uid, deletion, policy, status), Pod.class);
    }
}
