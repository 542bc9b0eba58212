package io.trimtab.recommend.feasible;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.InitContainer;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.Scheduling;
import io.trimtab.recommend.QosClass;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What one pod asks for.
 *
 * @param containers by name, sidecars among them
 * @see "Kubernetes 1.37, k8s.io/component-helpers/resource: PodRequests; pkg/apis/core/v1/helper/qos: ComputePodQOS"
 */
record PodShape(Map<String, Requirements> containers, Scheduling scheduling) {
    PodShape {
        containers = Collections.unmodifiableMap(new LinkedHashMap<>(containers));
    }

    static PodShape of(List<ContainerSpec> containers, Scheduling scheduling) {
        Map<String, Requirements> byName = new LinkedHashMap<>();
        containers.forEach(it -> byName.put(it.name(), it.requirements()));
        return new PodShape(byName, scheduling);
    }

    static PodShape of(Pod pod) {
        return of(pod.containers(), pod.scheduling());
    }

    PodShape with(Map<String, Requirements> changed) {
        Map<String, Requirements> all = new LinkedHashMap<>(containers);
        all.putAll(changed);
        return new PodShape(all, scheduling);
    }

    /** With each container, those that end first among them, as the function has it. */
    PodShape map(UnaryOperator<Requirements> change) {
        Map<String, Requirements> changed = new LinkedHashMap<>(containers);
        changed.replaceAll((name, requirements) -> change.apply(requirements));
        Scheduling filled = new Scheduling(
                scheduling.nodeSelector(),
                scheduling.nodeAffinity(),
                scheduling.tolerations(),
                scheduling.initContainers().stream()
                        .map(it -> new InitContainer(change.apply(it.requirements()), it.sidecars()))
                        .toList(),
                scheduling.overhead(),
                scheduling.ties());
        return new PodShape(changed, filled);
    }

    /** In milli-cores or bytes: of all that run together, or of one that ends first with the sidecars beside it, whichever is more. */
    long sum(Entry entry) {
        long most = 0;
        for (Requirements it : containers.values()) most += amount(entry, it);
        for (InitContainer init : scheduling.initContainers()) {
            long beside = amount(entry, init.requirements());
            for (String sidecar : init.sidecars())
                beside += amount(entry, containers.getOrDefault(sidecar, Requirements.NONE));
            most = Math.max(most, beside);
        }
        return most;
    }

    /** As {@link #sum}, and what its RuntimeClass adds: what quotas and the scheduler count. */
    long charged(Entry entry) {
        Resources overhead = scheduling.overhead();
        long beside = entry.resource == Resource.CPU
                ? overhead.cpu().value()
                : overhead.memory().value();
        return sum(entry) + beside;
    }

    /** What the scheduler counts. */
    Resources requested() {
        long gpuMilli =
                containers.values().stream().mapToLong(it -> it.gpu().value()).sum();
        return new Resources(
                new MilliCores(charged(Entry.CPU_REQUEST)),
                new Bytes(charged(Entry.MEMORY_REQUEST)),
                new GpuMilli(gpuMilli));
    }

    QosClass qos() {
        List<Requirements> all = all().toList();
        boolean nothing =
                all.stream().allMatch(it -> Stream.of(Entry.values()).allMatch(entry -> amount(entry, it) == 0));
        if (nothing) return QosClass.BEST_EFFORT;
        boolean guaranteed = all.stream()
                .allMatch(it -> Resource.SIZED.stream().allMatch(resource -> {
                    long limit = amount(Entry.limit(resource), it);
                    return limit > 0 && limit == amount(Entry.request(resource), it);
                }));
        return guaranteed ? QosClass.GUARANTEED : QosClass.BURSTABLE;
    }

    /** Of each container, those that end first among them. */
    Stream<Requirements> all() {
        return Stream.concat(
                containers.values().stream(),
                scheduling.initContainers().stream().map(InitContainer::requirements));
    }

    private static long amount(Entry entry, Requirements requirements) {
        Optional<Long> amount = entry.of(requirements);
        return amount.isPresent() ? amount.get() : 0;
    }
}
