package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.trimtab.ingest.model.Workload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadMappingTest {
    private static final KubernetesSerialization YAML = UsedFields.serialization();
    private static final String TEMPLATE =
            "template: {spec: {containers: [{name: app, image: i, resources: {requests: {cpu: 100m}}}]}}";

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
        Deployment  | replicas: 3,   | ''                                       | 3
        Deployment  | replicas: 0,   | ''                                       | 0
        Deployment  | ''             | ''                                       | 1
        StatefulSet | replicas: 2,   | ''                                       | 2
        DaemonSet   | ''             | desiredNumberScheduled: 7                | 7
        DaemonSet   | ''             | ''                                       | 0
        ReplicaSet  | replicas: 4,   | ''                                       | 4
        Job         | parallelism: 5,| ''                                       | 5
        Job         | ''             | ''                                       | 1
        Job         | suspend: true, | ''                                       | 0
        Job         | parallelism: 5,| completionTime: "2026-11-24T11:00:00Z"   | 0
        CronJob     | ''             | 'active: [{name: a}, {name: b}]'         | 2
        """)
    void readsKindAndCount(String kind, String spec, String status, int replicas) {
        String template = kind.equals("CronJob") ? "jobTemplate: {spec: {" + TEMPLATE + "}}" : TEMPLATE;
        String yaml =
                "---\n{kind: %s, metadata: {name: web, namespace: shop, creationTimestamp: \"2026-11-24T10:00:00Z\", labels: {app: web}}, spec: {%s %s}, status: {%s}}"
                        .formatted(kind, spec, template, status);
        Workload workload = switch (kind) {
            case "Deployment" ->
                WorkloadMapping.deployment(YAML.unmarshal(yaml, Deployment.class))
                        .record();
            case "StatefulSet" ->
                WorkloadMapping.statefulSet(YAML.unmarshal(yaml, StatefulSet.class))
                        .record();
            case "DaemonSet" ->
                WorkloadMapping.daemonSet(YAML.unmarshal(yaml, DaemonSet.class)).record();
            case "ReplicaSet" ->
                WorkloadMapping.replicaSet(YAML.unmarshal(yaml, ReplicaSet.class))
                        .record();
            case "Job" -> WorkloadMapping.job(YAML.unmarshal(yaml, Job.class)).record();
            default ->
                WorkloadMapping.cronJob(YAML.unmarshal(yaml, CronJob.class)).record();
        };
        assertThat(workload.id()).hasToString("shop/" + kind + "/web");
        assertThat(workload.replicas()).isEqualTo(replicas);
        assertThat(workload.requestedPerPod().cpu()).hasToString("100m");
        assertThat(workload.labels()).containsEntry("app", "web");
    }

    @ParameterizedTest(name = "{0} replicas, {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        4 | ''                                                                  | 1
        5 | ''                                                                  | 2
        5 | 'strategy: {type: RollingUpdate},'                                  | 2
        5 | 'strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 3}},'    | 3
        5 | 'strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 0}},'    | 0
        5 | 'strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 41%}},'  | 3
        5 | 'strategy: {type: Recreate},'                                       | 0
        0 | ''                                                                  | 0
        """)
    void readsHowManyPodsARolloutAdds(int replicas, String strategy, int surge) {
        String yaml =
                "---\n{kind: Deployment, metadata: {name: web, namespace: shop, creationTimestamp: \"2026-11-24T10:00:00Z\"}, spec: {replicas: %d, %s %s}}"
                        .formatted(replicas, strategy, TEMPLATE);
        assertThat(WorkloadMapping.deployment(YAML.unmarshal(yaml, Deployment.class))
                        .record()
                        .surge())
                .isEqualTo(surge);
    }
}
