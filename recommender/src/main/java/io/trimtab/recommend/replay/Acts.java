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
import io.trimtab.recommend.Recommendation.Retune;
import io.trimtab.recommend.Recommendation.Scale;
import java.util.Optional;
import java.util.OptionalInt;
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
            case Retune retune -> retune(workload, retune);
            case Scale scale -> scale(workload, scale);
        };
    }

    private Outcome resize(SimulatedWorkload workload, Resize resize) {
        Optional<Outcome> refused = refusal(workload, resize);
        if (refused.isPresent()) return refused.get();
        put(workload, resize);
        int waiting = resizer.resizeAll(workload);
        return new Applied(
                resize.workload(),
                "%s: %d pods resized in place, %d wait for room"
                        .formatted(what(resize), workload.pods.size() - waiting, waiting));
    }

    /** Both at one moment, or neither. */
    private Outcome retune(SimulatedWorkload workload, Retune retune) {
        WorkloadId id = retune.workload();
        String what = "%s autoscaler %s".formatted(id, retune.autoscaler());
        HorizontalScaler scaler = world.scalers.stream()
                .filter(candidate -> candidate.workload == workload)
                .findFirst()
                .orElse(null);
        if (scaler == null) return new Refused(id, what, "not found in the simulated cluster");
        for (Resize resize : retune.resizes()) {
            Optional<Outcome> refused = refusal(workload, resize);
            if (refused.isPresent()) return refused.get();
        }
        retune.resizes().forEach(resize -> put(workload, resize));
        int waiting = retune.resizes().isEmpty() ? 0 : resizer.resizeAll(workload);
        for (Retune.Target target : retune.targets()) {
            scaler.cpuUtilizationPercent = target.to();
            scaler.origin = Optional.of(target.origin());
        }
        retune.minimum().ifPresent(minimum -> {
            scaler.minReplicas = minimum.to();
            scaler.ownMinReplicas = minimum.holds() ? OptionalInt.of(minimum.own()) : OptionalInt.empty();
        });
        return new Applied(
                id, "%s: target %d %%, %d pods wait for room".formatted(what, scaler.cpuUtilizationPercent, waiting));
    }

    private static void put(SimulatedWorkload workload, Resize resize) {
        workload.template = workload.template.stream()
                .map(container -> container.name().equals(resize.container()) ? container.with(resize.to()) : container)
                .toList();
    }

    private static String what(Resize resize) {
        return "%s container %s".formatted(resize.workload(), resize.container());
    }

    private static Optional<Outcome> refusal(SimulatedWorkload workload, Resize resize) {
        Requirements to = resize.to();
        Optional<ContainerSpec> found = workload.template.stream()
                .filter(container -> container.name().equals(resize.container()))
                .findFirst();
        if (found.isEmpty()) return refused(resize, "the pod template has no such container");
        if (isAbove(to.cpuRequest().orElse(null), to.cpuLimit().orElse(null)))
            return refused(resize, "the CPU request must not be above its limit");
        if (isAbove(to.memoryRequest().orElse(null), to.memoryLimit().orElse(null)))
            return refused(resize, "the memory request must not be above its limit");
        return found.get().requirements().gpu().equals(to.gpu())
                ? Optional.empty()
                : refused(resize, "GPUs of a running pod cannot be changed");
    }

    private static Optional<Outcome> refused(Resize resize, String why) {
        return Optional.of(new Refused(resize.workload(), what(resize), why));
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
