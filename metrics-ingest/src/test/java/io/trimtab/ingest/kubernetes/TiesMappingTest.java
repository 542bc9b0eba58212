package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Ties;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As they come over the wire, so that what {@link UsedFields} skips is not there. */
class TiesMappingTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
        files on disk        | volumes: [{name: v, emptyDir: {}}]                                                              | LOCAL_FILES
        files in memory      | volumes: [{name: v, emptyDir: {medium: Memory}}]                                                | nothing
        the node's own files | volumes: [{name: v, hostPath: {path: /var}}]                                                    | LOCAL_FILES
        a claim              | volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]                                     | VOLUME_CLAIM
        a secret             | volumes: [{name: v, secret: {secretName: s}}]                                                   | nothing
        a spread that must   | topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]  | OTHER_PODS
        a spread that may    | topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}] | nothing
        near to another      | affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone}]}} | OTHER_PODS
        rather near          | affinity: {podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: zone}}]}} | nothing
        devices claimed      | resourceClaims: [{name: d, resourceClaimName: x}]                                               | OTHER_RESOURCE
        """)
    void readsWhatTies(String name, String spec, String expected) {
        Ties ties = pod(spec, "{name: app, image: i}").scheduling().ties();

        assertThat(ties.ties()).extracting(Enum::name).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
        a port of the node | ports: [{containerPort: 80, hostPort: 8080}]                          | HOST_PORT
        a port             | ports: [{containerPort: 80}]                                          | nothing
        what is counted    | resources: {limits: {cpu: 1, memory: 1Gi, nvidia.com/gpu: 1, ephemeral-storage: 1Gi}} | nothing
        what is not        | resources: {limits: {example.com/dongle: 1}}                          | OTHER_RESOURCE
        """)
    void readsWhatContainersTie(String name, String container, String expected) {
        Ties ties = pod("restartPolicy: Always", "{name: app, image: i, " + container + "}")
                .scheduling()
                .ties();

        assertThat(ties.ties()).extracting(Enum::name).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void readsWhoIsKeptAway() {
        Ties ties =
                pod("""
                    affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [\
                    {topologyKey: zone, labelSelector: {matchLabels: {app: web}}}, \
                    {topologyKey: host, namespaces: [far], labelSelector: {matchLabels: {app: web}}}, \
                    {topologyKey: rack, namespaceSelector: {}, labelSelector: {}}]}}\
                    """, "{name:" + " app," + " image:" + " i}").scheduling().ties();

        Pod web = pod("restartPolicy: Always", "{name: app, image: i}");
        assertThat(ties.keepsAway()).extracting(Ties.KeepAway::topologyKey).containsExactly("zone", "host", "rack");
        assertThat(ties.keepsAway()).extracting(it -> it.means(web, "shop")).containsExactly(true, false, true);
        assertThat(ties.keepsAway()).extracting(it -> it.means(web, "other")).containsExactly(false, false, true);
    }

    @Test
    void keepsTheAnnotationsThatAutoscalersRead() {
        Pod pod = PodMapping.pod(UsedFields.serialization().unmarshal("""
            metadata:
              name: web-1
              namespace: shop
              creationTimestamp: 2026-11-30T00:00:00Z
              annotations:
                karpenter.sh/do-not-disrupt: "true"
                cluster-autoscaler.kubernetes.io/safe-to-evict: "false"
                prometheus.io/scrape: "true"
            spec: {containers: [{name: app, image: i}]}
            """, io.fabric8.kubernetes.api.model.Pod.class))
                .pod();

        assertThat(pod.annotations())
                .containsOnlyKeys("karpenter.sh/do-not-disrupt", "cluster-autoscaler.kubernetes.io/safe-to-evict");
    }

    private static Pod pod(String spec, String container) {
        return PodMapping.pod(UsedFields.serialization()
                        .unmarshal("""
                            metadata: {name: web-1, namespace: shop, creationTimestamp: 2026-11-30T00:00:00Z, labels: {app: web}}
                            spec:
                              %s
                              containers: [%s]
                            """.formatted(spec, container), io.fabric8.kubernetes.api.model.Pod.class))
                .pod();
    }
}
