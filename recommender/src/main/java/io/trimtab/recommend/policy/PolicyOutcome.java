package io.trimtab.recommend.policy;

import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.ingest.model.PolicyStatus;
import io.trimtab.ingest.model.PolicyStatus.Condition;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Recommendation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What became of a policy in one round.
 *
 * @param status without the times of its conditions
 * @param perMonth of what it governs, before and after the changes
 */
public record PolicyOutcome(Policy policy, PolicyStatus status, Impact perMonth) {
    private static final String NOBODY = "no other policy governs what it governs";

    static SortedMap<PolicyId, PolicyOutcome> of(
            List<Policy> policies,
            Function<Policy, Meaning> meaning,
            Map<WorkloadId, Standing> standings,
            List<Recommendation> recommendations,
            Mode most) {
        Map<WorkloadId, List<Impact>> changes = changes(recommendations);
        Map<PolicyId, Integer> governed = new HashMap<>();
        Map<PolicyId, List<Impact>> impacts = new HashMap<>();
        Map<PolicyId, Ties> ties = new HashMap<>();
        standings.forEach((workload, standing) -> {
            List<PolicyId> ids = standing.policies();
            if (ids.size() == 1) {
                governed.merge(ids.getFirst(), 1, Integer::sum);
                impacts.computeIfAbsent(ids.getFirst(), unseen -> new ArrayList<>())
                        .addAll(changes.getOrDefault(workload, List.of()));
            } else {
                ids.forEach(
                        id -> ties.computeIfAbsent(id, unseen -> new Ties(id)).add(workload, ids));
            }
        });
        SortedMap<PolicyId, PolicyOutcome> outcomes = new TreeMap<>();
        for (Policy policy : policies) {
            List<Impact> own = impacts.getOrDefault(policy.id(), List.of());
            Impact sum = own.stream().reduce(Impact.NONE, Impact::plus);
            PolicyStatus status = new PolicyStatus(
                    conditions(policy, meaning.apply(policy), Optional.ofNullable(ties.get(policy.id())), most),
                    governed.getOrDefault(policy.id(), 0),
                    own.size(),
                    sum.saving().amount(),
                    sum.saving().currency().getCurrencyCode());
            outcomes.put(policy.id(), new PolicyOutcome(policy, status, sum));
        }
        return outcomes;
    }

    /** Holds change nothing. */
    private static Map<WorkloadId, List<Impact>> changes(List<Recommendation> recommendations) {
        Map<WorkloadId, List<Impact>> changes = new HashMap<>();
        for (Recommendation recommendation : recommendations) {
            Optional<Impact> impact = switch (recommendation) {
                case Recommendation.Resize resize -> Optional.of(resize.impact());
                case Recommendation.Retune retune -> Optional.of(retune.impact());
                case Recommendation.Scale scale -> Optional.of(scale.impact());
                case Recommendation.Hold hold -> Optional.empty();
            };
            impact.ifPresent(it -> changes.computeIfAbsent(recommendation.workload(), unseen -> new ArrayList<>())
                    .add(it));
        }
        return changes;
    }

    private static List<Condition> conditions(Policy policy, Meaning meaning, Optional<Ties> ties, Mode most) {
        boolean paused = Governance.pauses(policy.annotations());
        return List.of(
                ready(policy, meaning, ties, most),
                ties.map(it -> condition(policy, PolicyStatus.CONFLICT, true, "Tie", it.words()))
                        .orElseGet(() -> condition(policy, PolicyStatus.CONFLICT, false, "NoTie", NOBODY)),
                condition(
                        policy,
                        PolicyStatus.PAUSED,
                        paused,
                        paused ? "Annotated" : "NotAnnotated",
                        "the annotation %s %s"
                                .formatted(Governance.PAUSE, paused ? "stops every act" : "is not true")));
    }

    private static Condition ready(Policy policy, Meaning meaning, Optional<Ties> ties, Mode most) {
        return switch (meaning) {
            case Meaning.Unclear(List<Policy.Problem> problems) ->
                condition(
                        policy,
                        PolicyStatus.READY,
                        false,
                        "NotUnderstood",
                        problems.stream().map(Policy.Problem::toString).collect(Collectors.joining("; ")));
            case Meaning.Clear(Terms terms) -> {
                if (ties.isPresent())
                    yield condition(
                            policy,
                            PolicyStatus.READY,
                            false,
                            "Conflict",
                            ties.get().words());
                if (policy.spec().mode().compareTo(most) > 0)
                    yield condition(
                            policy,
                            PolicyStatus.READY,
                            true,
                            "ModeCapped",
                            "spec.mode (%s) is more than --mode of Trimtab allows (%s)"
                                    .formatted(policy.spec().mode(), most));
                yield condition(policy, PolicyStatus.READY, true, "Understood", "every field is understood");
            }
        };
    }

    private static Condition condition(Policy policy, String type, boolean holds, String reason, String message) {
        return new Condition(type, holds, policy.generation(), reason, message, Optional.empty());
    }

    /** With whom a policy ties, and for which workloads. */
    private static final class Ties {
        private final PolicyId of;
        private final NavigableSet<PolicyId> others = new TreeSet<>();
        private final NavigableSet<WorkloadId> workloads = new TreeSet<>();

        Ties(PolicyId of) {
            this.of = of;
        }

        void add(WorkloadId workload, List<PolicyId> tied) {
            workloads.add(workload);
            tied.stream().filter(id -> !id.equals(of)).forEach(others::add);
        }

        String words() {
            return "spec.workloads ties with %s for %d %s, such as %s, which none of them governs"
                    .formatted(
                            others.stream().map(PolicyId::toString).collect(Collectors.joining(", ")),
                            workloads.size(),
                            workloads.size() == 1 ? "workload" : "workloads",
                            workloads.getFirst());
        }
    }
}
