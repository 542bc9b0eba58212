package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.trimtab.ingest.model.Namespace;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The scalable kinds. An absent replica count is 1, as the API server defaults it. */
final class WorkloadMapping {
    private WorkloadMapping() {}

    static Owned<Workload> deployment(Deployment it) {
        return workload(
                "Deployment",
                it,
                orOne(it.getSpec().getReplicas()),
                it.getSpec().getTemplate());
    }

    static Owned<Workload> statefulSet(StatefulSet it) {
        return workload(
                "StatefulSet",
                it,
                orOne(it.getSpec().getReplicas()),
                it.getSpec().getTemplate());
    }

    static Owned<Workload> daemonSet(DaemonSet it) {
        int nodes = it.getStatus() == null
                ? 0
                : Objects.requireNonNullElse(it.getStatus().getDesiredNumberScheduled(), 0);
        return workload("DaemonSet", it, nodes, it.getSpec().getTemplate());
    }

    static Owned<Workload> replicaSet(ReplicaSet it) {
        return workload(
                "ReplicaSet",
                it,
                orOne(it.getSpec().getReplicas()),
                it.getSpec().getTemplate());
    }

    /** A job's count is its parallelism until it has ended. */
    static Owned<Workload> job(Job it) {
        boolean ended = it.getStatus() != null && it.getStatus().getCompletionTime() != null;
        boolean suspended = Boolean.TRUE.equals(it.getSpec().getSuspend());
        int replicas = ended || suspended ? 0 : orOne(it.getSpec().getParallelism());
        return workload("Job", it, replicas, it.getSpec().getTemplate());
    }

    /** A cron job's count is that of its jobs under way. */
    static Owned<Workload> cronJob(CronJob it) {
        int active = it.getStatus() == null ? 0 : it.getStatus().getActive().size();
        return workload(
                "CronJob", it, active, it.getSpec().getJobTemplate().getSpec().getTemplate());
    }

    static Namespace namespace(io.fabric8.kubernetes.api.model.Namespace it) {
        return new Namespace(
                it.getMetadata().getName(),
                Objects.requireNonNullElse(it.getMetadata().getAnnotations(), Map.of()));
    }

    private static Owned<Workload> workload(
            String kind, HasMetadata object, int replicas, @Nullable PodTemplateSpec template) {
        var metadata = object.getMetadata();
        PodSpec spec = template == null ? null : template.getSpec();
        Workload mapped = new Workload(
                new WorkloadId(metadata.getNamespace(), kind, metadata.getName()),
                replicas,
                ContainerMapping.ofTemplate(spec),
                PodMapping.orEmpty(metadata.getLabels()),
                PodMapping.orEmpty(metadata.getAnnotations()),
                Timestamps.parse(metadata.getCreationTimestamp()));
        return new Owned<>(mapped, ControllerRef.of(metadata));
    }

    static int orOne(@Nullable Integer count) {
        return count == null ? 1 : count;
    }
}
