package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.trimtab.ingest.model.RuntimeSettings.Go;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits are 1,500 MiB and 2,500m, the CPU request is 300m. */
class RuntimeMappingTest {
    private static final KubernetesSerialization YAML = UsedFields.serialization();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the limit in bytes      | GOMEMLIMIT | valueFrom: {resourceFieldRef: {resource: limits.memory}}                         | 1500Mi, -
        named after itself      | GOMEMLIMIT | valueFrom: {resourceFieldRef: {containerName: app, resource: limits.memory}}     | 1500Mi, -
        of another container    | GOMEMLIMIT | valueFrom: {resourceFieldRef: {containerName: log, resource: limits.memory}}     | -
        divided, rounded up     | GOMAXPROCS | valueFrom: {resourceFieldRef: {resource: limits.cpu}}                            | -, 3
        of the request          | GOMAXPROCS | valueFrom: {resourceFieldRef: {resource: requests.cpu, divisor: 100m}}           | -, 3
        what is not requested   | GOMEMLIMIT | valueFrom: {resourceFieldRef: {resource: requests.memory}}                       | -
        of a ConfigMap          | GOMEMLIMIT | valueFrom: {configMapKeyRef: {name: a, key: b}}                                  | -
        by value                | GOMEMLIMIT | value: 900MiB                                                                    | 900Mi, -
        """)
    void readsTheEnvironment(String name, String variable, String value, String expected) {
        Container container = YAML.unmarshal("""
            name: app
            resources: {requests: {cpu: 300m}, limits: {memory: 1500Mi, cpu: 2500m}}
            env: [{name: %s, %s}]
            """.formatted(variable, value), Container.class);
        assertThat(RuntimeMapping.runtime(container)
                        .map(found -> shortForm((Go) found))
                        .orElse("-"))
                .isEqualTo(expected);
    }

    private static String shortForm(Go go) {
        return "%s, %s"
                .formatted(
                        go.memoryLimit()
                                .map(size -> (size.value() >> 20) + "Mi")
                                .orElse("-"),
                        go.maxProcs().map(String::valueOf).orElse("-"));
    }
}
