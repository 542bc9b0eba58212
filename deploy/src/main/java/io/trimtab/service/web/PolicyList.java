package io.trimtab.service.web;

import io.trimtab.service.view.PolicyView;
import io.trimtab.service.view.PolicyView.ConditionView;
import io.trimtab.service.view.WorkloadView;
import java.util.List;

/**
 * Every policy, and one page of the workloads that none governs. Public for the templates.
 *
 * @param free the workloads without a policy
 */
public record PolicyList(List<PolicyView> policies, Slice<WorkloadView> free) {
    static PolicyList of(List<PolicyView> policies, List<WorkloadView> workloads, int offset) {
        List<WorkloadView> free = workloads.stream()
                .filter(workload -> workload.policy().isEmpty())
                .toList();
        return new PolicyList(policies, Slice.of(free, offset));
    }

    /** Such as {@code Deployment, StatefulSet with tier=web in shop}. */
    public String scope(PolicyView policy) {
        String kinds = policy.kinds().isEmpty() ? "every workload" : String.join(", ", policy.kinds());
        String labels = policy.selector().isEmpty() ? "" : " with " + policy.selector();
        String where = policy.namespace().isEmpty() ? " of the cluster" : " in " + policy.namespace();
        return kinds + labels + where;
    }

    /** What people should look at: a policy that is not ready, ties or is paused. */
    public List<ConditionView> troubles(PolicyView policy) {
        return policy.conditions().stream()
                .filter(condition -> condition.status().equals(condition.type().equals("Ready") ? "False" : "True"))
                .toList();
    }
}
