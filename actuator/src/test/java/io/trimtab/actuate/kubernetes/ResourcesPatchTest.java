package io.trimtab.actuate.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.Requirements;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourcesPatchTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final String POD = """
        ---
        metadata: {name: web-1, uid: u, resourceVersion: "7"}
        spec:
          initContainers: [{name: proxy, restartPolicy: Always}]
          containers: [{name: app, resources: {requests: {cpu: 0.5, memory: 512Mi}, limits: {cpu: "1"}}}, {name: log}]
        """;

    @ParameterizedTest(name = "{0} to {1} {2} {3} {4}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        app   | 250m | 512Mi | 1 | -   | containers     | {"requests":{"cpu":"250m"},"limits":{}}
        app   | 500m | 256Mi | - | 1Gi | containers     | {"requests":{"memory":"256Mi"},"limits":{"cpu":null,"memory":"1Gi"}}
        log   | 100m | 64Mi  | - | -   | containers     | {"requests":{"cpu":"100m","memory":"64Mi"},"limits":{}}
        proxy | 100m | -     | - | -   | initContainers | {"requests":{"cpu":"100m"},"limits":{}}
        """)
    void holdsOnlyWhatChanges(
            String container,
            String cpu,
            String memory,
            String cpuLimit,
            String memoryLimit,
            String list,
            String resources) {
        var patch = ResourcesPatch.of(
                        YAML.unmarshal(POD, Pod.class), container, requirements(cpu, memory, cpuLimit, memoryLimit))
                .orElseThrow();
        String expected =
                "{\"metadata\":{\"uid\":\"u\",\"resourceVersion\":\"7\"},\"spec\":{\"%s\":[{\"name\":\"%s\",\"resources\":%s}]}}"
                        .formatted(list, container, resources);
        assertThat(YAML.unmarshal("---\n" + YAML.asJson(patch), Object.class))
                .isEqualTo(YAML.unmarshal("---\n" + expected, Object.class));
    }

    @Test
    void isEmptyWhereNothingChanges() {
        assertThat(ResourcesPatch.of(YAML.unmarshal(POD, Pod.class), "app", requirements("500m", "0.5Gi", "1", null)))
                .isEmpty();
    }

    @Test
    void knowsTheContainer() {
        assertThatThrownBy(() -> ResourcesPatch.of(YAML.unmarshal(POD, Pod.class), "x", Requirements.NONE))
                .hasMessage("pod web-1 has no container x");
    }

    static Requirements requirements(String cpu, String memory, String cpuLimit, String memoryLimit) {
        return new Requirements(
                Optional.ofNullable(cpu).map(MilliCores::parse),
                Optional.ofNullable(memory).map(Bytes::parse),
                Optional.ofNullable(cpuLimit).map(MilliCores::parse),
                Optional.ofNullable(memoryLimit).map(Bytes::parse),
                GpuMilli.ZERO);
    }
}
