package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageMappingTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final String ASKING = "{name: %s, resources: {requests: {ephemeral-storage: %s}}}";

    /** Containers, containers that end first, sidecars, and what the RuntimeClass takes. */
    @ParameterizedTest(name = "{0}, first {1}, sidecar {2}, overhead {3}")
    @CsvSource({
        "100, 0, 0, 0, 100",
        "100, 99, 0, 0, 100",
        "100, 101, 0, 0, 101",
        "100, 101, 20, 3, 124",
        "1Ki, 0, 1k, 0, 2024"
    })
    void countsWhatAPodAsksFor(String container, String first, String sidecar, String overhead, long expected) {
        Pod pod = YAML.unmarshal(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: p, namespace: n, creationTimestamp: "2026-11-01T00:00:00Z"}
                spec:
                  overhead: {ephemeral-storage: %s}
                  initContainers:
                    - %s
                    - %s
                  containers:
                    - %s
                    - {name: other}
                """.formatted(
                                overhead,
                                ASKING.formatted("first", first),
                                ASKING.formatted("side", sidecar).replace("{name", "{restartPolicy: Always, name"),
                                ASKING.formatted("app", container)),
                Pod.class);

        assertThat(PodMapping.pod(pod).pod().scheduling().ephemeralStorage().value())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        allocatable counts | {capacity: {ephemeral-storage: 10Ki}, allocatable: {cpu: 1, ephemeral-storage: 9Ki}} | 9216
        none is none       | {capacity: {cpu: 1}, allocatable: {cpu: 1}}                                          | 0
        """)
    void readsWhatANodeHas(String name, String status, long expected) {
        Node node = YAML.unmarshal("""
            apiVersion: v1
            kind: Node
            metadata: {name: a, creationTimestamp: "2026-11-01T00:00:00Z"}
            status: %s
            """.formatted(status), Node.class);

        assertThat(NodeMapping.node(node).ephemeralStorage().value()).isEqualTo(expected);
    }
}
