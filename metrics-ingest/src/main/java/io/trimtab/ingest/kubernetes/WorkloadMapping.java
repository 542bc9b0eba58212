package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
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
        int replicas = orOne(it.getSpec().getReplicas());
        return workload("Deployment", it, replicas, it.getSpec().getTemplate(), surge(it, replicas));
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

    /** A quarter, rounded up, unless it says otherwise; the others, and a Deployment that is recreated, end a pod before its successor starts. */
    private static int surge(Deployment it, int replicas) {
        DeploymentStrategy strategy = it.getSpec().getStrategy();
        if (strategy != null && "Recreate".equals(strategy.getType())) return 0;
        @Nullable
        IntOrString most = strategy == null || strategy.getRollingUpdate() == null
                ? null
                : strategy.getRollingUpdate().getMaxSurge();
        if (most != null && most.getIntVal() != null) return most.getIntVal();
        String percent = most == null ? "25%" : most.getStrVal();
        return Math.ceilDivExact(replicas * Integer.parseInt(percent.replace("%", "")), 100);
    }

    private static Owned<Workload> workload(
            String kind, HasMetadata object, int replicas, @Nullable PodTemplateSpec template) {
        return workload(kind, object, replicas, template, 0);
    }

    private static Owned<Workload> workload(
            String kind, HasMetadata object, int replicas, @Nullable PodTemplateSpec template, int surge) {
        var metadata = object.getMetadata();
        PodSpec spec = template == null ? null : template.getSpec();
        Workload mapped = new Workload(
                new WorkloadId(metadata.getNamespace(), kind, metadata.getName()),
                replicas,
                ContainerMapping.ofTemplate(spec),
                PodMapping.orEmpty(metadata.getLabels()),
                PodMapping.orEmpty(metadata.getAnnotations()),
                Timestamps.parse(metadata.getCreationTimestamp()),
                SchedulingMapping.scheduling(spec),
                surge);
        Map<String, String> podLabels = template == null || template.getMetadata() == null
                ? Map.of()
                : PodMapping.orEmpty(template.getMetadata().getLabels());
        // A ReplicaSet has the labels of its pods itself.
        return new Owned<>(
                mapped, ControllerRef.of(metadata), podLabels.equals(mapped.labels()) ? mapped.labels() : podLabels);
    }

    static int orOne(@Nullable Integer count) {
        return count == null ? 1 : count;
    }
}
