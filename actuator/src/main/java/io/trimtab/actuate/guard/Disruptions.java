package io.trimtab.actuate.guard;

import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.DisruptionBudget;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.WorkloadState;
import io.trimtab.recommend.Recommendation.Resize;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Judges acts that restart containers in place, all pods of a workload at about the same time; pure. The API server asks PodDisruptionBudgets
 * about evictions only, so what restarts must ask for itself. Replica counts are not asked about, as no autoscaler's are.
 */
final class Disruptions {
    private Disruptions() {}

    /** @return the first budget, by name, that a resize would break; else allowed */
    static Verdict judge(Resize resize, WorkloadState state) {
        Set<Resource> changed = changed(resize.from(), resize.to());
        // Who is not ready is missed by nobody.
        List<Pod> restarted = state.pods().stream()
                .filter(pod -> pod.phase() == PodPhase.RUNNING && pod.readyAt().isPresent())
                .filter(pod -> pod.containers().stream()
                        .anyMatch(container ->
                                container.name().equals(resize.container()) && restarts(container, changed)))
                .toList();
        for (DisruptionBudget budget : state.disruptionBudgets()) {
            int pods = Math.toIntExact(restarted.stream().filter(budget::covers).count());
            if (pods > budget.disruptionsAllowed())
                return new Verdict.BreaksBudget(budget.name(), pods, budget.disruptionsAllowed());
        }
        return new Verdict.Allowed();
    }

    private static boolean restarts(ContainerSpec container, Set<Resource> changed) {
        return changed.stream().anyMatch(container.restartsFor()::contains);
    }

    private static Set<Resource> changed(Requirements from, Requirements to) {
        Set<Resource> changed = EnumSet.noneOf(Resource.class);
        boolean cpu =
                !from.cpuRequest().equals(to.cpuRequest()) || !from.cpuLimit().equals(to.cpuLimit());
        boolean memory = !from.memoryRequest().equals(to.memoryRequest())
                || !from.memoryLimit().equals(to.memoryLimit());
        if (cpu) changed.add(Resource.CPU);
        if (memory) changed.add(Resource.MEMORY);
        return changed;
    }
}
