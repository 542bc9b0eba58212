package io.trimtab.service.loop;

import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.ingest.model.PolicyStatus;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.pods.AcceptedRisk;
import io.trimtab.recommend.policy.Governance;
import io.trimtab.recommend.policy.PolicyOutcome;
import io.trimtab.recommend.policy.Standing;
import io.trimtab.service.view.MoneyChange;
import io.trimtab.service.view.PolicyView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows the policies of a round, and which one governs a workload. */
final class PolicyRendering {
    private final Mode most;
    private final Optional<CycleReport.Decision> decision;
    private final Optional<Governance> governance;

    PolicyRendering(CycleReport report, Mode most) {
        this.most = most;
        this.decision = report.decision();
        this.governance = decision.map(it -> Governance.of(it.snapshot(), most));
    }

    /** Their names; empty text where the defaults govern. */
    String policyOf(WorkloadId workload) {
        return governance.stream()
                .flatMap(it -> it.of(workload).policies().stream())
                .map(PolicyId::toString)
                .collect(Collectors.joining(", "));
    }

    /** That is accepted for a workload; the usual one where nothing is recommended for it. */
    AcceptedRisk riskOf(WorkloadId workload) {
        return governance
                .map(it -> switch (it.of(workload)) {
                    case Standing.Governed governed -> governed.terms().pods().risk();
                    case Standing.LeftAlone _ -> AcceptedRisk.DEFAULT;
                })
                .orElse(AcceptedRisk.DEFAULT);
    }

    /** In the order of kind, namespace, name. */
    List<PolicyView> policies() {
        if (decision.isEmpty() || governance.isEmpty()) return List.of();
        return governance.get().outcomes(decision.get().plan().recommendations()).values().stream()
                .map(this::view)
                .toList();
    }

    private PolicyView view(PolicyOutcome outcome) {
        Policy policy = outcome.policy();
        Mode asked = policy.spec().mode();
        return new PolicyView(
                policy.id().toString(),
                policy.id().kind(),
                policy.id().namespace(),
                policy.id().name(),
                asked.toString(),
                (asked.compareTo(most) < 0 ? asked : most).toString(),
                policy.spec().scope().kinds().stream().sorted().toList(),
                policy.spec().scope().selector().toString(),
                outcome.status().workloads(),
                outcome.status().recommendations(),
                MoneyChange.of(
                        outcome.perMonth().monthlyBefore(), outcome.perMonth().monthlyAfter()),
                outcome.status().conditions().stream()
                        .map(condition -> condition(condition, policy.status()))
                        .toList());
    }

    /** The time is the one in the object, where that says the same. */
    private static PolicyView.ConditionView condition(
            PolicyStatus.Condition condition, Optional<PolicyStatus> written) {
        return new PolicyView.ConditionView(
                condition.type(),
                condition.holds() ? "True" : "False",
                condition.reason(),
                condition.message(),
                written.flatMap(status -> status.sinceOf(condition)).orElse(null));
    }
}
