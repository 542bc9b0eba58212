package io.trimtab.ingest.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.pushed.PushedMetric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
        CADVISOR             | container_cpu_usage_seconds_total                    | CPU            |                  | pod
        CADVISOR             | container_memory_working_set_bytes                   | MEMORY         |                  | pod
        KUBE_STATE_METRICS   | kube_pod_container_status_last_terminated_reason     | KILLED         | reason=OOMKilled | pod
        KUBE_STATE_METRICS   | kube_pod_container_status_last_terminated_timestamp  | LAST_END       |                  | pod
        KUBE_STATE_METRICS   | kube_pod_container_status_restarts_total             | RESTARTS       |                  | pod
        KUBE_STATE_METRICS   | kube_pod_container_resource_requests                 | MEMORY_REQUEST | resource=memory  | pod
        KUBELET_STATS        | container_cpu_time_seconds_total                     | CPU            | no cpu_mode      | k8s_pod_name
        KUBELET_STATS        | container_cpu_time                                   | CPU            | no cpu_mode      | k8s_pod_name
        KUBELET_STATS        | container_cpu_usage                                  | CPU_CORES      | no cpu_mode      | k8s_pod_name
        KUBELET_STATS        | container_memory_working_set_bytes                   | MEMORY         |                  | k8s_pod_name
        KUBELET_STATS        | container_memory_working_set                         | MEMORY         |                  | k8s_pod_name
        K8S_CLUSTER          | k8s_container_memory_request_bytes                   | MEMORY_REQUEST |                  | k8s_pod_name
        K8S_CLUSTER          | k8s_container_memory_request                         | MEMORY_REQUEST |                  | k8s_pod_name
        SEMANTIC_CONVENTIONS | k8s_container_memory_request                         | MEMORY_REQUEST |                  | k8s_pod_name
        """)
    void spellsNamesAsAPrometheusHoldsThem(
            Producer producer, String name, PushedMetric means, String filter, String podLabel) {
        assertThat(Vocabulary.prometheus(producer)).anySatisfy(known -> {
            assertThat(known.name()).isEqualTo(name);
            assertThat(known.means()).isEqualTo(means);
            assertThat(words(known.filter())).isEqualTo(filter == null ? "" : filter);
            assertThat(known.labels().pod()).isEqualTo(podLabel);
        });
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
        container.cpu.time                 | CPU            | no cpu.mode | k8s.pod.name
        container.cpu.usage                | CPU_CORES      | no cpu.mode | k8s.pod.name
        container.memory.working_set       | MEMORY         |             | k8s.pod.name
        k8s.container.memory_request       | MEMORY_REQUEST |             | k8s.pod.name
        k8s.container.memory.request       | MEMORY_REQUEST |             | k8s.pod.name
        k8s.container.restarts             | RESTARTS       |             | k8s.pod.name
        k8s.container.restarts             | KILLED         | k8s.container.status.last_terminated_reason=OOMKilled | k8s.pod.name
        k8s.container.restart.count        | RESTARTS       |             | k8s.pod.name
        k8s.container.restart.count        | KILLED         | k8s.container.status.last_terminated_reason=OOMKilled | k8s.pod.name
        container_cpu_usage_seconds_total  | CPU            |             | pod
        kube_pod_container_status_last_terminated_reason | KILLED | reason=OOMKilled | pod
        """)
    void spellsNamesAsOtlpCarriesThem(String name, PushedMetric means, String filter, String podLabel) {
        assertThat(Vocabulary.otlp()).anySatisfy(known -> {
            assertThat(known.name()).isEqualTo(name);
            assertThat(known.means()).isEqualTo(means);
            assertThat(words(known.filter())).isEqualTo(filter == null ? "" : filter);
            assertThat(known.labels().pod()).isEqualTo(podLabel);
        });
    }

    @Test
    void eachMeaningHasANameAndNoNameComesTwice() {
        for (List<MetricName> names : List.of(Vocabulary.otlp(), Vocabulary.prometheus())) {
            assertThat(names.stream().map(MetricName::means)).contains(PushedMetric.values());
            List<String> keys = new ArrayList<>();
            names.forEach(name -> keys.add(name.producer() + " " + name.name() + " " + name.means()));
            assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
        }
    }

    private static String words(LabelFilter filter) {
        return switch (filter) {
            case LabelFilter.Any() -> "";
            case LabelFilter.Has(String label, String value) -> label + "=" + value;
            case LabelFilter.Lacks(String label) -> "no " + label;
        };
    }
}
