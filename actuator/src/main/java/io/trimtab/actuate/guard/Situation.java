package io.trimtab.actuate.guard;

import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.policy.Governance;
import io.trimtab.recommend.policy.Standing;

/**
 * What the guards look at beside their own history.
 *
 * @param mode in force for the workload
 * @param paused whether the workload, its namespace or its policy carries {@code trimtab.io/pause: "true"}
 * @param workloadPods pods of the workload
 * @param clusterPods pods of the cluster
 * @param limits of its policy
 */
public record Situation(Mode mode, boolean paused, int workloadPods, int clusterPods, GuardLimits limits) {
    /** With the limits of workloads that no policy governs. */
    public Situation(Mode mode, boolean paused, int workloadPods, int clusterPods) {
        this(mode, paused, workloadPods, clusterPods, GuardLimits.DEFAULT);
    }

    /**
     * For a workload that is to be left alone nothing is recommended, so nothing comes here; its mode is Observe all the same.
     *
     * @param counts of a snapshot
     * @param governance of the same snapshot
     */
    public static Situation of(PodCounts counts, WorkloadId workload, Governance governance) {
        int pods = counts.of(workload);
        int all = counts.all();
        return switch (governance.of(workload)) {
            case Standing.Governed it ->
                new Situation(
                        it.mode(),
                        it.paused(),
                        pods,
                        all,
                        GuardLimits.of(it.terms().acts()));
            case Standing.LeftAlone _ -> new Situation(Mode.OBSERVE, false, pods, all);
        };
    }
}
