package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.trimtab.ingest.kubernetes.policy.ClusterScalingPolicy;
import io.trimtab.ingest.kubernetes.policy.PolicyMapping;
import io.trimtab.ingest.kubernetes.policy.ScalingPolicy;
import io.trimtab.ingest.model.DisruptionBudget;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.LimitRange;
import io.trimtab.ingest.model.Namespace;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.PriorityClass;
import io.trimtab.ingest.model.ResourceQuota;
import io.trimtab.ingest.model.VerticalAutoscaler;
import io.trimtab.ingest.model.VolumeClaim;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of the kinds that are watched, each with what is kept of it. */
final class WatchedKinds implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final KubernetesClient client;
    private final InstantSource clock;
    private final String server;
    private final List<KindWatch<?, ?>> all = new ArrayList<>();

    final KindWatch<?, WatchedPod> pods;
    final KindWatch<?, Node> nodes;
    final KindWatch<?, Owned<Workload>> replicaSets;
    final KindWatch<?, Owned<Workload>> jobs;
    final KindWatch<?, Owned<Workload>> deployments;

    /** By kind. */
    final Map<String, KindWatch<?, Owned<Workload>>> workloads;

    final KindWatch<?, HorizontalAutoscaler> autoscalers;
    final KindWatch<?, Namespace> namespaces;
    final List<KindWatch<?, Policy>> policies;
    final KindWatch<?, DisruptionBudget> disruptionBudgets;
    final KindWatch<?, VolumeClaim> volumeClaims;
    final KindWatch<?, PriorityClass> priorityClasses;
    final KindWatch<?, LimitRange> limitRanges;
    final KindWatch<?, ResourceQuota> quotas;
    final CustomKind<VerticalAutoscaler> verticalAutoscalers;
    final SupplyKinds supply;
    final KindWatch<?, PodService> services;
    final MonitorKinds monitors;

    private final CustomKinds custom;

    /**
     * @param client stays the caller's
     * @param pod is told of each state of a pod
     * @param podGone is told of each pod that is no more, with its last state as far as that is known
     */
    WatchedKinds(
            KubernetesClient client,
            InstantSource clock,
            Function<io.fabric8.kubernetes.api.model.Pod, WatchedPod> pod,
            ResourceEventHandler<io.fabric8.kubernetes.api.model.Pod> podGone) {
        this.client = client;
        this.clock = clock;
        this.server = client.getMasterUrl().toString().replaceAll("/+$", "");
        this.pods = watch(
                "pods",
                false,
                io.fabric8.kubernetes.api.model.Pod.class,
                io.fabric8.kubernetes.api.model.Pod::new,
                pod,
                List.of(podGone));
        this.nodes = watch(
                "nodes",
                io.fabric8.kubernetes.api.model.Node.class,
                io.fabric8.kubernetes.api.model.Node::new,
                NodeMapping::node);
        this.replicaSets = watch("replicasets", ReplicaSet.class, ReplicaSet::new, WorkloadMapping::replicaSet);
        this.jobs = watch("jobs", Job.class, Job::new, WorkloadMapping::job);
        this.deployments = watch("deployments", Deployment.class, Deployment::new, WorkloadMapping::deployment);
        this.workloads = Map.of(
                "Deployment",
                deployments,
                "StatefulSet",
                watch("statefulsets", StatefulSet.class, StatefulSet::new, WorkloadMapping::statefulSet),
                "DaemonSet",
                watch("daemonsets", DaemonSet.class, DaemonSet::new, WorkloadMapping::daemonSet),
                "CronJob",
                watch("cronjobs", CronJob.class, CronJob::new, WorkloadMapping::cronJob));
        this.autoscalers = watch(
                "horizontalpodautoscalers",
                HorizontalPodAutoscaler.class,
                HorizontalPodAutoscaler::new,
                AutoscalerMapping::autoscaler);
        this.namespaces = watch(
                "namespaces",
                io.fabric8.kubernetes.api.model.Namespace.class,
                io.fabric8.kubernetes.api.model.Namespace::new,
                WorkloadMapping::namespace);
        this.policies = List.of(
                optional("scalingpolicies", ScalingPolicy.class, ScalingPolicy::new, PolicyMapping::policy),
                optional(
                        "clusterscalingpolicies",
                        ClusterScalingPolicy.class,
                        ClusterScalingPolicy::new,
                        PolicyMapping::policy));
        this.disruptionBudgets = watch(
                "poddisruptionbudgets",
                PodDisruptionBudget.class,
                PodDisruptionBudget::new,
                LimitsMapping::disruptionBudget);
        this.volumeClaims = watch(
                "persistentvolumeclaims",
                PersistentVolumeClaim.class,
                PersistentVolumeClaim::new,
                LimitsMapping::volumeClaim);
        this.priorityClasses = watch(
                "priorityclasses",
                io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass.class,
                io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass::new,
                LimitsMapping::priorityClass);
        this.limitRanges = watch(
                "limitranges",
                io.fabric8.kubernetes.api.model.LimitRange.class,
                io.fabric8.kubernetes.api.model.LimitRange::new,
                LimitsMapping::limitRange);
        this.quotas = watch(
                "resourcequotas",
                io.fabric8.kubernetes.api.model.ResourceQuota.class,
                io.fabric8.kubernetes.api.model.ResourceQuota::new,
                LimitsMapping::quota);
        this.services = watch(
                "services",
                io.fabric8.kubernetes.api.model.Service.class,
                io.fabric8.kubernetes.api.model.Service::new,
                MonitorMapping::service);
        this.verticalAutoscalers =
                new CustomKind<>(client, VerticalMapping.DEFINITION, clock, VerticalMapping::autoscaler);
        this.supply = SupplyKinds.of(client, clock);
        this.monitors = MonitorKinds.of(client, clock);
        List<CustomKind<?>> optional = new ArrayList<>(supply.all());
        optional.addAll(monitors.all());
        optional.add(verticalAutoscalers);
        this.custom = new CustomKinds(client, clock, LOOK_EVERY, optional);
    }

    void start() {
        all.forEach(KindWatch::start);
        custom.start();
    }

    /** An object of a kind that runs pods. */
    Optional<Owned<Workload>> workload(WorkloadId id) {
        @Nullable
        KindWatch<?, Owned<Workload>> watch = switch (id.kind()) {
            case "ReplicaSet" -> replicaSets;
            case "Job" -> jobs;
            default -> workloads.get(id.kind());
        };
        return watch == null ? Optional.empty() : watch.record(id.namespace(), id.name());
    }

    /** Whether every kind that may be read has been listed; pods and nodes must be. */
    boolean hasSynced() {
        return pods.hasSynced()
                && nodes.hasSynced()
                && all.stream().allMatch(watch -> watch.hasSynced() || watch.isForbidden() || watch.isAbsent());
    }

    boolean isListing() {
        return all.stream().anyMatch(KindWatch::isListing);
    }

    List<String> problems(Instant now) {
        return Stream.concat(all.stream().flatMap(watch -> watch.problems(now).stream()), custom.problems(now).stream())
                .toList();
    }

    @Override
    public void close() {
        all.forEach(KindWatch::close);
        custom.close();
    }

    private <T extends HasMetadata, R> KindWatch<T, R> watch(
            String resources, Class<T> type, Supplier<T> empty, Function<T, R> mapping) {
        return watch(resources, false, type, empty, mapping, List.of());
    }

    /** Of a kind that a cluster may do without. */
    private <T extends HasMetadata, R> KindWatch<T, R> optional(
            String resources, Class<T> type, Supplier<T> empty, Function<T, R> mapping) {
        return watch(resources, true, type, empty, mapping, List.of());
    }

    private <T extends HasMetadata, R> KindWatch<T, R> watch(
            String resources,
            boolean optional,
            Class<T> type,
            Supplier<T> empty,
            Function<T, R> mapping,
            List<ResourceEventHandler<T>> handlers) {
        var informer = client.resources(type)
                .inAnyNamespace()
                .withLimit(KindWatch.PAGE)
                .runnableInformer(0);
        handlers.forEach(informer::addEventHandler);
        var watch = new KindWatch<>(resources, server, optional, clock, informer, new RecordStore<>(empty, mapping));
        all.add(watch);
        return watch;
    }
}
