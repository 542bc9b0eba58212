package io.trimtab.service.evaluate;

import io.trimtab.ingest.model.PolicyId;
import io.trimtab.recommend.KeptReason;
import io.trimtab.recommend.NodeReason;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.PolicyReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.ReplicaReason;
import io.trimtab.recommend.RetuneReason;
import io.trimtab.recommend.ZeroReason;
import io.trimtab.service.view.ReasonView;
import java.util.List;
import java.util.stream.Collectors;

/** One sentence for each reason. */
public final class ReasonWords {
    private ReasonWords() {}

    public static List<ReasonView> of(List<? extends Reason> reasons) {
        return reasons.stream()
                .map(reason -> new ReasonView(reason.getClass().getSimpleName(), explain(reason)))
                .toList();
    }

    private static String explain(PolicyReason reason) {
        return switch (reason) {
            case PolicyReason.Contested(List<PolicyId> policies) ->
                "%s tie, so none of them governs it; give one of them a selector that leaves it out"
                        .formatted(policies.stream().map(PolicyId::toString).collect(Collectors.joining(" and ")));
            case PolicyReason.NotReady(PolicyId policy, String path, String what) ->
                "%s is not ready: %s %s".formatted(policy, path, what);
            case PolicyReason.OnlyObserved() -> "the mode is Observe, so nothing is recommended";
        };
    }

    private static String explain(Reason reason) {
        return switch (reason) {
            case PodReason pod -> PodReasonWords.explain(pod);
            case ReplicaReason replica -> ReplicaReasonWords.explain(replica);
            case RetuneReason retune -> RetuneReasonWords.explain(retune);
            case NodeReason node -> NodeReasonWords.explain(node);
            case KeptReason kept -> KeptReasonWords.explain(kept);
            case ZeroReason zero -> ZeroReasonWords.explain(zero);
            case PolicyReason policy -> explain(policy);
        };
    }
}
