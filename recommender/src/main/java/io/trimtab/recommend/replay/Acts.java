package io.trimtab.recommend.replay;

import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Outcome.Applied;
import io.trimtab.recommend.Outcome.Refused;
import io.trimtab.recommend.Outcome.Skipped;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.Recommendation.Hold;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Scale;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries recommendations out, or refuses them as an API server would. */
final class Acts {
    private final World world;
    private final Resizer resizer;

    Acts(World world, Resizer resizer) {
        this.world = world;
        this.resizer = resizer;
    }

    Outcome apply(Recommendation recommendation) {
        WorkloadId id = recommendation.workload();
        SimulatedWorkload workload = world.workloads.get(id);
        if (workload == null) return new Refused(id, id.toString(), "not found in the simulated cluster");
        return switch (recommendation) {
            case Hold(WorkloadId _, String subject, var _) ->
                new Skipped(id, "%s of %s stays as it is".formatted(subject, id));
            case Resize resize -> resize(workload, resize);
            case Scale scale -> scale(workload, scale);
        };
    }

    private Outcome resize(SimulatedWorkload workload, Resize resize) {
        Requirements to = resize.to();
        String what = "%s container %s".formatted(resize.workload(), resize.container());
        boolean exists = workload.template.stream()
                .anyMatch(container -> container.name().equals(resize.container()));
        if (!exists) return new Refused(resize.workload(), what, "the pod template has no such container");
        if (isAbove(to.cpuRequest().orElse(null), to.cpuLimit().orElse(null))) {
            return new Refused(resize.workload(), what, "the CPU request must not be above its limit");
        }
        if (isAbove(to.memoryRequest().orElse(null), to.memoryLimit().orElse(null))) {
            return new Refused(resize.workload(), what, "the memory request must not be above its limit");
        }
        List<ContainerSpec> changed = workload.template.stream()
                .map(container -> container.name().equals(resize.container()) ? container.with(to) : container)
                .toList();
        boolean sameGpu = changed.stream()
                .map(container -> container.requirements().gpu())
                .toList()
                .equals(workload.template.stream()
                        .map(container -> container.requirements().gpu())
                        .toList());
        if (!sameGpu) return new Refused(resize.workload(), what, "GPUs of a running pod cannot be changed");
        workload.template = changed;
        int waiting = resizer.resizeAll(workload);
        return new Applied(
                resize.workload(),
                "%s: %d pods resized in place, %d wait for room"
                        .formatted(what, workload.pods.size() - waiting, waiting));
    }

    private static <T extends Comparable<T>> boolean isAbove(@Nullable T request, @Nullable T limit) {
        return request != null && limit != null && request.compareTo(limit) > 0;
    }

    private Outcome scale(SimulatedWorkload workload, Scale scale) {
        String what = "%s replicas %d -> %d".formatted(scale.workload(), workload.replicas, scale.to());
        WorkloadKind kind = workload.plan.kind();
        if (kind.isDaemon() || kind.runsToCompletion())
            return new Refused(scale.workload(), what, "a %s has no scale".formatted(kind.kubernetesKind));
        if (scale.to() < 0) return new Refused(scale.workload(), what, "replicas must be >= 0");
        workload.replicas = scale.to();
        world.unsettle(workload);
        return new Applied(scale.workload(), what);
    }
}
